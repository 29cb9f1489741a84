import { expect } from "chai";

import { isCertain } from "../../sdk/math/FuseMath.ts";
import { MOST_SILENT } from "../../sdk/math/SettlementMath.ts";
import { abs, max, min, mulDown, WAD } from "../../sdk/math/WadMath.ts";
import { marginOf } from "../../sdk/math/MarginMath.ts";
import { preview } from "../../sdk/preview/preview.ts";
import type { Random } from "../../sdk/sim/random.ts";
import {
  type Account,
  keyOf,
  Phase,
  type Position,
  type Snapshot,
  Stage,
} from "../../sdk/snapshot/Snapshot.ts";
import { EMPTY, withAccount } from "../../sdk/logic/accounts.ts";
import { tryEnter } from "../../sdk/logic/estimates.ts";
import { withFactor, withMarket } from "../../sdk/logic/factors.ts";
import { owesNothing, accountHealthOf, accountHealthOfPortfolio } from "../../sdk/logic/margin.ts";
import { isLow } from "../../sdk/logic/poke.ts";
import { portfolioOfAccount } from "../../sdk/logic/portfolio.ts";
import { payoutHaircutOf, indexOf, isOption, spotOf } from "../../sdk/logic/positions.ts";
import { observed, withRounds } from "../../sdk/logic/rounds.ts";
import {
  type AccountId,
  assetId,
  CASH,
  instrumentId,
  type InstrumentId,
  Kind,
  kindOf,
  strikeOf,
} from "../../sdk/types/Ids.ts";
import type { Pair } from "../../sdk/types/Portfolio.ts";
import { type Course, worthOf } from "./course.ts";
import { SLOT, WINDOW } from "./pools.ts";
import { lastOf, type Round, withTold, type World } from "./world.ts";

// Laws of a pool in which something expires, each by reckoning of its own.

const NEVER = 2 ** 32 - 1;
const CENT = WAD / 100n;
const UNITS = 10n * WAD;

/** What a price came to over some time: Σ price·seconds, and the seconds for which none was good. */
function between(rounds: readonly Round[], life: number, [from, to]: readonly [number, number]) {
  const good = rounds.filter(({ price }) => price > 0n);
  let [sum, silence] = [0n, 0];
  for (const [i, { time, price }] of good.entries()) {
    const [start, end] = [Math.max(from, time), Math.min(to, good[i + 1]?.time ?? to)];
    if (end <= start) continue;
    sum += price * BigInt(end - start);
    silence += Math.max(0, end - Math.max(start, time + life));
  }
  return { sum, silence };
}

/** The average of the first half hour, from the window on, of which no more than ten minutes were silent. */
export function settlementOf({ counted, windows, state }: World): bigint {
  const { life } = state.factors[windows.factor]!;
  for (let start = windows.expiry - WINDOW; ; start += WINDOW) {
    const { sum, silence } = between(counted, life, [start, start + WINDOW]);
    if (silence <= Number(MOST_SILENT)) return sum / BigInt(WINDOW);
  }
}

/** What is known of the window: its seconds, and what the prices of them came to. */
function knownOf({ counted, windows, state, slot, now }: World) {
  const { pending, terms, life } = state.factors[windows.factor]!;
  const start = terms[windows.expiry]!.windowStart;
  const walked = counted.slice(0, counted.length - pending.length);
  const last = walked.findLast(({ price }) => price > 0n)!.time;
  const until = pending.length > 0 ? last : Math.max(last, Math.min(now, slot));
  const end = Math.min(Math.max(until, start), start + WINDOW);
  const { sum, silence } = between(walked, life, [start, end]);
  return silence > Number(MOST_SILENT) ? { seconds: 0, sum: 0n } : { seconds: end - start, sum };
}

/** The same pool, were no window open yet. */
function beforeWindow(s: Snapshot, factor: number): Snapshot {
  const { terms } = s.factors[factor]!;
  const closed = Object.entries(terms).map(([time, term]) => [
    time,
    { ...term, ...(term.stage !== Stage.Settled && { stage: Stage.Trading, windowStart: NEVER }) },
  ]);
  return withFactor(s, factor, { terms: Object.fromEntries(closed) });
}

/** MM as margin calls see it, and IM. */
function needsOf(s: Snapshot, account: Account, timestamp: number): Pair {
  const { maintenance } = accountHealthOfPortfolio(
    portfolioOfAccount(s, account, { timestamp, view: "plain" }),
  );
  const look = { timestamp, view: "conservative" } as const;
  return [maintenance, marginOf(portfolioOfAccount(s, account, look)).initial];
}

/** A1, A2: a window counts, and asks, by what is known of it. */
export function expectKnownCounts(world: World, where: string): void {
  const { windows, state, now } = world;
  const { factor, expiry, instruments } = windows;
  const { stage, windowStart } = state.factors[factor]!.terms[expiry]!;
  if (stage === Stage.Settled || now <= windowStart) return;
  const dated = instruments[0]!;
  const [spot, forward] = [spotOf(state, factor, now), indexOf(state, dated, now)];
  const { seconds, sum } = knownOf(world);
  const left = BigInt(WINDOW - seconds);
  const expected = (sum + spot * left) / BigInt(WINDOW);
  const apart = abs(forward - expected);
  expect(apart * 10n ** 9n <= spot, `${where}: forward ${forward}, not ${expected}`).to.equal(true);
  expectAsked(world, (left * WAD) / BigInt(WINDOW), { spot, forward, where });
}

