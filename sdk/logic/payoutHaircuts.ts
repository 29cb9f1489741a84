import * as LossMath from "../math/LossMath.ts";
import { putOf } from "../math/OptionMath.ts";
import { abs, clamp, max, min, mulDown, mulUp, WAD } from "../math/WadMath.ts";
import type { Part, Position, Snapshot } from "../snapshot/Snapshot.ts";
import {
  type AccountId,
  expiryOf,
  FUND,
  instrumentFactorOf,
  type InstrumentId,
  Kind,
  kindOf,
  strikeOf,
} from "../types/Ids.ts";
import type { Expiry, Portfolio, Strike } from "../types/Portfolio.ts";
import { accountOf, factorsHeld, withAccount } from "./accounts.ts";
import { withFactor } from "./factors.ts";
import { fundOf } from "./insurance.ts";
import { accrue, change, reprice } from "./ledger.ts";
import { unitsOf } from "./openInterest.ts";
import { portfolioOf } from "./portfolio.ts";
import { isOption, isSettled, payoffOf, spotOf } from "./positions.ts";
import { dayOf } from "./time.ts";
import { note, sideOf, withSide } from "./withheld.ts";

// The payout haircut: who won what a failed book lost gives up a share, whenever they touch. From the first
// sight of a loss on, each unit of the winning side is worth its part less. Twin of
// contracts/logic/PayoutHaircuts.sol.

/** The state, and what winners bear of a loss, cash. */
export interface Borne {
  readonly state: Snapshot;
  readonly socialized: bigint;
}

/** The state, and what winners are charged for a loss that is seen, cash. */
export interface Held {
  readonly state: Snapshot;
  readonly held: bigint;
}

/** The failed book, and when. */
interface Failure {
  readonly book: Portfolio | null; // null where nothing is taken
  readonly timestamp: number;
}

/** A leg, and the cash that it is brought to. */
interface Aimed {
  readonly state: Snapshot;
  readonly part: Part;
}

/**
 * Weighs what an account lacks at its first sight, and brings what winners are charged for it to what the fund
 * does not cover now. Nothing is left where it lacks nothing.
 */
export function withhold(
  s: Snapshot,
  id: AccountId,
  unbookedLoss: bigint,
  timestamp: number,
): Held {
  const { parts: known, positions } = accountOf(s, id);
  if (unbookedLoss === 0n && known.length === 0) return { state: s, held: 0n };
  const deficit = uncovered(s, id, unbookedLoss, timestamp);
  const first = unbookedLoss > 0n && known.length === 0 && positions.length > 0;
  const book = deficit > 0n || first ? bookOf(s, id, timestamp) : null;
  const parts = first ? weigh(s, id, { book, timestamp }) : known;
  if (parts.length === 0) return { state: s, held: 0n };
  const factors = factorsHeld(accountOf(s, id));
  let state = accrue(s, timestamp);
  const aimed = parts.map((part) => {
    const target = LossMath.shareOf(deficit, part.weight, WAD);
    const done = aim(state, part, target, { book, timestamp });
    const noted = note(done.state, { part: done.part, before: part.rate }, factors, timestamp);
    state = noted.state;
    return noted.part;
  });
  const held = aimed.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    state: reprice(withAccount(state, id, { parts: unbookedLoss === 0n ? [] : aimed })),
    held,
  };
}

/**
 * Makes winners bear the derivative part of what the fund cannot pay of `amount`, before the book moves: who
 * takes it over may be a winner. Accrue first.
 */
