import type * as Oracle from "../../../sdk/math/OracleMath.ts";
import { WAD } from "../../../sdk/math/WadMath.ts";
import { Status, type Price } from "../../../sdk/types/Price.ts";
import { all, checked, either, pick, struct, time, type Draw, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const { checkedPrice, checkedRate, checkedLongElapsed } = figure;
const bound = checked(0n, WAD);

const price = struct<Price>({
  price: checkedPrice,
  band: checkedPrice,
  deviation: checkedPrice,
  updated: time,
  status: pick(...Object.values(Status)),
});

/** Half of them Ok and close to each other, as two good sources are. */
const sources: Draw<[Price, Price, bigint]> = (random) => {
  const [first, second] = [price(random), price(random)];
  if (random.integer(2) === 0) return [first, second, bound(random)];
  const near = first.price + (first.price * BigInt(random.integer(2_000) - 1_000)) / 10_000n;
  const ok = { status: Status.Ok };
  return [{ ...first, ...ok }, { ...second, ...ok, price: near }, WAD / 20n];
};

export const oracleDraws: Draws<typeof Oracle> = {
  staleBand: all(checkedPrice, checkedRate, checkedLongElapsed),
  agedBand: all(checkedPrice, checkedPrice, checkedRate, checkedLongElapsed),
  confidenceBand: all(checkedPrice, figure.price, figure.price),
  disagree: all(checkedPrice, checkedPrice, bound),
  degraded: all(price),
  guardedPrice: sources,
  lowerPrice: all(price, price),
  cappedRate: all(checkedRate, checkedRate, bound, either(figure.duration, checkedLongElapsed)),
  convertedPrice: all(price, checkedRate),
};
