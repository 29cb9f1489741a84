import { expect } from "chai";

import { abs, mulUp, WAD } from "../../sdk/math/WadMath.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { standingOf } from "../../sdk/state/margin.ts";
import { isOption } from "../../sdk/state/positions.ts";
import { quoteOf } from "../../sdk/state/quotes.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import type { Windows } from "./pools.ts";

/** The same at the same prices, were no window open yet. */
function beforeWindow(s: Snapshot, id: number): Snapshot {
  const factor = s.factors[id]!;
  const never = 2 ** 32 - 1;
  const terms = Object.fromEntries(
    Object.entries(factor.terms).map(([time, term]) => [time, { ...term, windowStart: never }]),
  );
  return { ...s, factors: { ...s.factors, [id]: { ...factor, terms } } };
}

/**
 * A window asks for no more than was asked for before it, but for what its mark is away from spot. Options
 * bend with the mark: of books that hold any `maintenanceNeed` is judged by itself.
 */
export function expectNoMore(windows: Windows, s: Snapshot, id: AccountId, where: string) {
  const { timestamp } = s.block;
  const [dated] = windows.instruments as [bigint];
  const { positions } = s.accounts[id]!;
  const held = positions.find(({ instrument }) => instrument === dated);
  if (held === undefined || positions.some(({ instrument }) => isOption(instrument))) return;
  if (timestamp >= windows.expiry) return;
  const before = beforeWindow(s, windows.factor);
  const apart = abs(quoteOf(s, dated, timestamp).mark - quoteOf(before, dated, timestamp).mark);
  const slack = mulUp(abs(held.size), apart) + 10n ** 6n;
  const most = standingOf(before, id, timestamp).maintenance + slack;
  const { maintenance } = standingOf(s, id, timestamp);
  expect(maintenance <= most, `${where}: ${maintenance} of ${most}`).to.equal(true);
}

/** Prices moved by less than IM covers: nobody may owe more than it has. */
export function expectSolvent(windows: Windows, s: Snapshot, where: string) {
  for (const id of windows.accounts) {
    const { equity } = standingOf(s, id, s.block.timestamp);
    expect(equity >= 0n, `${where}: ${id} lacks ${-equity / WAD} USD`).to.equal(true);
  }
}