export function chargeWinners(
  s: Snapshot,
  failed: AccountId,
  amount: bigint,
  timestamp: number,
): Borne {
  const { parts: known, positions } = accountOf(s, failed);
  const deficit = max(0n, amount - fundOf(s, timestamp));
  const unseen = known.length === 0;
  if (deficit === 0n || (unseen && positions.length === 0)) return { state: s, socialized: 0n };
  const failure = { book: bookOf(s, failed, timestamp), timestamp };
  const parts = unseen ? weigh(s, failed, failure) : known;
  const factors = factorsHeld(accountOf(s, failed));
  let [state, socialized] = [s, 0n];
  const booked = parts.map((part) => {
    const own = LossMath.shareOf(deficit, part.weight, WAD);
    const done = bookPart(state, part, own, failure);
    const noted = note(done.state, { part: done.part, before: part.rate }, factors, timestamp);
    state = noted.state;
    socialized += done.socialized;
    return noted.part;
  });
  return { state: withAccount(state, failed, { parts: unseen ? [] : booked }), socialized };
}

function bookOf(s: Snapshot, id: AccountId, timestamp: number): Portfolio {
  return portfolioOf(s, id, { timestamp, view: "plain" });
}

/** What the fund does not cover of what an account lacks, beside what others are known to. */
function uncovered(s: Snapshot, id: AccountId, unbookedLoss: bigint, timestamp: number): bigint {
  const others = s.cash.shortfall - accountOf(s, id).call.unbookedLoss;
  return clamp(others + unbookedLoss - fundOf(s, timestamp), 0n, unbookedLoss);
}

/** The derivative part of a deficit falls on factors by |net|, in each on the legs of its net side. */
function weigh(s: Snapshot, id: AccountId, { book, timestamp }: Failure): readonly Part[] {
  const legs = accountOf(s, id).positions.map((held) => {
    const factor = instrumentFactorOf(held.instrument);
    return { ...held, factor, delta: deltaOf(s, book!, held, timestamp) };
  });
  const nets = new Map<number, bigint>();
  for (const { factor, delta } of legs) nets.set(factor, (nets.get(factor) ?? 0n) + delta);
  const values = new Map(
    [...nets].map(([factor, net]) => [
      factor,
      net === 0n ? 0n : mulDown(abs(net), spotOf(s, factor, timestamp)),
    ]),
  );
  const all = [...values.values()].reduce((sum, value) => sum + value, 0n);
  const whole = LossMath.shareOf(WAD, all, all + book!.debt);
  const losing = legs.filter(
    ({ factor, delta }) => delta !== 0n && delta > 0n === nets.get(factor)! > 0n,
  );
  return losing.flatMap(({ instrument, size, factor, delta }) => {
    if (nets.get(factor) === 0n) return [];
    const side = losing.reduce(
      (sum, one) => sum + (one.factor === factor ? abs(one.delta) : 0n),
      0n,
    );
    const own = LossMath.shareOf(whole, values.get(factor)!, all);
    const weight = LossMath.shareOf(own, abs(delta), side);
    return weight === 0n
      ? []
      : [{ instrument, longs: size < 0n, weight, stamp: 0, rate: 0n, amount: 0n }];
  });
}

/** Whole in the window, and of what has settled and is not paid yet: all of what is in the money. */
function deltaOf(
  s: Snapshot,
  book: Portfolio,
  { instrument: id, size }: Position,
  timestamp: number,
): bigint {
  if (!isOption(id)) return size;
  const isCall = kindOf(id) === Kind.Call;
  if (isSettled(s, id, timestamp)) {
    if (payoffOf(s, id, timestamp) === 0n) return 0n;
    return isCall ? size : -size;
  }
  const { delta } = optionOf(book, id)!;
  return mulDown(size, isCall ? delta : delta - WAD);
}

/** A strike of the failed book, with its expiry; nothing if it holds none of it that has not settled. */
function optionOf(
  book: Portfolio,
  id: InstrumentId,
): (Strike & Pick<Expiry, "forward">) | undefined {
  const exposure = book.exposures.find(({ factor }) => factor === instrumentFactorOf(id));
  const expiry = exposure?.expiries.find(({ time }) => time === expiryOf(id));
  const option = expiry?.strikes.find(({ strike }) => strike === strikeOf(id));
  return option === undefined ? undefined : { ...option, forward: expiry!.forward };
}

