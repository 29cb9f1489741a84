import { WAD } from "../math/WadMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

/** Which part of the market moves, and how finely it is looked at. */
export interface CurveRange {
  readonly timestamp: number; // Unix seconds
  readonly factors?: readonly number[]; // one, some, or all that the account holds, moving together
  readonly low?: bigint; // the furthest fall, a share; −0.9 if left out
  readonly high?: bigint; // the furthest rise; 2 if left out
  readonly points?: number; // of the curve; 59 if left out
}

/** Health along a move of the market. */
export interface LiquidationCurve {
  readonly points: readonly Scenario[]; // in order of their moves
  readonly below: bigint | null; // the largest fall, a share, that leaves health at 1 or more; null if none hurts
  readonly above: bigint | null; // the largest rise
  readonly called: boolean; // health is below 1 already
}

const LOWEST = (-9n * WAD) / 10n;
const HIGHEST = 2n * WAD;
const POINTS = 59;

/**
 * How an account's health goes as prices move, of one factor or of the market together, and the moves at
 * which it passes 1: exact to 1e-18 of the price, and the nearest that the points of the curve can tell
 * apart.
 *
 * @throws AccountNotInSnapshot, UnknownFactor, TimeReversed
 */
export function liquidationCurve(
  snapshot: Snapshot,
  account: AccountId,
  range: CurveRange,
): LiquidationCurve {
  const { low = LOWEST, high = HIGHEST, points: count = POINTS, ...rest } = range;
  const at = (moves: readonly bigint[]) =>
    scenarios(snapshot, account, { ...rest, moves, volatilities: [0n] });
  const steps = Array.from({ length: count }, (_, i) => {
    return low + ((high - low) * BigInt(i)) / BigInt(count - 1);
  });
  const points = at([...new Set([...steps, 0n])].sort(byMove));
  const healthy = (move: bigint) => isHealthy(at([move])[0]!);
  const here = points.findIndex(({ move }) => move === 0n);
  return {
    points,
    below: crossing(points.slice(0, here + 1).reverse(), healthy),
    above: crossing(points.slice(here), healthy),
    called: !isHealthy(points[here]!),
  };
}

function byMove(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isHealthy({ health }: Scenario): boolean {
  return health !== null && health >= WAD;
}

/** The last healthy move before the first point that is not, away from the present. */
function crossing(points: readonly Scenario[], healthy: (move: bigint) => boolean): bigint | null {
  const start = isHealthy(points[0]!);
  const i = points.findIndex((point) => point.health !== null && isHealthy(point) !== start);
  if (i < 0) return null;
  let [near, far] = [points[i - 1]!.move, points[i]!.move];
  while (near - far > 1n || far - near > 1n) {
    const middle = (near + far) / 2n;
    if (healthy(middle) === start) near = middle;
    else far = middle;
  }
  return start ? near : far;
}
