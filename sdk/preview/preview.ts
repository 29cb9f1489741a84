import { BallastError } from "../errors/BallastError.ts";
import { BatchMixed } from "../errors/pool.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { EMPTY } from "../state/accounts.ts";
import { attempt } from "../state/attempt.ts";
import { hasReduced, marginOf, requireInitial } from "../state/margin.ts";
import { recentGains } from "../state/positions.ts";
import { proveLater, proveNow } from "../state/verbs.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Margin } from "../types/Portfolio.ts";
import { type Applied, apply } from "./apply.ts";
import { accountsOf, type Change } from "./Change.ts";
import { type Margins, marginsOf } from "./margins.ts";

const LIQUIDATES: ReadonlySet<Change["verb"]> = new Set(["call", "bid", "takeOver"]);
const NEED_MARGIN: ReadonlySet<Change["verb"]> = new Set([
  ...(["withdraw", "borrow", "transfer", "setGrace"] as const),
]);

export interface PreviewOptions {
  readonly timestamp: number; // of the block that would hold the changes, Unix seconds
  readonly batch?: boolean; // one transaction: IM of each account proved once, at the end
  readonly reducing?: AccountId; // of a batch: this account is proved by before and after
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
  const { timestamp, reducing, batch = reducing !== undefined } = options;
  const applying = { timestamp, prove: batch ? proveLater : proveNow };
  const first = withHeirs(snapshot, changes);
  const lead = attempt(() =>
    reducing === undefined ? null : marginOf(first, reducing, timestamp),
  );
  if (lead instanceof BallastError) return { ok: false, index: changes.length, error: lead };
  const steps: Step[] = [];
  let state = first;
  for (const [index, change] of changes.entries()) {
    const mixed = batch && isMixed(changes.slice(0, index), change);
    const applied = mixed ? new BatchMixed() : attempt(() => apply(state, change, applying));
    if (applied instanceof BallastError) return { ok: false, index, error: applied };
    state = applied.state;
    steps.push(stepOf(change, applied, timestamp));
  }
  const proof = { timestamp, ...(reducing === undefined ? {} : { reducing, before: lead! }) };
  const proven = attempt(() => (batch ? proveAll(state, changes, proof) : state));
  if (proven instanceof BallastError) return { ok: false, index: changes.length, error: proven };
  const touched = [...new Set(changes.flatMap(accountsOf))];
  const [before, after] = [first, proven].map((s) => marginsOf(s, touched, timestamp));
  return { ok: true, before: before!, after: after!, steps, state: proven };
}

function stepOf(change: Change, { state, ...results }: Applied, timestamp: number): Step {
  return { change, ...results, margins: marginsOf(state, accountsOf(change), timestamp) };
}

/** A batch that contains a fill may not contain a call, a bid or a takeover. */
function isMixed(before: readonly Change[], { verb }: Change): boolean {
  if (verb === "settle") return before.some((one) => LIQUIDATES.has(one.verb));
  return LIQUIDATES.has(verb) && before.some((one) => one.verb === "settle");
}

/** How a batch is proved. */
interface Proof {
  readonly timestamp: number;
  readonly reducing?: AccountId;
  readonly before?: Margin;
}

/** IM of each account that added risk, once, in the order of their first act; then the reducing one. */
function proveAll(s: Snapshot, changes: readonly Change[], proof: Proof): Snapshot {
  const { timestamp, reducing, before } = proof;
  const risky = changes.filter(({ verb }) => NEED_MARGIN.has(verb));
  const accounts = new Set(risky.map((change) => accountsOf(change)[0]!));
  const others = [...accounts].filter((id) => id !== reducing);
  const state = others.reduce((next, id) => proveNow(next, id, timestamp, "leaves"), s);
  if (reducing === undefined) return state;
  const reduced = hasReduced(state, reducing, { before: before!, fees: 0n, timestamp });
  const leaves = accounts.has(reducing);
  const leans = leaves && recentGains(state, reducing, timestamp) > 0n;
  if (reduced && !leans) return state;
  return requireInitial(state, reducing, timestamp, leaves ? "leaves" : "stays");
}

/** The house's accounts that are yet to be opened are known to be empty. */
function withHeirs(s: Snapshot, changes: readonly Change[]): Snapshot {
  const heirs = changes.flatMap((change) => (change.verb === "takeOver" ? change.heir : []));
  const empty = Object.fromEntries(heirs.map((id): [AccountId, typeof EMPTY] => [id, EMPTY]));
  return { ...s, accounts: { ...empty, ...s.accounts } };
}
