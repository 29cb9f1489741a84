import { BallastError } from "../errors/BallastError.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { EMPTY } from "../state/accounts.ts";
import { SnapshotError } from "../state/errors.ts";
import { proveLater, proveNow } from "../state/verbs.ts";
import type { AccountId } from "../types/Ids.ts";
import { type Applied, apply } from "./apply.ts";
import { accountsOf, type Change } from "./Change.ts";
import { type Margins, marginsOf } from "./margins.ts";

const NEED_MARGIN: ReadonlySet<Change["verb"]> = new Set([
  ...(["withdraw", "borrow", "transfer", "setGrace"] as const),
]);

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
  const { timestamp, batch = false } = options;
  const applying = { timestamp, prove: batch ? proveLater : proveNow };
  const first = withHeirs(snapshot, changes);
  const steps: Step[] = [];
  let state = first;
  for (const [index, change] of changes.entries()) {
    const applied = attempt(() => apply(state, change, applying));
    if (applied instanceof BallastError) return { ok: false, index, error: applied };
    state = applied.state;
    steps.push(stepOf(change, applied, timestamp));
  }
  const proven = attempt(() => (batch ? proveAll(state, changes, timestamp) : state));
  if (proven instanceof BallastError) return { ok: false, index: changes.length, error: proven };
  const touched = [...new Set(changes.flatMap(accountsOf))];
  const [before, after] = [first, proven].map((s) => marginsOf(s, touched, timestamp));
  return { ok: true, before: before!, after: after!, steps, state: proven };
}

/** What is done, or the error the chain would revert with. */
export function attempt<T>(act: () => T): T | BallastError {
  try {
    return act();
  } catch (error) {
    if (error instanceof SnapshotError || !(error instanceof BallastError)) throw error;
    return error;
  }
}

function stepOf(change: Change, { state, ...results }: Applied, timestamp: number): Step {
  return { change, ...results, margins: marginsOf(state, accountsOf(change), timestamp) };
}

/** IM of each account that added risk, once, in the order of their first act. */
function proveAll(s: Snapshot, changes: readonly Change[], timestamp: number): Snapshot {
  const risky = changes.filter(({ verb }) => NEED_MARGIN.has(verb));
  const accounts = new Set(risky.map((change) => accountsOf(change)[0]!));
  return [...accounts].reduce((state, id) => proveNow(state, id, timestamp, "leaves"), s);
}

/** The house's accounts that are yet to be opened are known to be empty. */
function withHeirs(s: Snapshot, changes: readonly Change[]): Snapshot {
  const heirs = changes.flatMap((change) => (change.verb === "takeOver" ? change.heir : []));
  const empty = Object.fromEntries(heirs.map((id): [AccountId, typeof EMPTY] => [id, EMPTY]));
  return { ...s, accounts: { ...empty, ...s.accounts } };
}
