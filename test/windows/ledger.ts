import { abs, max, mulDown, WAD } from "../../sdk/math/WadMath.ts";
import { callPayoff, putPayoff } from "../../sdk/math/SettlementMath.ts";
import type { Accepted } from "../../sdk/preview/preview.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { unitOf } from "../../sdk/logic/assets.ts";
import { cashOf } from "../../sdk/logic/cash.ts";
import { dueOf, indexOf, isSettled } from "../../sdk/logic/positions.ts";
import {
  type AccountId,
  type AssetId,
  CASH,
  type InstrumentId,
  Kind,
  kindOf,
  ownerOf,
  strikeOf,
} from "../../sdk/types/Ids.ts";
import type { Change } from "../../sdk/preview/Change.ts";

// What an owner put in and took out, and what it traded, as an accountant has it who knows nothing of margin. What
// it may be left with is what it put in and what its trades made, at the prices that the rounds made in the end.

/** Prices in the end: of what is held, USD, and of the factor at its settlement and now. */
export interface Prices {
  readonly settlement: bigint;
  readonly spot: bigint;
  of(asset: AssetId): bigint;
}

interface Deal {
  readonly instrument: InstrumentId;
  readonly size: bigint; // of the owner
  readonly price: bigint;
}

const DUST = 10n ** 12n; // a millionth: what an act may round

/** Of one owner: tokens by asset, wads, put in less taken out; and trades. */
class Book {
  readonly tokens = new Map<AssetId, bigint>();
  readonly deals: Deal[] = [];

  add(asset: AssetId, amount: bigint): void {
    this.tokens.set(asset, (this.tokens.get(asset) ?? 0n) + amount);
  }

  /** What all of it comes to in the end, USD. */
  worth(prices: Prices): bigint {
    const tokens = [...this.tokens].map(([asset, amount]) => mulDown(amount, prices.of(asset)));
    const made = this.deals.map(({ instrument, size, price }) =>
      mulDown(size, payoffOf(instrument, prices) - price),
    );
    return [...tokens, ...made].reduce((sum, one) => sum + one, 0n);
  }
}

/** What a unit pays in the end. */
function payoffOf(instrument: InstrumentId, { settlement, spot }: Prices): bigint {
  const strike = strikeOf(instrument);
  switch (kindOf(instrument)) {
    case Kind.Perp:
      return spot;
    case Kind.Future:
      return settlement;
    case Kind.Call:
      return callPayoff(settlement, strike);
    default:
      return putPayoff(settlement, strike);
  }
}

/** What became of an owner, USD. */
export interface Result {
  readonly owner: string;
  readonly kept: bigint; // in accounts that owe more than they have: nothing
  readonly earned: bigint; // what it may have: put in less taken out, and its trades
  readonly slack: bigint; // how much more the premium of the perp and interest may have made
}

export class Ledger {
  private readonly books = new Map<string, Book>();
  private perpFees = 0n;
  private acts = 0n;

  constructor(
    private readonly accounts: readonly AccountId[],
    private readonly start: Snapshot,
  ) {
    for (const id of accounts) {
      const book = this.bookOf(id);
      book.add(CASH, cashOf(start, id, start.block.timestamp));
      for (const { asset, amount } of start.accounts[id]!.holdings) book.add(asset, amount);
    }
  }

  private bookOf(id: AccountId): Book {
    const owner = ownerOf(id);
    const book = this.books.get(owner) ?? new Book();
    this.books.set(owner, book);
    return book;
  }

  private isOurs(id: AccountId): boolean {
    return this.accounts.includes(id);
  }

  /** Books an act that was done. */
  book(before: Snapshot, { steps, state }: Accepted, timestamp: number): void {
    ++this.acts;
    for (const { change, repaid = 0n, fills = [] } of steps) {
      this.bookTokens(before, change, repaid);
      if (change.verb === "bid") this.bookBid(before, state, timestamp);
      if (change.verb !== "settle") continue;
      fills.forEach((fill, i) => {
        if (!fill.ok) return;
        const { id: instrument, size, price } = fill.deal;
        const { maker, taker } = change.fills[i]!;
        for (const order of [maker, taker])
          this.deal(order.account, { instrument, size: order.size > 0n ? size : -size, price });
        if (kindOf(instrument) === Kind.Perp) this.perpFees += fill.fees;
      });
    }
  }

