import { notionalOf } from "../math/MarginMath.ts";
import { pdf } from "../math/NormalMath.ts";
import { d1Of, deviationOf, vegaOf } from "../math/OptionMath.ts";
import { maintenanceMode } from "../math/ScenarioMath.ts";
import { mulDown, WAD } from "../math/WadMath.ts";
import { total } from "../total.ts";
import type { Expiry, Exposure, Strike } from "../types/Portfolio.ts";

// How what a book holds of a factor moves, in USD. Options are Black-76 on their forwards:
//   gamma = F²·φ(d1)/(F·σ√T) per unit move     theta = −F·φ(d1)·σ√T/(2·T)
// For reading, not for judging: rounded to a few wei.

/** USD. */
export interface Greeks {
  readonly delta: bigint; // net delta notional
  readonly gamma: bigint; // more of it after +1 %
  readonly vega: bigint; // for one point more of volatility
  readonly theta: bigint; // for one day less
}

const DAY = 86_400n;

export function greeksOf(exposure: Exposure): Greeks {
  const each = exposure.expiries.flatMap((expiry) =>
    expiry.strikes.map((option) => optionGreeks(expiry, option)),
  );
  return {
    delta: notionalOf(exposure, maintenanceMode()).net,
    gamma: total(each.map(({ gamma }) => gamma)) / 100n,
    vega: total(each.map(({ vega }) => vega)) / 100n,
    theta: total(each.map(({ theta }) => theta)),
  };
}

function optionGreeks(expiry: Expiry, option: Strike): Omit<Greeks, "delta"> {
  const { forward, root, left, exposed } = expiry;
  const size = option.calls + option.puts;
  const deviation = deviationOf(option.volatility, root);
  if (deviation === 0n) return { gamma: 0n, vega: 0n, theta: 0n };
  const density = pdf(d1Of(option.logMoneyness, deviation));
  const dense = mulDown(mulDown(size, forward), density); // size·F·φ(d1)
  return {
    gamma: mulDown(mulDown((dense * WAD) / deviation, exposed), exposed),
    vega: mulDown(size, vegaOf(forward, option.logMoneyness, deviation, root)),
    theta: (-mulDown(dense, deviation) * DAY) / (2n * left),
  };
}