interface Prices {
  readonly spot: bigint;
  readonly forward: bigint;
  readonly where: string;
}

/** Of a naked future MM asks at least for what is not known, IM for all, and neither for more than before. */
function expectAsked({ windows, state, now }: World, unknown: bigint, at: Prices): void {
  const { spot, forward, where } = at;
  for (const size of [UNITS, -UNITS]) {
    const position = (entry: bigint) => [{ instrument: windows.instruments[0]!, size, entry }];
    const book = { ...EMPTY, positions: position(forward) };
    const [maintenance, initial] = needsOf(state, book, now);
    const open = beforeWindow(state, windows.factor);
    const [before, whole] = needsOf(open, { ...EMPTY, positions: position(spot) }, now);
    const least = mulDown(before - before / 100n, unknown); // the charge for size is no straight line
    expect(maintenance >= least, `${where}: MM ${maintenance}, not ${least}`).to.equal(true);
    expect(maintenance <= before + CENT, `${where}: MM ${maintenance} of ${before}`).to.equal(true);
    const all = ((whole - whole / 100n) * min(spot, forward)) / spot;
    expect(initial >= all, `${where}: IM ${initial}, not ${all}`).to.equal(true);
  }
}

/** The same pool, had every feed spoken and said what is so, and every slot been told and walked. */
function wellTold(world: World): Snapshot {
  const { windows, now } = world;
  const { factor } = windows;
  let s = withSpoken(world, world.state);
  for (let slot = world.slot; slot < now; slot += SLOT)
    s = withTold(s, factor, { time: slot + 1, price: world.priceAt(slot + 1) }, false);
  const { terms } = s.factors[factor]!;
  const heard = Object.entries(terms).map(([time, one]) => [time, { ...one, startSilence: 0n }]);
  const endless = withFactor(s, factor, { terms: Object.fromEntries(heard), life: NEVER });
  return observed(withMarket(endless, factor, { silence: 0n }), {
    timestamp: now,
    factors: [factor],
  });
}

/** The same pool, had every feed spoken now and said what is so, and the underlying's this. */
function withSpoken({ windows, quoted, now }: World, s: Snapshot, price = lastOf(quoted)) {
  const { factor, follower, stable } = windows;
  const steady = [follower, stable, CASH].map((asset) => [asset, worthOf(windows, asset)] as const);
  const rounds = { ...Object.fromEntries(steady), [assetId(factor, 0)]: price };
  return { ...withRounds(s, { timestamp: now, rounds }), factors: s.factors };
}

/** A4: nobody healthy is called, or sold, for what feeds and windows do not say. */
export class Calls {
  private readonly ill = new Set<AccountId>(); // since their calls began, as feeds would have had it
  private readonly sold = new Set<AccountId>();

  constructor(
    private readonly world: World,
    private readonly course: Course,
  ) {}

  expectRight(where: string): void {
    for (const id of this.world.windows.accounts) this.expectRightOf(id, where);
  }

  private expectRightOf(id: AccountId, where: string): void {
    const { state, now } = this.world;
    const { phase } = state.accounts[id]!;
    if (phase === Phase.Clear) this.forget(id);
    if (phase === Phase.Clear && owesNothing(state, id)) return;
    if (this.ill.has(id) || this.sold.has(id)) return;
    const { state: walked, behind } = tryEnter(state, id, now); // as a call does, or is refused
    const accountHealth = accountHealthOf(walked, id, now);
    const due = isCertain(accountHealth) || isLow(accountHealth);
    if (phase === Phase.Clear && (behind || !due || this.course.isWrong)) return;
    if (this.isIll(walked, id)) return this.remember(id, phase);
    if (phase === Phase.Called) return;
    const what = phase === Phase.Auction ? "is sold" : `may be called at ${accountHealth.health}`;
    expect.fail(`${where}: ${id} ${what}, but is healthy`);
  }

  private forget(id: AccountId): void {
    this.ill.delete(id);
    this.sold.delete(id);
  }

  private remember(id: AccountId, phase: Phase): void {
    if (phase !== Phase.Clear) this.ill.add(id);
    if (phase === Phase.Auction) this.sold.add(id);
  }

  /**
   * Is it below MM had everything been told; or had feeds spoken and no window been open; or below that MM with what
   * it has at the marks of now, which `expectKnownCounts` judges? Of books that bend equity is least in between.
   */
  private isIll(walked: Snapshot, id: AccountId): boolean {
    const { world } = this;
    const spoken = withSpoken(world, walked);
    const of = (s: Snapshot) => accountHealthOf(s, id, world.now);
    const before = of(beforeWindow(spoken, world.windows.factor));
    const told = of(wellTold(world));
    return told.health < WAD || min(before.equity, of(spoken).equity) < before.maintenance;
  }
}

