import { BallastError } from "../errors/BallastError.ts";
import { BatchMixed } from "../errors/pool.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { callsBidder } from "../logic/bid.ts";
import { accountOf, EMPTY, factorsHeld } from "../logic/accounts.ts";
import { attempt } from "../logic/attempt.ts";
import { enter, roundsOf, walkAll } from "../logic/estimates.ts";
import { hasReduced, ownMarginOf, requireInitial } from "../logic/margin.ts";
import { isRuined, type Reducing } from "../logic/poke.ts";
import { recentGains } from "../logic/positions.ts";
import { pay, requirePaid, touch } from "../logic/sponsors.ts";
import { proveLater, proveNow } from "../logic/clearinghouse.ts";
import type { AccountId } from "../types/Ids.ts";
import type { OwnMargin } from "../types/Portfolio.ts";
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
  const lead = attempt(() => leadOf(first, reducing, timestamp));
  if (lead instanceof BallastError) return { ok: false, index: changes.length, error: lead };
  const steps: Step[] = [];
  let state: Snapshot = lead?.state ?? first;
  let called = false;
  for (const [index, change] of changes.entries()) {
    const calls = LIQUIDATES.has(change.verb) || isCall(change, state, timestamp);
    const run = { before: changes.slice(0, index), calls, called, reducing: lead !== null };
    const mixed = batch && isMixed(change, run);
    called ||= calls;
    const applied = mixed ? new BatchMixed() : attempt(() => apply(state, change, applying));
    if (applied instanceof BallastError) return { ok: false, index, error: applied };
    state = applied.state;
    steps.push(stepOf(change, applied, timestamp));
  }
  const proven = attempt(() => (batch ? proveAll(state, changes, { timestamp, lead }) : state));
  if (proven instanceof BallastError) return { ok: false, index: changes.length, error: proven };
  const touched = [...new Set(changes.flatMap(accountsOf))];
  const [before, after] = [first, proven].map((s) => marginsOf(s, touched, timestamp));
  return { ok: true, before: before!, after: after!, steps, state: proven };
}

function stepOf(change: Change, { state, ...results }: Applied, timestamp: number): Step {
  return { change, ...results, margins: marginsOf(state, accountsOf(change), timestamp) };
}

/**
 * A batch that contains a fill, owes a proof, or is sent as reducing may not contain a call, a bid or a
 * takeover; and none a bid that calls its bidder.
 */
function isMixed(change: Change, { before, calls, called, reducing }: Run): boolean {
  if (change.verb === "bid" && callsBidder(change.offer)) return true;
  if (change.verb === "settle") return called;
  if (!calls) return false;
  return reducing || before.some((one) => one.verb === "settle" || unproved(one) !== null);
}

/** How far a batch is. */
interface Run {
  readonly before: readonly Change[];
  readonly calls: boolean; // is this a call, a bid or a takeover
  readonly called: boolean; // was there one before
  readonly reducing: boolean;
}

/** What settles an account that cannot pay calls it first. */
function isCall(change: Change, state: Snapshot, timestamp: number): boolean {
  return change.verb === "settleExpired" && isRuined(state, change.account, timestamp);
}

/** The account that a batch has to prove for a change. */
function unproved(change: Change): AccountId | null {
  return NEED_MARGIN.has(change.verb) ? accountsOf(change)[0]! : null;
}

/** An account as a batch sent as reducing finds it. */
interface Lead {
  readonly state: Reducing;
  readonly reducing: AccountId;
  readonly before: OwnMargin;
  readonly tier: number;
  readonly factors: readonly number[]; // that it holds something of
  readonly rounds: bigint; // how far their rounds are walked
}

function leadOf(s: Snapshot, reducing: AccountId | undefined, timestamp: number): Lead | null {
  if (reducing === undefined) return null;
  const factors = factorsHeld(accountOf(s, reducing));
  const walked = walkAll(enter(s, reducing, timestamp), factors, timestamp);
  const state = { ...touch(walked, reducing, timestamp), reducing };
  const before = ownMarginOf(state, reducing, timestamp);
  const { tier } = accountOf(state, reducing);
  return { state, reducing, before, tier, factors, rounds: roundsOf(walked, factors) };
}

/** How a batch is proved. */
interface Proof {
  readonly timestamp: number;
  readonly lead: Lead | null; // of one sent as reducing
}

/** IM of each account that added risk, once, in the order of their first act; then the reducing one. */
function proveAll(s: Snapshot, changes: readonly Change[], proof: Proof): Snapshot {
  const { timestamp, lead } = proof;
  const accounts = new Set(changes.map(unproved).filter((id) => id !== null));
  const others = [...accounts].filter((id) => id !== lead?.reducing);
  const state = others.reduce((next, id) => proveLeft(next, id, timestamp), s);
  if (lead === null) return state;
  return proveReducing(state, lead, { timestamp, leaves: accounts.has(lead.reducing) });
}

function proveLeft(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  const paid = pay(proveNow(s, id, timestamp, "leaves"), id, timestamp);
  requirePaid(paid, id);
  return paid;
}

interface Leaving {
  readonly timestamp: number;
  readonly leaves: boolean;
}

/** What leaves may not lean on recent gains, nor on another tier, even if all else became better. */
function proveReducing(s: Snapshot, lead: Lead, { timestamp, leaves }: Leaving): Snapshot {
  const { reducing, before, tier } = lead;
  const reduced = hasReduced(s, reducing, { before, timestamp });
  const lighter = accountOf(s, reducing).tier !== tier;
  const leans = leaves && (lighter || recentGains(s, reducing, timestamp) > 0n);
  const moved = roundsOf(s, lead.factors) !== lead.rounds; // by rounds walked on the way
  const needs = !reduced || leans || moved;
  const proven = needs ? requireInitial(s, reducing, timestamp, leaves ? "leaves" : "stays") : s;
  const { reducing: _, ...ended } = { ...proven, reducing };
  const next = touch(ended, reducing, timestamp);
  if (needs && leaves) requirePaid(next, reducing);
  return next;
}

/** The house's accounts that are yet to be opened are known to be empty. */
function withHeirs(s: Snapshot, changes: readonly Change[]): Snapshot {
  const heirs = changes.flatMap((change) =>
    change.verb === "takeOver" ? change.backstopAccount : [],
  );
  const empty = Object.fromEntries(heirs.map((id): [AccountId, typeof EMPTY] => [id, EMPTY]));
  return { ...s, accounts: { ...empty, ...s.accounts } };
}
