import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { keyOf } from "../../sdk/snapshot/Snapshot.ts";
import { abs, max, mulDown } from "../../sdk/math/WadMath.ts";
import { quotePerp } from "../../sdk/logic/perp.ts";
import { spotOf } from "../../sdk/logic/positions.ts";
import { instrumentId, Kind } from "../../sdk/types/Ids.ts";

/** What the markets of a pool went through, USD. */
export interface Turnover {
  readonly peak: bigint; // of open interest, as the house counts it
  readonly funding: bigint; // paid by one side of the perps to the other, at the open interest of each step
  readonly rates: Readonly<Record<string, bigint>>; // what a long has paid per unit so far, by factor
}

export const NO_TURNOVER: Turnover = { peak: 0n, funding: 0n, rates: {} };

/** The turnover after a step that left the pool like this. */
export function turnover(t: Turnover, s: Snapshot, timestamp: number): Turnover {
  const rates = Object.fromEntries(
    Object.keys(s.factors).map((id) => [id, fundingOf(s, Number(id), timestamp)]),
  );
  const paid = Object.entries(rates).map(([id, rate]) => {
    const open = s.interests[keyOf(instrumentId(Number(id), Kind.Perp))]?.open ?? 0n;
    return mulDown(open, abs(rate - (t.rates[id] ?? 0n)));
  });
  const funding = paid.reduce((sum, one) => sum + one, t.funding);
  return { peak: max(t.peak, openInterestOf(s, timestamp)), funding, rates };
}

function openInterestOf(s: Snapshot, timestamp: number): bigint {
  const values = Object.entries(s.factors).map(([id, { market }]) =>
    mulDown(market.openInterest, spotOf(s, Number(id), timestamp)),
  );
  return values.reduce((sum, one) => sum + one, 0n);
}

function fundingOf(s: Snapshot, id: number, timestamp: number): bigint {
  const { mark, index } = quotePerp(s.factors[id]!, spotOf(s, id, timestamp), timestamp);
  return mark - index;
}

/** Who holds what in the end. */
export interface Balance {
  readonly instruments: number; // that anyone holds
  readonly unbalanced: number; // whose longs are not their shorts, or not the open interest
}

/** Adds up every position of a pool. The snapshot has to hold every account. */
export function balanceOf({ accounts, interests }: Snapshot): Balance {
  const longs: Record<string, bigint> = {};
  const shorts: Record<string, bigint> = {};
  for (const { instrument, size } of Object.values(accounts).flatMap((a) => a.positions)) {
    const side = size > 0n ? longs : shorts;
    side[keyOf(instrument)] = (side[keyOf(instrument)] ?? 0n) + abs(size);
  }
  const held = [...new Set([...Object.keys(longs), ...Object.keys(shorts)])];
  const wrong = held.filter(
    (key) => longs[key] !== shorts[key] || longs[key] !== interests[key]?.open,
  );
  return { instruments: held.length, unbalanced: wrong.length };
}
