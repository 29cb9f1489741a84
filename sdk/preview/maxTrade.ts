import { BallastError } from "../errors/BallastError.ts";
import * as Errors from "../errors/pool.ts";
import { MAX_AMOUNT, min } from "../math/WadMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { EMPTY } from "../logic/accounts.ts";
import { attempt } from "../logic/attempt.ts";
import { owesNothing, proofOf } from "../logic/margin.ts";
import { prove, trade, type Traded } from "../logic/settlement.ts";
import { pokeIfCalled } from "../logic/poke.ts";
import { type AccountId, FUND, type InstrumentId, ownerOf } from "../types/Ids.ts";
import { type Fill, MAKER, type Order } from "../types/Order.ts";
import { largestAccepted, type Probe } from "./search.ts";

/** Who would trade what, and how. */
export interface TradeQuestion {
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly side: "buy" | "sell";
  readonly price: bigint; // cash per unit
  readonly counterparty?: AccountId; // someone new, with margin without end, if left out
  readonly role?: "maker" | "taker"; // whose fee the account pays; the taker's if left out
  readonly flags?: number; // REDUCE_ONLY, REDUCING of its order
  readonly counterpartyFlags?: number;
  readonly maxFee?: bigint; // cash per unit; any if left out
}

/** What keeps a trade from being larger. */
export type TradeReason =
  | "margin" // the account's equity would not cover its IM, or it would be worse than before
  | "counterparty" // the other side's would not, or something else of it
  | "openInterest" // the factor's cap
  | "band" // the price is too far from the mark, whatever the size
  | "fee" // the order accepts no such fee
  | "reduceOnly" // the position would grow, or turn
  | "slots" // of positions or factors
  | "instrument" // it does not trade now
  | "price" // spot has no good price
  | "call" // the account is in call or auction
  | "lock" // the guardian lets no one take on new risk
  | "estimate" // a factor must be observed first
  | "size"; // more than the model can say

/** The largest fill that the chain accepts; one wei more is refused. */
export interface TradeLimit {
  readonly amount: bigint; // units, a wad
  readonly reason: TradeReason;
  readonly refusal: BallastError; // of one wei more
}

const REASONS: readonly (readonly [new (...args: never[]) => BallastError, TradeReason])[] = [
  [Errors.MarginTooLow, "margin"],
  [Errors.NotReducing, "margin"],
  [Errors.OpenInterestCapExceeded, "openInterest"],
  [Errors.PriceOutsideBand, "band"],
  [Errors.FeeTooHigh, "fee"],
  [Errors.WouldGrow, "reduceOnly"],
  [Errors.TooManyPositions, "slots"],
  [Errors.TooManyTerms, "slots"],
  [Errors.TooManyFactors, "slots"],
  [Errors.UnknownInstrument, "instrument"],
  [Errors.InstrumentExpired, "instrument"],
  [Errors.SurfaceStale, "instrument"],
  [Errors.StrikeOutOfReach, "instrument"],
  [Errors.PriceNotOk, "price"],
  [Errors.InCall, "call"],
  [Errors.PoolLocked, "lock"],
  [Errors.EstimateBehind, "estimate"],
];

const ANYONE: AccountId = `0x${"fe".repeat(32)}`;
const STEP = 16n; // between two sizes that are looked at first
const LARGE = 10n ** 28n; // units; more was never traded

/**
 * The largest fill of an instrument at a price that the chain would accept in a block of that time, to
 * the wei; zero where not even a wei is accepted. Signatures and what is left of orders are no part of
 * the question. Margin bends: of several ranges of accepted sizes it ends in the highest that steps of
 * sixteen times can tell apart.
 *
 * @throws SelfMatch, AccountNotInSnapshot, InstrumentNotInSnapshot, TimeReversed
 */
export function maxTrade(
  snapshot: Snapshot,
  question: TradeQuestion,
  { timestamp }: { readonly timestamp: number },
): TradeLimit {
  if (question.account === question.counterparty) throw new Errors.SelfMatch(question.account);
  const accounts = { [ANYONE]: EMPTY, ...snapshot.accounts };
  const s = touched({ ...snapshot, accounts }, question, timestamp);
  const asked = { s, question, timestamp };
  const [low, high] = bracketOf(asked);
  const amount = high - low > 1n ? largestAccepted(low, high, (size) => probe(asked, size)) : low;
  const refusal = outcomeOf(asked, amount + 1n) as BallastError;
  return { amount, reason: reasonOf(refusal, question), refusal };
}

