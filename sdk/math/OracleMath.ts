import { rootUp } from "./VolatilityMath.ts";
import { MAX_ELAPSED, MAX_PRICE, MAX_RATE, WAD, YEAR } from "./WadMath.ts";
import { bounded, min, mulUp } from "./WadMath.ts";

/** price·σ·√(late/YEAR): how far a price may have wandered since its heartbeat; at most all. */
export function staleBand(price: bigint, volatility: bigint, late: bigint): bigint {
  bounded(price, 0n, MAX_PRICE);
  bounded(volatility, 0n, MAX_RATE);
  const span = (min(bounded(late, 0n, MAX_ELAPSED * 100n), MAX_ELAPSED) * WAD) / YEAR;
  return min(price, mulUp(price, mulUp(volatility, rootUp(span))));
}
