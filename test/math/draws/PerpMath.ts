import type * as File from "../../../sdk/math/PerpMath.ts";
import { MAX_FUNDING, MAX_PREMIUM } from "../../../sdk/math/PerpMath.ts";
import { MAX_PRICE, WAD } from "../../../sdk/math/WadMath.ts";
import { all, checked, either, pick, within, type Draw, type Draws } from "./Draw.ts";
import { pricesNear } from "./expiries.ts";
import * as figure from "./figures.ts";

const premium = either(checked(-MAX_PREMIUM, MAX_PREMIUM), within(-WAD / 100n, WAD / 100n));
const limit = either(checked(0n, MAX_PREMIUM), pick(WAD / 200n));
const hours = either(within(0n, 86_400n), figure.checkedElapsed);
const index = checked(-4n * MAX_PRICE, 4n * MAX_PRICE);

/** A fill near spot, or anywhere. */
const filled: Draw<[bigint, bigint, bigint, bigint, bigint]> = (random) => {
  const price = figure.checkedPositivePrice(random);
  const near = price > 0n ? pricesNear(random, price) : price;
  const at = random.pick([near, figure.checkedPrice(random)]);
  return [premium(random), at, price, figure.checkedShare(random), limit(random)];
};

export const perpDraws: Draws<typeof File> = {
  premiumDecay: all(hours),
  premiumAfter: all(premium, hours),
  timeAtCap: all(premium, either(checked(1n, MAX_PREMIUM), pick(WAD / 200n, WAD / 1_000n))),
  fundingAfter: all(checked(-MAX_FUNDING, MAX_FUNDING), premium, figure.checkedPrice, hours, limit),
  perpMark: all(figure.checkedPrice, premium),
  premiumAfterFill: filled,
  premiumReach: all(figure.checkedValue, figure.checkedValue),
  accruedOf: all(figure.checkedAmount, index, index),
};
