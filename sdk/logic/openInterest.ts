import { crowdingOf } from "../math/ScenarioMath.ts";
import { crowdingAfter } from "../math/VolatilityMath.ts";
import { max, mulDown, WAD } from "../math/WadMath.ts";
import { type Factor, type Interest, keyOf, type Snapshot } from "../snapshot/Snapshot.ts";
import { instrumentFactorOf, type InstrumentId } from "../types/Ids.ts";
import type { Pair } from "../types/Portfolio.ts";
import { InstrumentNotInSnapshot } from "./errors.ts";
import { withFactor, withMarket } from "./factors.ts";
import { marketParamsAt } from "./effectiveParams.ts";
import { elapsedSince } from "./time.ts";

// How much of each factor is open, and how much harder that makes its shocks. A block is known by its
// time. Twin of contracts/logic/OpenInterest.sol.

/** g in both modes: gMM as it creeps, and the worse of an earlier block's and now's for IM. */
export function crowdingOfFactor(factor: Factor, timestamp: number): Pair {
  const settled = crowdingAt(factor, earlierOf(factor, timestamp), timestamp);
  const now = crowdingAt(factor, factor.market.openInterest, timestamp);
  return [creeping(factor, settled, timestamp), max(settled, now)];
}

/** Open units of an instrument. @throws InstrumentNotInSnapshot */
export function interestOf(s: Snapshot, id: InstrumentId): Interest {
  const found = s.interests[keyOf(id)];
  if (found === undefined) throw new InstrumentNotInSnapshot(id);
  return found;
}

/** Units of one side that are not paid out yet: what has settled is paid holder by holder. */
export function unitsOf(s: Snapshot, id: InstrumentId, isLongs: boolean): bigint {
  const { open, closed } = interestOf(s, id);
  return isLongs ? open : open + closed;
}

/** The state with some members of an instrument's interest replaced. */
export function withInterest(s: Snapshot, id: InstrumentId, change: Partial<Interest>): Snapshot {
  return { ...s, interests: { ...s.interests, [keyOf(id)]: { ...interestOf(s, id), ...change } } };
}

/** Opens or closes `opened` units of an instrument whose delta is now `delta`. */
export function changeInterest(
  s: Snapshot,
  id: InstrumentId,
  opened: bigint,
  delta: bigint,
  timestamp: number,
): Snapshot {
  const now = interestOf(s, id);
  if (opened === 0n && now.delta === delta) return s;
  const next = now.open + opened;
  const more = mulDown(next, delta) - mulDown(now.open, now.delta);
  const state = withInterest(s, id, { open: next, delta });
  return more === 0n ? state : grown(state, instrumentFactorOf(id), more, timestamp);
}

function grown(s: Snapshot, id: number, more: bigint, timestamp: number): Snapshot {
  const noted = noteEarlier(s, id, timestamp);
  const openInterest = max(0n, noted.factors[id]!.market.openInterest + more);
  return refresh(withMarket(noted, id, { openInterest }), id, timestamp);
}

/** The first change of a block notes what stood before it, and how far gMM has crept toward that. */
function noteEarlier(s: Snapshot, id: number, timestamp: number): Snapshot {
  const factor = s.factors[id]!;
  const { market, estimate } = factor;
  if (market.changed === timestamp) return s;
  const noted = withMarket(s, id, { earlier: market.openInterest, changed: timestamp });
  if (!estimate.crowded) return noted;
  const target = crowdingAt(factor, market.openInterest, timestamp);
  const crowding = creeping(factor, target, timestamp);
  return withMarket(noted, id, { crowding, crowdedAt: timestamp });
}

/** Is open interest so low that no shock grows? Then a margin check need not look. */
function refresh(s: Snapshot, id: number, timestamp: number): Snapshot {
  const { market, marketParams, estimate } = s.factors[id]!;
  const { openInterest, earlier, crowding } = market;
  const busy = openInterest > marketParams.low || earlier > marketParams.low || crowding > WAD;
  if (busy === estimate.crowded) return s;
  const state = withMarket(s, id, { crowdedAt: timestamp });
  return withFactor(state, id, { estimate: { ...estimate, crowded: busy } });
}

function creeping({ market }: Factor, target: bigint, timestamp: number): bigint {
  return crowdingAfter(market.crowding, target, elapsedSince(market.crowdedAt, timestamp));
}

/** Open units of a factor at the end of an earlier block. */
export function earlierOf({ market }: Factor, timestamp: number): bigint {
  return market.changed === timestamp ? market.earlier : market.openInterest;
}

function crowdingAt(factor: Factor, units: bigint, timestamp: number): bigint {
  const { low, high } = marketParamsAt(factor, timestamp);
  return crowdingOf(units, low, high);
}