  private deal(id: AccountId, deal: Deal): void {
    if (this.isOurs(id)) this.bookOf(id).deals.push(deal);
  }

  /** Tokens in and out, in kind. */
  private bookTokens(s: Snapshot, change: Change, repaid: bigint): void {
    switch (change.verb) {
      case "deposit":
        return this.move(s, change.account, change.token, change.amount);
      case "withdraw":
        return this.move(s, change.account, change.token, -change.amount);
      case "transfer":
        this.move(s, change.from, change.token, -change.amount);
        return this.move(s, change.to, change.token, change.amount);
      case "borrow":
        return this.move(s, change.account, s.assets[CASH]!.token, -change.amount);
      case "repay":
        return this.move(s, change.account, s.assets[CASH]!.token, repaid);
      default:
    }
  }

  private move(s: Snapshot, id: AccountId, token: string, amount: bigint): void {
    const isIt = ([, asset]: [string, { token: string }]) =>
      asset.token.toLowerCase() === token.toLowerCase();
    const [asset, listed] = Object.entries(s.assets).find(isIt)!;
    this.bookOf(id).add(Number(asset), amount * unitOf(listed));
  }

  /** A slice of a book changes hands at a price: what moved is a trade of whoever sold and of who bought. */
  private bookBid(before: Snapshot, after: Snapshot, timestamp: number): void {
    const walked = { ...before, factors: after.factors, interests: after.interests };
    for (const id of this.accounts) {
      const [old, now] = [before.accounts[id]!, after.accounts[id]!];
      const worth = (s: Snapshot) => cashOf(s, id, timestamp) + dueOf(s, id, timestamp);
      const book = this.bookOf(id);
      book.add(CASH, worth(after) - worth(walked));
      for (const { asset, amount } of old.holdings) book.add(asset, -amount);
      for (const { asset, amount } of now.holdings) book.add(asset, amount);
      for (const [sign, { positions }] of [
        [-1n, old],
        [1n, now],
      ] as const)
        for (const { instrument, size } of positions) {
          if (isSettled(after, instrument, timestamp)) continue;
          const price = indexOf(after, instrument, timestamp);
          this.deal(id, { instrument, size: sign * size, price });
        }
    }
  }

  /** What each owner has been left with, and may have been. */
  results(s: Snapshot, timestamp: number, prices: Prices): Result[] {
    return [...this.books].map(([owner, book]) => {
      const own = this.accounts.filter((id) => ownerOf(id) === owner);
      const kept = own.reduce((sum, id) => sum + max(0n, keptBy(s, id, timestamp, prices)), 0n);
      const earned = book.worth(prices);
      return { owner, kept, earned, slack: this.slackOf(s, kept, earned) };
    });
  }

  /**
   * A perp's premium moves by no more than is paid in fees for it, so all that its holders gain by it is at most
   * these fees, and by its funding a fifth of them (an hour's half-life, paid over eight); interest is what the
   * index grew by; and an act rounds by less than a millionth.
   */
  private slackOf({ cash }: Snapshot, kept: bigint, earned: bigint): bigint {
    const grown = max(0n, (cash.supplyIndex * WAD) / this.start.cash.supplyIndex - WAD);
    const interest = mulDown(abs(kept) + abs(earned), grown);
    return (this.perpFees * 6n) / 5n + interest + DUST * (this.acts + 1n);
  }
}

/** What an account has in the end; below zero if it owes more than it has. */
function keptBy(s: Snapshot, id: AccountId, timestamp: number, prices: Prices): bigint {
  const { holdings } = s.accounts[id]!;
  const held = holdings.map(({ asset, amount }) => mulDown(amount, prices.of(asset)));
  const cash = cashOf(s, id, timestamp) + dueOf(s, id, timestamp);
  return held.reduce((sum, one) => sum + one, cash);
}
