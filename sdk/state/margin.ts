import { MarginTooLow } from "../errors/pool.ts";
import { standingOf as standingOfBook } from "../math/FuseMath.ts";
import * as MarginMath from "../math/MarginMath.ts";
import { maintenanceMode } from "../math/ScenarioMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Margin, Portfolio, Standing } from "../types/Portfolio.ts";
import { accountOf } from "./accounts.ts";
import { catchUp } from "./estimates.ts";
import { portfolioOf } from "./portfolio.ts";

// The questions asked of a portfolio. Twin of the public half of contracts/logic/Risk.sol.

/** Equity and both requirements of an account, USD. @throws AccountNotInSnapshot, UnknownFactor */
export function marginOf(s: Snapshot, id: AccountId, timestamp: number): Margin {
  return MarginMath.marginOf(portfolioOf(s, id, { timestamp, view: "conservative" }));
}

/** An account as margin calls see it. @throws AccountNotInSnapshot, UnknownFactor */
export function standingOf(s: Snapshot, id: AccountId, timestamp: number): Standing {
  return standingOfPortfolio(portfolioOf(s, id, { timestamp, view: "plain" }));
}

/** A plain portfolio as margin calls see it. */
export function standingOfPortfolio(book: Portfolio): Standing {
  const own = MarginMath.requirementOf(book, maintenanceMode());
  return standingOfBook(book, own, MarginMath.initialMargin(book));
}

/** Equity against IM at the end of a risk-adding act, its factors caught up. */
export interface Proof {
  readonly state: Snapshot;
  readonly equity: bigint; // USD; without what IM does not lean on
  readonly required: bigint; // IM, USD
  readonly uncounted: bigint; // value IM does not lean on, USD
}

/** What the proof of a risk-adding act would look at. @throws EstimateBehind */
export function proofOf(s: Snapshot, id: AccountId, timestamp: number): Proof {
  const look = { timestamp, view: "conservative" } as const;
  const book = portfolioOf(s, id, look);
  const state = caughtUpWith(s, book, timestamp);
  return { state, ...coverOf(state === s ? book : portfolioOf(state, id, look)) };
}

/**
 * The proof of a risk-adding act: equity covers IM, once the account's factors are caught up.
 *
 * @throws MarginTooLow, EstimateBehind
 */
export function requireInitial(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  if (owesNothing(s, id)) return s;
  const proof = proofOf(s, id, timestamp);
  requireCovered(id, proof);
  return proof.state;
}

/** The proof of a bidder: IM at σused, with no catch-up. @throws MarginTooLow */
export function requireCapacity(s: Snapshot, id: AccountId, timestamp: number): void {
  if (owesNothing(s, id)) return;
  const book = portfolioOf(s, id, { timestamp, view: "conservative" });
  const exposures = book.exposures.map((exposure) => ({
    ...exposure,
    volatility: [exposure.volatility[0], exposure.used] as const,
  }));
  requireCovered(id, coverOf({ ...book, exposures }));
}

/** An account that owes nothing can lose no one's money. */
export function owesNothing(s: Snapshot, id: AccountId): boolean {
  return accountOf(s, id).principal >= 0n;
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
