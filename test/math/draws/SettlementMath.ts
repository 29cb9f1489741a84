import type * as File from "../../../sdk/math/SettlementMath.ts";
import { MAX_BASIS, MAX_SILENCE, MAX_SUM, WINDOW } from "../../../sdk/math/SettlementMath.ts";
import { MAX_ELAPSED, WAD } from "../../../sdk/math/WadMath.ts";
import { all, checked, either, pick, within, type Draw, type Draws } from "./Draw.ts";
import { pricesNear } from "./expiries.ts";
import * as figure from "./figures.ts";

const basis = either(pick(0n), checked(-MAX_BASIS, MAX_BASIS), within(-WAD / 2n, WAD / 2n));
const sum = checked(0n, MAX_SUM);
const laterSum = either(sum, checked(0n, 2n * MAX_SUM));
const silence = either(figure.elapsed, checked(0n, MAX_SILENCE));
const window = either(within(-60n, 2n * WINDOW), within(-MAX_ELAPSED, MAX_ELAPSED));

/** A forward, and what it may have become while it settled. */
const settling: Draw<[bigint, bigint, bigint]> = (random) => {
  const forward = figure.checkedPrice(random);
  const near = forward > 0n ? pricesNear(random, forward) : forward;
  return [forward, random.pick([near, figure.checkedPrice(random)]), figure.checkedShare(random)];
};

/** Two sums, the later one as often the smaller. */
const between: Draw<[bigint, bigint, bigint, bigint]> = (random) => {
  const elapsed = either(within(-60n, 2n * WINDOW), figure.checkedElapsed)(random);
  const price = figure.checkedPrice(random);
  const start = laterSum(random);
  const later = start + pricesNear(random, price > 0n ? price : 1n) * elapsed;
  const fits = later >= 0n && later <= MAX_SUM;
  return [fits && random.integer(2) === 0 ? later : laterSum(random), start, elapsed, price];
};

export const settlementDraws: Draws<typeof File> = {
  forwardOf: all(figure.checkedPrice, basis, figure.checkedElapsed, figure.checkedShare),
  settledShare: all(window),
  settlingForward: all(figure.checkedPrice, figure.checkedPrice, figure.checkedShare),
  exposedShare: settling,
  sumAfter: all(sum, figure.checkedPrice, figure.checkedElapsed),
  silenceAfter: all(silence, silence, silence),
  averageOf: between,
  callPayoff: all(figure.checkedPrice, figure.checkedPrice),
  putPayoff: all(figure.checkedPrice, figure.checkedPrice),
};