/** Brings what winners of one leg are charged to `target`. */
function aim(s: Snapshot, part: Part, target: bigint, failure: Failure): Aimed {
  if (target < part.amount) return release(s, part, part.amount - target, failure.timestamp);
  const { state, cut, got } = raise(s, part, target - part.amount, failure);
  return { state, part: { ...part, rate: part.rate + cut, amount: part.amount + got } };
}

/**
 * Gives `less` back to the units there are, each at most what it was charged of it; who closed left the rest,
 * which is the fund's.
 */
function release(s: Snapshot, part: Part, less: bigint, timestamp: number): Aimed {
  const { instrument, longs, rate, amount } = part;
  const own = LossMath.shareOf(rate, less, amount);
  const units = unitsOf(s, instrument, longs);
  const back = LossMath.payoutHaircutOf(less, units, own);
  const moved = moveIndex(s, part, -back, timestamp);
  return {
    state: change(moved, FUND, less - mulUp(units, back)),
    part: { ...part, rate: rate - own, amount: amount - less },
  };
}

/** Books `own` of a loss: what was withheld for it first. */
function bookPart(s: Snapshot, part: Part, own: bigint, failure: Failure): Aimed & Borne {
  const { rate, amount } = part;
  const taken = min(own, amount);
  const released = LossMath.shareOf(rate, taken, amount);
  const { state, got } = raise(s, part, own - taken, failure);
  const left = { ...part, rate: rate - released, amount: amount - taken };
  return { state, part: left, socialized: taken + got };
}

/** Takes `more` of the units there are, as far as the day and a long option's mark allow. */
function raise(s: Snapshot, part: Part, more: bigint, failure: Failure) {
  if (more === 0n) return { state: s, cut: 0n, got: 0n };
  const units = unitsOf(s, part.instrument, part.longs);
  const cut = LossMath.payoutHaircutOf(more, units, roomOf(s, part, failure));
  return { state: moveIndex(s, part, cut, failure.timestamp), cut, got: mulDown(units, cut) };
}

function roomOf(
  s: Snapshot,
  { instrument: id, longs }: Part,
  { book, timestamp }: Failure,
): bigint {
  const { sum, today, day } = sideOf(s, id, longs);
  const factor = instrumentFactorOf(id);
  const index = book!.exposures.find((one) => one.factor === factor)?.index ?? 0n;
  const price = index > 0n ? index : spotOf(s, factor, timestamp); // where nothing unsettled is left
  const { tolerance } = s.factors[factor]!.marketParams;
  const used = day === dayOf(timestamp) ? today : 0n;
  const room = LossMath.cutRoom(price, tolerance, used, sum);
  if (!longs || !isOption(id)) return room;
  return LossMath.longRoom(room, markOf(s, book!, id, timestamp), sum);
}

/** What a long option is worth; nothing once the failed book has none of it that has not settled. */
function markOf(s: Snapshot, book: Portfolio, id: InstrumentId, timestamp: number): bigint {
  if (isSettled(s, id, timestamp)) return payoffOf(s, id, timestamp);
  const option = optionOf(book, id);
  if (option === undefined) return 0n;
  return kindOf(id) === Kind.Call ? option.call : putOf(option.call, option.forward, option.strike);
}

/** Moves the index of the winners' side: signed, down if above zero. */
function moveIndex(s: Snapshot, { instrument: id, longs }: Part, cut: bigint, timestamp: number) {
  if (cut === 0n) return s;
  const day = dayOf(timestamp);
  const { sum, ...last } = sideOf(s, id, longs);
  const today = last.day === day ? last.today : 0n;
  const next = { sum: sum + cut, today: max(0n, today + cut), day };
  const moved = withSide(s, id, longs, next);
  const factor = instrumentFactorOf(id);
  const { estimate } = moved.factors[factor]!;
  return withFactor(moved, factor, { estimate: { ...estimate, cut: true } });
}
