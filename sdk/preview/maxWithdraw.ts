import type { Address } from "viem";

import { BallastError } from "../errors/BallastError.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { accountOf, amountOf } from "../logic/accounts.ts";
import { attempt } from "../logic/attempt.ts";
import { type Listed, listedAt, unitOf } from "../logic/assets.ts";
import { authorize, ownerAsCaller, Scope } from "../logic/authority.ts";
import { cashOf, unsocialized } from "../logic/cash.ts";
import { owesNothing, proofOf } from "../logic/margin.ts";
import { settleIfHeld } from "../logic/positions.ts";
import { type Prove, proveLater, proveNow, withdraw } from "../logic/clearinghouse.ts";
import { type AccountId, accountId, CASH } from "../types/Ids.ts";
import { type Limit, reasonOf } from "./Limit.ts";
import { largestAccepted, type Probe } from "./search.ts";

/** What is asked to leave, and when. */
interface Question {
  readonly state: Snapshot;
  readonly account: AccountId;
  readonly asset: Listed;
  readonly timestamp: number;
}

/**
 * The most of a token that an account's owner can withdraw in a block of that time, to the unit: of
 * cash, what the account does not have is borrowed. Zero where not even a unit may leave. Where the
 * charge for size makes margin bend (a thin asset in a crash), more can leave than a smaller amount
 * that is refused: the chain accepts what is returned, and refuses one unit more.
 *
 * @throws UnknownAsset, ReservedAccount, AccountNotInSnapshot, TimeReversed
 */
export function maxWithdraw(
  snapshot: Snapshot,
  account: AccountId,
  token: Address,
  { timestamp }: { readonly timestamp: number },
): Limit {
  const asset = { ...listedAt(snapshot, token), token };
  const state = withFew(snapshot, account);
  authorize(account, ownerAsCaller(account), Scope.Withdraw, timestamp);
  const question = { state, account, asset, timestamp };
  const amount = largestAccepted(0n, tooMuch(question), (wanted) => probe(question, wanted));
  const refusal = taken(question, amount + 1n, proveNow) as BallastError;
  const reason = isLossShare(question, amount + 1n) ? "lossShare" : reasonOf(refusal);
  return { amount, reason, refusal };
}

/** The account, and its sponsor's if the snapshot has it, which may be paid on the way. */
function withFew(s: Snapshot, id: AccountId): Snapshot {
  const own = accountOf(s, id);
  const sponsor = accountId(own.sponsorship.sponsor);
  const paid = s.accounts[sponsor];
  return { ...s, accounts: { ...(paid === undefined ? {} : { [sponsor]: paid }), [id]: own } };
}

/** One unit more than there is. */
function tooMuch({ state, account, asset }: Question): bigint {
  const most =
    asset.id === CASH ? state.cash.booked : amountOf(accountOf(state, account), asset.id);
  return most / unitOf(asset) + 1n;
}

/** The state without an amount, or why the amount must stay. */
function taken({ state, account, asset, timestamp }: Question, amount: bigint, prove: Prove) {
  const act = { caller: ownerAsCaller(account), timestamp };
  return attempt(() => withdraw(state, { account, token: asset.token, amount }, act, prove));
}

function probe(question: Question, amount: bigint): Probe {
  const { account, timestamp, state } = question;
  if (accountOf(state, account).sponsorship.owed > 0n)
    return { accepted: isLet(question, amount), slack: null };
  const next = amount === 0n ? question.state : taken(question, amount, proveLater);
  if (next instanceof BallastError) return { accepted: false, slack: null };
  const proof = attempt(() => proofOf(next, account, timestamp, "leaves"));
  const slack = proof instanceof BallastError ? null : proof.equity - proof.required;
  return { accepted: owesNothing(next, account) || (slack !== null && slack >= 0n), slack };
}

/** Who owes its sponsor pays on the way, and that moves what is asked for by more than a line. */
function isLet(question: Question, amount: bigint): boolean {
  return !(taken(question, amount, proveNow) instanceof BallastError);
}

/** Would the account have enough, were it not for what a loss leaves inside? */
function isLossShare({ state, account, asset, timestamp }: Question, amount: bigint): boolean {
  const wads = amount * unitOf(asset);
  if (asset.id !== CASH || unsocialized(state.cash).loss === 0n || wads > state.cash.booked)
    return false;
  return wads <= cashOf(settleIfHeld(state, account, timestamp), account, timestamp);
}
