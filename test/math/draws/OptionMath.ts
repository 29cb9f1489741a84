import type * as Option from "../../../sdk/math/OptionMath.ts";
import {
  LARGEST_CURVATURE,
  LARGEST_SCALE,
  LARGEST_SKEW,
  LARGEST_VOLATILITY,
  logMoneynessOf,
} from "../../../sdk/math/OptionMath.ts";
import { WAD } from "../../../sdk/math/WadMath.ts";
import { all, checked, either, within, type Draw, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const volatility = within(0n, LARGEST_VOLATILITY);
const scale = within(0n, LARGEST_SCALE);
const rootTime = within(0n, 4n * WAD);
const log = either(within(-65n * WAD, 65n * WAD), within(-2n * WAD, 2n * WAD));
const deviation = either(within(-WAD, 100n * WAD), within(0n, 2n * WAD));
const positiveDeviation = either(within(1n, 100n * WAD), within(1n, 2n * WAD));

const wildCall = all(figure.price, figure.price, log, deviation);

/** Strikes from a fifth to five times a forward, and the ln(F/K) that belongs to them. */
const likelyCall: Draw<[bigint, bigint, bigint, bigint]> = (random) => {
  const forward = within(5n, 1_000_000n * WAD)(random);
  const strike = within(forward / 5n, 5n * forward)(random);
  return [forward, strike, logMoneynessOf(forward, strike), deviation(random)];
};

export const optionDraws: Draws<typeof Option> = {
  rootTimeOf: all(figure.checkedElapsed),
  logMoneynessOf: all(figure.checkedPositivePrice, figure.checkedPositivePrice),
  deviationOf: all(volatility, rootTime),
  d1Of: all(log, positiveDeviation),
  callOf: either(likelyCall, wildCall),
  putOf: all(figure.price, figure.price, figure.price),
  callDelta: all(log, deviation),
  vegaOf: all(figure.price, log, deviation, rootTime),
  smileVolatility: all(
    checked(1n, LARGEST_VOLATILITY),
    checked(-LARGEST_SKEW, LARGEST_SKEW),
    checked(-LARGEST_CURVATURE, LARGEST_CURVATURE),
    log,
    rootTime,
  ),
  shockScale: all(figure.checkedElapsed),
  volatilityUp: all(volatility, scale),
  volatilityDown: all(volatility, scale),
};
