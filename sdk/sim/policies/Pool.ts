import * as AuctionMath from "../../math/AuctionMath.ts";
import * as FuseMath from "../../math/FuseMath.ts";
import * as ThrottleMath from "../../math/ThrottleMath.ts";
import { max, min, WAD } from "../../math/WadMath.ts";
import { isWorrying, topUpOf } from "../attention.ts";
import { Account, Shadow } from "./Account.ts";
import { deltasOf, judge, remains, usd, wad, type Judged, type ConditionCheck } from "./Book.ts";
import { cured, poke } from "./Call.ts";
import { Impact } from "./Impact.ts";
import type { Policy } from "./Policy.ts";
import { emptyTally, type Tally } from "./Tally.ts";
import { heaviestOf, Throttle } from "./Throttle.ts";

// One pool under one policy. At each step the policy looks first, then owners who are worried and awake.

const SPREAD = 0.001; // of what is sold, lost when it is sold at market: half a spread and a taker's fee
const PREMIUM = 0.5; // of one σ of half an hour, that who takes a slice asks for its risk
const HEDGING = 7_200; // seconds in which a slice is sold on
const HOLDING = HEDGING / 3; // seconds that all of it is at risk for: ∫(1 − t/T)²dt
const PROFIT = 0.001; // of the slice's value, that pays its taker for gas and capital
const SMALLEST = usd(AuctionMath.SMALLEST_SLICE);
const YEAR = 31_536_000;
const WORRY = 1.15; // health above which no owner acts: attention.ts
const CALL = 1; // and no policy
const THROUGH = 0.5; // of the impact of a slice sold on, that its taker expects to pay

/** What a pool is told at a step. */
export interface Moment {
  readonly sight: ConditionCheck;
  readonly free: ConditionCheck; // the same at prices that no sale has moved
  readonly daily: readonly number[]; // σ of each factor
  readonly hourly: readonly number[];
}

/** What a pool begins with. */
export interface Opening {
  readonly accounts: readonly Account[];
  readonly policy: Policy;
  readonly step: number; // seconds
  readonly volumes: readonly number[]; // traded in a day, USD
  readonly openInterest: number;
  readonly fundRequired: number; // what the insurance fund should hold, and does
  readonly dust: number;
}

export class Pool {
  readonly tally: Tally;
  readonly impact: Impact;
  private readonly throttle: Throttle;
  private fund: number;
  private moment!: Moment;

  constructor(private readonly opening: Opening) {
    this.tally = emptyTally(opening.openInterest);
    this.impact = new Impact(opening.volumes);
    this.throttle = new Throttle(opening.volumes);
    this.fund = opening.fundRequired;
  }

  step(moment: Moment): void {
    this.moment = moment;
    const { accounts, step } = this.opening;
    this.throttle.step(step);
    const prices = moment.sight.prices.map(usd);
    for (const account of accounts) {
      account.shadow?.step(prices);
      const awake = account.looks(step);
      const least = awake ? WORRY : CALL;
      if (!account.isQuiet(prices, moment.sight.time, least)) this.visit(account, awake);
    }
  }

  /** What is still open counts as what it would be if it ended here. */
  close(): void {
    const { sight } = this.moment;
    for (const account of this.opening.accounts) {
      this.tally.badDebt += Math.max(0, -usd(account.judge(sight).equity));
      if (account.shadow?.isWell(sight)) this.tally.needless += 1;
    }
  }

  private visit(account: Account, awake: boolean): void {
    const seen = account.judge(this.moment.sight);
    const after = this.act(account, seen);
    if (!awake || !isWorrying(after)) return;
    const paid = topUpOf(after, account.reserve);
    if (paid === 0) return;
    account.reserve -= paid;
    account.book = { ...account.book, cash: account.book.cash + wad(paid) };
    this.look(account, account.judge(this.moment.sight));
  }

  /** The policy's turn; the account as it leaves it. */
  private act(account: Account, seen: Judged): Judged {
    const { rule } = this.opening.policy;
    this.look(account, seen);
    if (!this.isDue(account, seen)) return seen;
    if (rule.kind === "fuse") return this.auction(account, seen);
    const whole = rule.kind === "instant" && rule.part === "full";
    return this.sellAtMarket(account, seen, whole);
  }

  /** Opens a call, moves it on, ends it. */
  private look(account: Account, seen: Judged): void {
    const { rule } = this.opening.policy;
    const before = account.call.phase;
    if (rule.kind === "fuse") {
      const [time, longest] = [this.moment.sight.time, rule.longest];
      account.call = poke(account.call, seen, { time, longest, cover: this.cover() });
    } else if (before === "clear" ? seen.health < WAD : seen.health >= AuctionMath.CURE) {
      account.call = { ...account.call, phase: before === "clear" ? "called" : "clear" };
    }
    const phase = account.call.phase;
    if (before === "clear" && phase !== "clear") this.open(account);
    if (before !== "auction" && phase === "auction") this.offer(account);
    if (before !== "clear" && phase === "clear") this.end(account);
  }

