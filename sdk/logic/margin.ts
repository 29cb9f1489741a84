import { MarginTooLow, NotReducing } from "../errors/pool.ts";
import * as FuseMath from "../math/FuseMath.ts";
import * as MarginMath from "../math/MarginMath.ts";
import { isReducing } from "../math/TradeMath.ts";
import { max } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Margin, OwnMargin, Portfolio, AccountHealth } from "../types/Portfolio.ts";
import { accountOf } from "./accounts.ts";
import { catchUp } from "./estimates.ts";
import { portfolioOf } from "./portfolio.ts";
import { recentGains } from "./positions.ts";

// The questions asked of a portfolio. Twin of contracts/logic/Health.sol, AccountHealths.sol and Risk.sol.

/** Equity and both requirements of an account, USD. @throws AccountNotInSnapshot, UnknownFactor */
export function marginOf(s: Snapshot, id: AccountId, timestamp: number): Margin {
  return MarginMath.marginOf(portfolioOf(s, id, { timestamp, view: "conservative" }));
}

/** An account as margin calls see it. @throws AccountNotInSnapshot, UnknownFactor */
export function accountHealthOf(
  s: Snapshot,
  id: AccountId,
  timestamp: number,
  view: "plain" | "steady" | "told" = "plain",
): AccountHealth {
  return accountHealthOfPortfolio(portfolioOf(s, id, { timestamp, view }));
}

/** A plain portfolio as margin calls see it. */
export function accountHealthOfPortfolio(book: Portfolio): AccountHealth {
  const own = MarginMath.maintenanceNeed(book);
  return FuseMath.accountHealthOf(FuseMath.measureOf(book, own, MarginMath.initialMargin(book)));
}

/** Equity against IM at the end of a risk-adding act, its factors caught up. */
export interface Proof {
  readonly state: Snapshot;
  readonly equity: bigint; // USD; without what IM does not lean on
  readonly required: bigint; // IM, USD
  readonly uncounted: bigint; // value IM does not lean on, USD
}

/** Does an act take something out of an account? Then its proof does not lean on recent gains. */
export type Leaving = "leaves" | "stays";

/** What the proof of a risk-adding act would look at. @throws EstimateBehind */
export function proofOf(s: Snapshot, id: AccountId, timestamp: number, leaving: Leaving): Proof {
  const look = { timestamp, view: "conservative", modes: "initial" } as const;
  const book = portfolioOf(s, id, look);
  const state = caughtUpWith(s, book, timestamp);
  const caught = state === s ? book : portfolioOf(state, id, look);
  const kept = leaving === "leaves" ? max(0n, recentGains(s, id, timestamp)) : 0n;
  return { state, ...coverOf({ ...caught, initialEquity: caught.initialEquity - kept }) };
}

/** Equity that IM is compared with, and IM, as stored estimates have it. */
export function initialOf(s: Snapshot, id: AccountId, timestamp: number): Omit<Proof, "state"> {
  return coverOf(portfolioOf(s, id, { timestamp, view: "conservative", modes: "initial" }));
}

/**
 * The proof of a risk-adding act: equity covers IM, once the account's factors are caught up.
 *
 * @throws MarginTooLow, EstimateBehind
 */
export function requireInitial(
  s: Snapshot,
  id: AccountId,
  timestamp: number,
  leaving: Leaving,
): Snapshot {
  const leans = leaving === "leaves" && recentGains(s, id, timestamp) > 0n;
  if (!leans && owesNothing(s, id)) return s;
  const proof = proofOf(s, id, timestamp, leaving);
  requireCovered(id, proof);
  return proof.state;
}

/** What an act sent as reducing is measured by. @throws AccountNotInSnapshot, UnknownFactor */
export function ownMarginOf(s: Snapshot, id: AccountId, timestamp: number): OwnMargin {
  return MarginMath.ownMarginOf(portfolioOf(s, id, { timestamp, view: "conservative" }));
}

/** A fill sent as reducing leaves the account no worse, but for `fees`. @throws NotReducing */
export function requireReduced(s: Snapshot, id: AccountId, act: Reduction): void {
  const [before, now] = [act.before, ownMarginOf(s, id, act.timestamp)];
  if (isReducing(before, now, act.fees)) return;
  throw new NotReducing(id, before.equity, before.maintenance, now.equity, now.maintenance);
}

/**
 * Did a batch sent as reducing leave the account no worse? In call it must have; out of call one that did not is
 * still a batch, and needs what any batch needs.
 *
 * @throws NotReducing
 */
export function hasReduced(s: Snapshot, id: AccountId, act: Omit<Reduction, "fees">): boolean {
  if (accountOf(s, id).phase === Phase.Clear)
    return isReducing(act.before, ownMarginOf(s, id, act.timestamp), 0n);
  requireReduced(s, id, { ...act, fees: 0n });
  return true;
}

/** An act sent as reducing. */
export interface Reduction {
  readonly before: OwnMargin;
  readonly fees: bigint; // cash
  readonly timestamp: number;
}

/** The proof of a bidder: IM at σused and gMM, with no catch-up. @throws MarginTooLow */
export function requireCapacity(s: Snapshot, id: AccountId, timestamp: number): void {
  if (owesNothing(s, id)) return;
  const look = { timestamp, view: "capacity", modes: "initial" } as const;
  requireCovered(id, coverOf(portfolioOf(s, id, look)));
}

/** An account that owes nothing can lose no one's money. */
export function owesNothing(s: Snapshot, id: AccountId): boolean {
  const { principal, positions } = accountOf(s, id);
  return principal >= 0n && positions.length === 0;
}

function caughtUpWith(s: Snapshot, { exposures }: Portfolio, timestamp: number): Snapshot {
  const behind = exposures.filter((exposure) => exposure.behind);
  return behind.reduce((state, { factor }) => catchUp(state, factor, timestamp), s);
}

function coverOf(book: Portfolio): Omit<Proof, "state"> {
  const { equity, initialEquity } = book;
  const required = MarginMath.initialMargin(book);
  return { equity: initialEquity, required, uncounted: equity - initialEquity };
}

/** @throws MarginTooLow */
export function requireCovered(id: AccountId, cover: Omit<Proof, "state">): void {
  const { equity, required, uncounted } = cover;
  if (equity < required) throw new MarginTooLow(id, equity, required, uncounted);
}