/** Both sides as a fill finds them: poked. */
function touched(s: Snapshot, question: TradeQuestion, timestamp: number): Snapshot {
  const { account, counterparty = ANYONE, role = "taker" } = question;
  const sides = role === "maker" ? [account, counterparty] : [counterparty, account];
  return sides.reduce((state, id) => pokeIfCalled(state, id, timestamp), s);
}

interface Asked {
  readonly s: Snapshot;
  readonly question: TradeQuestion;
  readonly timestamp: number;
}

/** A size that is accepted, or zero, and a larger one that is not. */
function bracketOf(asked: Asked): [low: bigint, high: bigint] {
  let high = MAX_AMOUNT + 1n;
  for (let size = LARGE; size > 0n; size /= STEP) {
    if (!(outcomeOf(asked, size) instanceof BallastError)) return [size, high];
    high = size;
  }
  return [0n, high];
}

/** A fill of both sides' wishes, of this size. */
function fillOf({ question }: Asked, size: bigint): Fill {
  const { account, counterparty = ANYONE, role = "taker", side, flags = 0 } = question;
  const mine = side === "buy" ? size : -size;
  const own = orderOf(question, account, mine, flags);
  const other = orderOf(question, counterparty, -mine, question.counterpartyFlags ?? 0);
  const free = { ...other, maxFee: MAX_FEE };
  const [maker, taker] = role === "maker" ? [own, free] : [free, own];
  const signatures = { makerSignature: "0x", takerSignature: "0x" } as const;
  return { maker: { ...maker, flags: maker.flags | MAKER }, taker, ...signatures, size };
}

const MAX_FEE = 10n ** 28n; // the most that an order can say

function orderOf(question: TradeQuestion, account: AccountId, size: bigint, flags: number): Order {
  const { instrument, price, maxFee = MAX_FEE } = question;
  const wish = { account, instrument, size, limitPrice: price, maxFee, flags };
  return { ...wish, salt: 0n, counter: 0n, deadline: 0n, signer: ownerOf(account), taker: FUND };
}

/** The fill with its proofs, or why it may not be. */
function outcomeOf(asked: Asked, size: bigint): Traded | BallastError {
  return attempt(() => proven(asked, trade(asked.s, fillOf(asked, size), asked.timestamp)));
}

function proven({ timestamp }: Asked, traded: Traded): Traded {
  const judged = traded.sides.filter(({ account }) => account !== ANYONE);
  return { ...traded, state: prove(traded, judged, timestamp) };
}

/** Accepted or not; and the smaller of both sides' slacks, where margin alone decides. */
function probe(asked: Asked, size: bigint): Probe {
  const { timestamp } = asked;
  const traded = attempt(() => trade(asked.s, fillOf(asked, size), timestamp));
  if (traded instanceof BallastError) return { accepted: false, slack: null };
  const accepted = !(attempt(() => proven(asked, traded)) instanceof BallastError);
  const slacks = traded.sides
    .filter(({ account, before }) => account !== ANYONE && before === null)
    .filter(({ account }) => !owesNothing(traded.state, account))
    .map(({ account }) => attempt(() => proofOf(traded.state, account, timestamp, "stays")));
  if (slacks.length === 0 || slacks.some((one) => one instanceof BallastError)) {
    return { accepted, slack: null };
  }
  const left = (slacks as ReturnType<typeof proofOf>[]).map((one) => one.equity - one.required);
  const slack = left.reduce(min);
  return { accepted, slack: accepted === slack >= 0n ? slack : null };
}

/** Which limit a refusal names. */
function reasonOf(refusal: BallastError, { account, counterparty }: TradeQuestion): TradeReason {
  const named = (refusal as { readonly account?: AccountId }).account;
  const other = counterparty !== undefined && counterparty !== account && named === counterparty;
  if (other) return "counterparty";
  return REASONS.find(([of]) => refusal instanceof of)?.[1] ?? "size";
}