  private open(account: Account): void {
    const { rule } = this.opening.policy;
    const { sight, free } = this.moment;
    account.deadline = sight.time + (rule.kind === "fixed" ? rule.seconds : 0);
    account.sold = false;
    account.waits = false;
    this.tally.calls += 1;
    if (judge(account.book, free, account.multiplier).health >= WAD) this.tally.pushed += 1;
  }

  /** Its auction opens: from now on its ramp waits for what it weighs most in. */
  private offer(account: Account): void {
    account.heaviest = heaviestOf(this.deltas(account));
    account.scarce = this.throttle.scarceOf(account.heaviest);
  }

  private end(account: Account): void {
    if (!account.sold) this.tally.cured += 1;
    account.waits = false;
  }

  private isDue({ call, deadline }: Account, { health }: Judged): boolean {
    const { rule } = this.opening.policy;
    if (rule.kind === "fuse") return call.phase === "auction";
    return call.phase === "called" && health < WAD && this.moment.sight.time >= deadline;
  }

  private cover(): bigint {
    return FuseMath.coverOf(wad(Math.max(0, this.fund)), wad(this.opening.fundRequired));
  }

  /** All of a book, or what cures it, at the market; that ends the call. */
  private sellAtMarket(account: Account, seen: Judged, whole: boolean): Judged {
    const deltas = this.deltas(account);
    const cost = wad(this.marketCost(deltas, seen, 1));
    const fraction = whole ? WAD : this.largest(seen, cost);
    const paid = this.marketCost(deltas, seen, usd(fraction));
    for (const [i, delta] of deltas.entries()) this.impact.sell(i, delta * usd(fraction));
    const after = this.settle(account, seen, { fraction, equity: seen.equity - wad(paid) });
    account.call = cured(account.call);
    return after;
  }

  private marketCost(deltas: readonly number[], seen: Judged, fraction: number): number {
    const { daily } = this.moment;
    const impact = deltas.reduce((sum, delta, i) => {
      return sum + this.impact.costOf(i, delta * fraction, daily[i]!);
    }, 0);
    return impact + SPREAD * usd(seen.gross) * fraction;
  }

  /** f_max at a discount; dust goes whole. */
  private largest({ equity, maintenance, gross, health }: Judged, discount: bigint): bigint {
    if (usd(gross) <= this.opening.dust) return WAD;
    return AuctionMath.largestSlice(equity, maintenance, discount, AuctionMath.cureOf(health));
  }

  /** A slice changes hands as soon as it pays who takes it, and the throttle lets it. */
  private auction(account: Account, seen: Judged): Judged {
    const { call } = account;
    const deltas = this.deltas(account);
    const { equity, gross, maintenance } = seen;
    const backed = call.backed !== 0 && AuctionMath.isBacked(equity, gross, maintenance);
    const allowed = this.allowed(account, deltas);
    const asked = this.asked(deltas, seen, usd(min(allowed, this.largest(seen, 0n))));
    const backing = backed ? this.backing(account, seen, asked) : 0n;
    const discount = backed
      ? AuctionMath.ownBacking(equity, backing)
      : this.discount(account, seen, asked);
    const offered = usd(backed ? backing : discount);
    if (offered < asked * (1 - 1e-9)) return seen;
    const largest = this.largest(seen, discount);
    const fraction = min(largest, allowed);
    account.waits = fraction < AuctionMath.smallestSlice(largest);
    if (account.waits) return seen;
    return this.take(account, seen, { deltas, fraction, backing, discount });
  }

  /**
   * What the whole book would have to pay at the rate that who takes `part` of it asks: spread, profit, and
   * of each factor what is cheaper. USD.
   */
  private asked(deltas: readonly number[], { gross }: Judged, part: number): number {
    const taken = Math.max(part, SMALLEST);
    const moved = deltas.reduce((sum, delta, i) => {
      return sum + Math.min(this.atOnce(i, delta * taken), this.overTime(i, delta * taken));
    }, 0);
    return moved / taken + (SPREAD + PROFIT) * usd(gross);
  }

  private atOnce(i: number, delta: number): number {
    return this.impact.costOf(i, delta, this.moment.daily[i]!);
  }

  /** A part of σ while it is held, and of the impact it has all the same. */
  private overTime(i: number, delta: number): number {
    const { daily, hourly } = this.moment;
    const risk = PREMIUM * hourly[i]! * Math.sqrt(HOLDING / YEAR);
    return Math.abs(delta) * (risk + THROUGH * this.impact.alone(i, delta, daily[i]!));
  }

