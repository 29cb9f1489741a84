import { BallastError } from "../errors/BallastError.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { EMPTY } from "../state/accounts.ts";
import { SnapshotError } from "../state/errors.ts";
import { proveLater, proveNow } from "../state/verbs.ts";
import type { AccountId } from "../types/Ids.ts";
import { type Applied, apply } from "./apply.ts";
import { accountsOf, type Change } from "./Change.ts";
import { type Margins, marginsOf } from "./margins.ts";

export interface PreviewOptions {
  readonly timestamp: number; // of the block that would hold the changes, Unix seconds
  readonly batch?: boolean; // one transaction: IM of each account proved once, at the end
}

/** What one change did. Margins are of the accounts it touches, after it. */
export interface Step extends Omit<Applied, "state"> {
  readonly change: Change;
  readonly margins: Margins;
}

/** Every change was accepted. Margins are of all accounts touched. */
export interface Accepted {
  readonly ok: true;
  readonly before: Margins;
  readonly after: Margins;
  readonly steps: readonly Step[];
  readonly state: Snapshot; // as it would be
}

/** A change was refused: the class and the numbers of the revert. */
export interface Refused {
  readonly ok: false;
  readonly index: number; // of the change; their count, if the proof at the end of a batch failed
  readonly error: BallastError;
}

export type Preview = Accepted | Refused;

/**
 * What the chain would do with some changes, one transaction each, or with one batch of them, in a
 * block of that time with no other before it. Changes nothing.
 *
 * What tokens themselves refuse (balances, approvals) is not known to a snapshot.
 *
 * @throws AccountNotInSnapshot, TimeReversed
 */
export function preview(
  snapshot: Snapshot,
  changes: readonly Change[],
  options: PreviewOptions,
): Preview {
  const run = start(snapshot, changes);
  try {
    const steps = changes.map((change) => run.take(change, options));
    if (options.batch) run.proveAll(options.timestamp);
    return finish(snapshot, run.state(), changes, { ...options, steps });
  } catch (error) {
    if (error instanceof SnapshotError || !(error instanceof BallastError)) throw error;
    return { ok: false, index: run.done(), error };
  }
}
