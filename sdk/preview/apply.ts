import { BallastError } from "../errors/BallastError.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { cashListed } from "../logic/assets.ts";
import { type Caller, ownerAsCaller } from "../logic/authority.ts";
import type { Act } from "../logic/authority.ts";
import { attempt } from "../logic/attempt.ts";
import { callsBidder } from "../logic/bid.ts";
import { requireClear, requireReceiver } from "../logic/calling.ts";
import type { Deal } from "../logic/settlement.ts";
import * as Verbs from "../logic/clearinghouse.ts";
import { FUND } from "../types/Ids.ts";
import type { Slice } from "../types/Offer.ts";
import { accountsOf, type Bid, type Change, type Inside, type Settle } from "./Change.ts";

/** The state after a change, and what the verb returns. */
export interface Applied {
  readonly state: Snapshot;
  readonly slice?: Slice; // of a bid
  readonly repaid?: bigint; // token units
  readonly processed?: number; // rounds
  readonly fills?: readonly FillOutcome[]; // of a settlement, in order
}

/** A fill as it was done, or why it was left out. */
export type FillOutcome =
  | { readonly ok: true; readonly deal: Deal; readonly fees: bigint }
  | { readonly ok: false; readonly error: BallastError };

/** When, and how risk-adding verbs end. */
export interface Applying {
  readonly timestamp: number; // Unix seconds
  readonly prove: Verbs.Prove;
}

/** The twin of a verb. @throws what the chain would revert with */
export function apply(s: Snapshot, change: Change, { timestamp, prove }: Applying): Applied {
  const act: Act = { caller: callerOf(change), timestamp };
  switch (change.verb) {
    case "deposit":
      return { state: Verbs.deposit(s, change, act) };
    case "withdraw":
      return { state: Verbs.withdraw(s, change, act, prove) };
    case "borrow":
      return { state: Verbs.withdraw(s, { ...change, ...cashListed(s) }, act, prove) };
    case "transfer":
      return { state: Verbs.transfer(s, change, act, prove) };
    case "repay":
      return Verbs.repay(s, change, timestamp);
    case "setGrace":
      return { state: Verbs.setGrace(s, change, act, prove) };
    case "setSponsor":
      return { state: Verbs.setSponsor(s, change, act) };
    case "bid":
      return Verbs.bid(s, change.offer, act, bidderOf(change, act));
    case "settle":
      return applyFills(s, change, timestamp);
    case "cancel":
      return { state: Verbs.cancel(s, change.orders, act) };
    case "cancelBelow":
      return { state: Verbs.cancelBelow(s, change, act) };
    default:
      return applyFree(s, change, act);
  }
}

/** What the sender of a bid does when it is called, if it is: it proves nothing on the way. */
function bidderOf({ offer, then = [] }: Bid, { caller, timestamp }: Act): Verbs.CallBidder {
  if (!callsBidder(offer)) return Verbs.noCall;
  const applying = { timestamp, prove: Verbs.proveLater };
  return (sold) =>
    then.reduce<Snapshot>((s, change) => {
      requireOpen(s, change);
      return apply(s, { by: caller, ...change }, applying).state;
    }, sold);
}

/** Of fills the verb itself says whose they may be. */
function requireOpen(s: Snapshot, change: Inside): void {
  if (change.verb === "settle") return;
  requireReceiver(s, accountsOf(change)[0]!);
  if (change.verb === "transfer") requireClear(s, change.to);
}

/** A fill that may not be undoes itself alone, unless all or none was asked for. */
function applyFills(s: Snapshot, { fills, atomic, trust }: Settle, timestamp: number): Applied {
  const settling = { timestamp, ...(trust === undefined ? {} : { trust }) };
  const outcomes: FillOutcome[] = [];
  let state = s;
  for (const fill of fills) {
    const filled = atomic
      ? Verbs.settle(state, fill, settling)
      : attempt(() => Verbs.settle(state, fill, settling));
    if (filled instanceof BallastError) {
      outcomes.push({ ok: false, error: filled });
      continue;
    }
    state = filled.state;
    outcomes.push({ ok: true, deal: filled.deal, fees: filled.fees });
  }
  return { state, fills: outcomes };
}

type Passing = "observe" | "observeRate" | "settleExpiries" | "settleExpired" | "accrue";
type FreeVerb = "call" | "takeOver" | Passing;

/** The verbs that anyone may send and that prove nothing. */
function applyFree(s: Snapshot, change: Extract<Change, { verb: FreeVerb }>, act: Act): Applied {
  const { timestamp } = act;
  switch (change.verb) {
    case "call":
      return { state: Verbs.call(s, change.account, act) };
    case "takeOver":
      return { state: Verbs.takeOver(s, change, timestamp) };
    case "settleExpiries":
      return { state: Verbs.settleExpiries(s, change.factor, timestamp) };
    case "settleExpired":
      return { state: Verbs.settleExpired(s, change.account, act) };
    case "observe":
      return Verbs.observe(s, change, act);
    case "observeRate":
      return { state: Verbs.observeRate(s, change.asset, timestamp) };
    case "accrue":
      return { state: Verbs.accrue(s, timestamp) };
  }
}

function callerOf(change: Change): Caller {
  return change.by ?? ownerAsCaller(accountsOf(change)[0] ?? FUND);
}