/** Cash is taken at any time, for an account and for its debt, in call or not. */
export function expectWelcome({ state, now, windows }: World, where: string): void {
  for (const id of windows.accounts) {
    const called = withAccount(state, id, { phase: Phase.Called });
    for (const s of [state, called]) expectTaken(s, id, now, where);
  }
}

function expectTaken(s: Snapshot, account: AccountId, timestamp: number, where: string): void {
  const { token } = s.assets[CASH]!;
  const one = { account, amount: 1n };
  const put = preview(s, [{ verb: "deposit", token, ...one }], { timestamp });
  expect(put.ok || put.error.name, `${where}: a deposit for ${account}`).to.equal(true);
  const paid = preview(s, [{ verb: "repay", ...one }], { timestamp });
  const said = s.accounts[account]!.principal < 0n ? true : "NothingOwed";
  expect(paid.ok || paid.error.name, `${where}: a repayment for ${account}`).to.equal(said);
}

/** A8: options bought, and verticals, need no more than they can lose, alone and beside anything else. */
export function expectLimited(world: World, random: Random, where: string): void {
  const { now, windows } = world;
  const { terms } = world.state.factors[windows.factor]!;
  const alive = Object.entries(terms).filter(([, { stage }]) => stage !== Stage.Settled);
  const books = alive.map(([time]) => drawBook(world, random, Number(time)));
  const state = withUntraded(world.state, books.flat());
  const bought = books.map((book) => book.map((one) => asBought(state, one)));
  const most = bought.reduce((sum, book) => sum + lossOf(state, book, now), CENT);
  const positions = bought.flat();
  const beside = state.accounts[random.pick(windows.accounts)]!;
  const rest = {
    ...beside,
    positions: beside.positions.filter(({ instrument }) => !isOption(instrument)),
  };
  for (const account of [EMPTY, rest]) {
    const [without, all] = [
      account,
      { ...account, positions: [...account.positions, ...positions] },
    ].map((one) => needsOf(state, one, now)) as [Pair, Pair];
    for (const mode of [0, 1] as const) {
      const needs = all[mode] - without[mode];
      const what = `${where}: ${["MM", "IM"][mode]} ${needs} of at most ${most}`;
      expect(needs <= most, what).to.equal(true);
    }
  }
}

/** The same pool, had it been asked for what is held. */
function withUntraded(s: Snapshot, positions: readonly Position[]): Snapshot {
  const cut = { sum: 0n, today: 0n, day: 0, stamp: 0, held: 0n, known: 0n, factors: 0n };
  const none = { open: 0n, delta: 0n, closed: 0n, cuts: [cut, cut] } as const;
  const asked = positions.map(({ instrument }) => [keyOf(instrument), none] as const);
  return { ...s, interests: { ...Object.fromEntries(asked), ...s.interests } };
}

/** Bought now: what losses took of a unit before is not its loss. */
function asBought(s: Snapshot, { instrument, size }: Position): Position {
  return { instrument, size, entry: -payoutHaircutOf(s, instrument, size) };
}

/** Up to two options bought and up to two verticals, of one expiry. */
function drawBook({ windows }: World, random: Random, time: number): Position[] {
  const { factor, first } = windows;
  const legs: Position[] = [];
  const add = (kind: Kind, strike: bigint, size: bigint) =>
    legs.push({ instrument: instrumentId(factor, kind, time, strike), size, entry: 0n });
  const strike = () =>
    (BigInt(Math.round(first * 1e8)) * BigInt(80 + random.integer(41)) * WAD) / 10n ** 10n;
  for (let i = random.integer(3); i > 0; --i)
    add(random.pick([Kind.Call, Kind.Put]), strike(), BigInt(1 + random.integer(50)) * WAD);
  for (let i = random.integer(3); i > 0; --i) {
    const [kind, size] = [random.pick([Kind.Call, Kind.Put]), BigInt(1 + random.integer(50)) * WAD];
    add(kind, strike(), size);
    add(kind, strike(), -size);
  }
  return legs;
}

/** What the options of one expiry are worth, cash at par, beyond the least that they can pay. */
function lossOf(state: Snapshot, positions: readonly Position[], now: number): bigint {
  if (positions.length === 0) return 0n;
  const par = withRounds(state, { timestamp: now, rounds: { [CASH]: WAD } });
  const { equity } = portfolioOfAccount(
    par,
    { ...EMPTY, positions },
    { timestamp: now, view: "plain" },
  );
  const prices = [0n, ...positions.map(({ instrument }) => strikeOf(instrument))];
  const paid = prices.map((price) =>
    positions.reduce((sum, one) => sum + mulDown(one.size, payoffAt(one.instrument, price)), 0n),
  );
  return max(0n, equity - paid.reduce((a, b) => min(a, b)));
}

function payoffAt(instrument: InstrumentId, price: bigint): bigint {
  const above = price - strikeOf(instrument);
  return max(0n, kindOf(instrument) === Kind.Call ? above : -above);
}