  /** Who took a slice gets rid of it in the cheaper way. */
  private sellOn(deltas: readonly number[], fraction: number): void {
    for (const [i, delta] of deltas.entries()) {
      const part = delta * fraction;
      if (this.atOnce(i, part) <= this.overTime(i, part)) this.impact.sell(i, part);
      else this.impact.hedge(i, part, HEDGING / this.opening.step);
    }
  }

  /** D·V as a competing bidder takes it: no later than it pays, unless the throttle made it wait. */
  private discount(account: Account, { equity, gross }: Judged, asked: number): bigint {
    const { call, waits } = account;
    const at = (over: bigint, duration: bigint) => {
      const first = AuctionMath.FIRST_DISCOUNT;
      const soonest = reached(asked / usd(gross), first, AuctionMath.LAST_DISCOUNT, duration);
      return AuctionMath.discountOf(equity, gross, waits ? over : min(over, soonest), duration);
    };
    const slow = at(this.counted(account), AuctionMath.DISCOUNT_SECONDS);
    if (call.low === 0) return slow;
    return max(slow, at(this.since(call.low), AuctionMath.URGENT_SECONDS));
  }

  /** Seconds of an auction that count toward its discount; all of them below the floor. */
  private counted({ call, heaviest, scarce }: Account): bigint {
    const { rule } = this.opening.policy;
    const elapsed = this.since(call.opened);
    if (rule.kind !== "fuse" || rule.ramp === "runs" || call.low !== 0) return elapsed;
    const waited = this.throttle.scarceOf(heaviest) - scarce;
    return ThrottleMath.countedOf(elapsed, waited, BigInt(rule.longest));
  }

  private since(start: number): bigint {
    return max(0n, BigInt(this.moment.sight.time - start));
  }

  /** X, likewise. */
  private backing({ call, waits }: Account, seen: Judged, asked: number): bigint {
    const over = this.since(call.backed);
    const [first, last] = [AuctionMath.FIRST_BACKING, AuctionMath.LAST_BACKING];
    const soonest = reached(asked / usd(seen.gross), first, last, AuctionMath.URGENT_SECONDS);
    const elapsed = waits ? over : min(over, soonest);
    return AuctionMath.backingOf(seen.gross, seen.maintenance, elapsed);
  }

  /** What the throttle leaves: all, below the floor or after Gmax. */
  private allowed({ call }: Account, deltas: readonly number[]): bigint {
    const { rule } = this.opening.policy;
    const longest = rule.kind === "fuse" ? rule.longest : 0;
    const patient = this.moment.sight.time < call.opened + longest;
    if (call.low !== 0 || !patient) return WAD;
    return this.throttle.room(deltas);
  }

  private take(account: Account, seen: Judged, slice: Slice): Judged {
    const { deltas, fraction, backing, discount } = slice;
    const part = usd(fraction);
    this.throttle.take(deltas, fraction);
    this.sellOn(deltas, part);
    const pool = backing > 0n ? usd(AuctionMath.waterfallShare(fraction, seen.equity, backing)) : 0;
    this.tally.badDebt += pool;
    this.fund -= pool;
    const kept = seen.equity - (fraction * seen.equity) / WAD;
    const equity = kept + AuctionMath.slicePrice(fraction, seen.equity, discount);
    return this.settle(account, seen, { fraction, equity });
  }

  /** The account after a sale; what it lacks once all is sold is bad debt. */
  private settle(
    account: Account,
    seen: Judged,
    { fraction, equity }: { fraction: bigint; equity: bigint },
  ): Judged {
    const { sight } = this.moment;
    if (account.shadow === undefined) {
      account.shadow = new Shadow(account.book, account.multiplier);
      this.tally.sales += 1;
    }
    this.tally.liquidated += usd((fraction * seen.owed) / WAD);
    this.tally.ownerCost += Math.max(0, usd(max(0n, seen.equity) - max(0n, equity)));
    account.sold = true;
    account.waits = false;
    const lacked = fraction === WAD ? max(0n, -equity) : 0n;
    this.tally.badDebt += usd(lacked);
    this.fund -= usd(lacked);
    account.book = remains(account.book, fraction, equity + lacked, sight.prices);
    const after = account.judge(sight);
    if (this.opening.policy.rule.kind === "fuse") this.look(account, after);
    return after;
  }

  private deltas({ book }: Account): number[] {
    return deltasOf(book, this.moment.sight.prices);
  }
}

/** A part of a book that changes hands. */
interface Slice {
  readonly deltas: readonly number[];
  readonly fraction: bigint;
  readonly backing: bigint;
  readonly discount: bigint;
}

/** Seconds after which a linear ramp has reached a rate. */
function reached(rate: number, first: bigint, last: bigint, duration: bigint): bigint {
  const share = (rate - usd(first)) / usd(last - first);
  return BigInt(Math.max(0, Math.ceil(share * Number(duration))));
}
