import type { Address } from "viem";

import { AccountHealthy } from "../errors/pool.ts";
import * as AuctionMath from "../math/AuctionMath.ts";
import * as FuseMath from "../math/FuseMath.ts";
import { ceilDiv, max, MAX_VALUE, min, WAD } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, FUND, ownerOf } from "../types/Ids.ts";
import type { AccountHealth } from "../types/Portfolio.ts";
import { accountOf, NO_CALL, withAccount, withCall } from "./accounts.ts";
import type { Act, Caller } from "./authority.ts";
import { callingOf } from "./calling.ts";
import { confirm } from "./confirm.ts";
import { cashOf } from "./cash.ts";
import { enter, tryEnter } from "./estimates.ts";
import { fundOf, fundRequired, pay } from "./insurance.ts";
import { payFinder } from "./keeperRewards.ts";
import { accrue, change, reprice, withCash } from "./ledger.ts";
import { accountHealthOf } from "./margin.ts";
import { MILLIONTH, PART } from "../snapshot/wads.ts";
import { chargeWinners, withhold } from "./payoutHaircuts.ts";
import { dueOf, hasSettled, settleIfHeld } from "./positions.ts";
import { toCashUp } from "../snapshot/price.ts";
import { noteHeld } from "./rates.ts";
import { heaviestOf, scarceOf } from "./throttle.ts";
import { elapsedSince } from "./time.ts";

// The margin call and its fuse. Twin of the first half of contracts/logic/Liquidation.sol.

const UNCONFIRMED = 900; // seconds a loss that no newer round confirms counts

/** The state after a poke, and what the poke saw. */
export interface Poke {
  readonly state: Snapshot;
  readonly accountHealth: AccountHealth;
}

/** Whose account, what was seen of it, and when. */
interface ConditionCheck {
  readonly id: AccountId;
  readonly now: AccountHealth;
  readonly timestamp: number;
  readonly caller?: Caller | undefined; // who looks
}

const WATCH = 1_250_000_000_000_000_000n; // health under which an account is warned, once
const REARMED = 1_350_000_000_000_000_000n; // from which on it may be warned again

type Step = (s: Snapshot, sight: ConditionCheck) => Snapshot;

/** Opens or continues a call, or warns of one. @throws AccountHealthy if there is nothing to do */
export function call(s: Snapshot, id: AccountId, { caller, timestamp }: Act): Poke {
  const { phase, fuse, warned } = accountOf(s, id);
  const cold = phase === Phase.Clear && fuse === 0n;
  const { state, accountHealth } = poke(s, id, timestamp, caller);
  const after = accountOf(state, id);
  const idle = cold && after.phase === Phase.Clear && after.warned === warned;
  if (idle) throw new AccountHealthy(id, accountHealth.equity, accountHealth.maintenance);
  // What it lost is then in the ledger, whoever is touched next.
  return {
    state: isBroke(accountHealth) ? settleIfHeld(state, id, timestamp) : state,
    accountHealth,
  };
}

/**
 * Does an account in no call hold what has settled and cannot be paid? Then its loss is to be seen before the
 * legs that made it are gone.
 */
export function isRuined(s: Snapshot, id: AccountId, timestamp: number): boolean {
  if (accountOf(s, id).phase !== Phase.Clear || !hasSettled(s, id, timestamp)) return false;
  if (cashOf(s, id, timestamp) + dueOf(s, id, timestamp) >= 0n) return false;
  return isBroke(accountHealthOf(s, id, timestamp));
}

/**
 * Reads health and moves fuse and phase, once what its windows wait for is walked. Who opens a call is its
 * finder, if it is known who looks.
 *
 * @throws EstimateBehind
 */
export function poke(s: Snapshot, id: AccountId, timestamp: number, caller?: Caller): Poke {
  return moved(enter(s, id, timestamp), id, timestamp, caller);
}

/** The same, which moves nothing where more rounds of a window wait than it walks. */
export function look(s: Snapshot, id: AccountId, timestamp: number): Poke {
  const { state, behind } = tryEnter(s, id, timestamp);
  if (behind) return { state, accountHealth: accountHealthOf(state, id, timestamp) };
  return moved(state, id, timestamp);
}

function moved(s: Snapshot, id: AccountId, timestamp: number, caller?: Caller): Poke {
  const noted = noteHeld(s, id, timestamp);
  const accountHealth = accountHealthOf(noted, id, timestamp);
  const sight = { id, now: accountHealth, timestamp, caller };
  const steps = isHouse(id) ? [confirmBacking, notice, sweep] : STEPS;
  return { state: steps.reduce((state, step) => step(state, sight), noted), accountHealth };
}

/** A state inside a batch sent as reducing: one act of that account, which no one looks at on the way. */
export interface Reducing extends Snapshot {
  readonly reducing: AccountId;
}

/** Is this in the middle of such a batch? */
export function isReducing(s: Snapshot, id: AccountId): boolean {
  return "reducing" in s && s.reducing === id;
}

/** Is no one to look at the account on the way? */
export function isHeld(s: Snapshot, id: AccountId): boolean {
  return callingOf(s) !== undefined || isReducing(s, id);
}

/** Every act that touches an account in call or auction pokes it; one that is behind moves nothing. */
export function pokeIfCalled(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  const clear = accountOf(s, id).phase === Phase.Clear;
  return clear || isHeld(s, id) ? s : look(s, id, timestamp).state;
}

/** Is it an account of the house? */
export function isHouse(id: AccountId): boolean {
  return BigInt(ownerOf(id)) === 0n;
}

const moveFuse: Step = (s, { id, now, timestamp }) => {
  const { phase, fuse, poked, call: last } = accountOf(s, id);
  if (phase !== Phase.Clear && max(last.health, now.health) < WAD) {
    return FuseMath.isCertain(now) && last.certain ? burn(s, { id, now, timestamp }) : s;
  }
  if (fuse === 0n || min(last.health, now.health) < AuctionMath.CURE) return s;
  return withAccount(s, id, { fuse: FuseMath.cool(fuse, elapsedSince(poked, timestamp)) });
};

const burn: Step = (s, { id, now, timestamp }) => {
  const { fuse, poked, call: last } = accountOf(s, id);
  const longest = BigInt(last.longest) * last.cover;
  const grace = FuseMath.graceOf(min(last.health, now.health), now.calmness, longest);
  return withAccount(s, id, { fuse: FuseMath.burn(fuse, elapsedSince(poked, timestamp), grace) });
};

const open: Step = (s, { id, now, timestamp, caller }) => {
  const { phase, tier, finder: last } = accountOf(s, id);
  const due = FuseMath.isCertain(now) || isLow(now); // no call because a feed died
  if (phase !== Phase.Clear || !due) return s;
  const cover = FuseMath.coverOf(fundOf(s, timestamp), fundRequired(s, timestamp));
  const { longest } = s.tiers[tier]!;
  const finder = (caller?.address.toLowerCase() as Address | undefined) ?? last;
  return withCall(withAccount(s, id, { phase: Phase.Called, finder }), id, { cover, longest });
};

const cure: Step = (s, { id, now, timestamp }) => {
  if (accountOf(s, id).phase === Phase.Clear || now.health < AuctionMath.CURE) return s;
  return cleared(s, id, timestamp);
};

/** Whoever is called needs no warning any more. */
const warn: Step = (s, { id, now }) => {
  const { warned } = accountOf(s, id);
  const next = warned ? now.health < REARMED : now.health < WATCH;
  return next === warned ? s : withAccount(s, id, { warned: next });
};

const tryAuction: Step = (s, sight) => {
  const { id, now, timestamp } = sight;
  if (accountOf(s, id).phase !== Phase.Called) return s;
  const seen = confirmFloor(s, sight);
  const { fuse, call: current } = accountOf(seen, id);
  const burnt = fuse >= WAD && FuseMath.isCertain(accountHealthOf(s, id, timestamp, "steady"));
  if (current.low === 0 && !burnt) return seen;
  const heaviest = heaviestOf(s, now.deltas);
  const scarce = ceilDiv(scarceOf(s, heaviest, timestamp), PART) * PART;
  const opened = withAccount(seen, id, { phase: Phase.Auction, heaviest, scarce });
  const open = withCall(opened, id, { opened: timestamp });
  return payFinder(open, accountOf(open, id).finder, now.gross, timestamp);
};

/** What an auction looks for at every poke. */
const hold: Step = (s, sight) => {
  if (accountOf(s, sight.id).phase !== Phase.Auction) return s;
  return confirmBacking(confirmFloor(s, sight), sight);
};

const remember: Step = (s, { id, now, timestamp }) => {
  const seen = { health: now.health, certain: FuseMath.isCertain(now) };
  return withCall(withAccount(s, id, { poked: timestamp }), id, seen);
};

const confirmFloor: Step = (s, { id, now, timestamp }) => {
  const { low, lowSeen } = accountOf(s, id).call;
  if (low !== 0) return s;
  const { first, confirmed } = confirm(lowSeen, sightOf(s, { id, now, timestamp }, isLow));
  return withCall(s, id, { lowSeen: first, low: confirmed });
};

const confirmBacking: Step = (s, { id, now, timestamp }) => {
  const { backed, thinSeen } = accountOf(s, id).call;
  if (backed !== 0) return s;
  const { first, confirmed } = confirm(thinSeen, sightOf(s, { id, now, timestamp }, isThin));
  return withCall(s, id, { thinSeen: first, backed: confirmed });
};

/** Is its equity too small to wait any longer? */
export const isLow = ({ health, floor }: AccountHealth) => health < WAD && health <= floor;

/** Is its equity too thin to pay bidders? */
export const isThin = ({ equity, gross, maintenance }: AccountHealth) =>
  AuctionMath.isBacked(equity, gross, maintenance);

const isBroke = ({ equity }: AccountHealth) => equity < 0n;

/**
 * What an account is below zero counts against winners who close, and what they do not bear of it against
 * lenders who leave, before it is booked: until it is gone, or has stayed unconfirmed for too long.
 */
const notice: Step = (s, { id, now, timestamp }) => {
  const { call: last } = accountOf(s, id);
  const seen = isBroke(now);
  if (!seen && last.brokeSeen === 0) return s;
  const { first, confirmed } = confirm(last.brokeSeen, sightOf(s, { id, now, timestamp }, isBroke));
  const lapsed = confirmed === 0 && timestamp >= first + UNCONFIRMED;
  const unbookedLoss = seen && !lapsed ? min(MAX_VALUE, toCashUp(s, -now.equity, timestamp)) : 0n;
  const { state, held } = withhold(
    withCall(s, id, { brokeSeen: first }),
    id,
    unbookedLoss,
    timestamp,
  );
  return withLacks(state, id, ceilDiv(unbookedLoss - held, MILLIONTH) * MILLIONTH);
};

/** What an account lacks and winners do not bear, a multiple of a millionth. */
export function withLacks(s: Snapshot, id: AccountId, unbookedLoss: bigint): Snapshot {
  const shortfall = s.cash.shortfall + unbookedLoss - accountOf(s, id).call.unbookedLoss;
  return withCall(withCash(s, { shortfall }), id, { unbookedLoss });
}

function sightOf(
  s: Snapshot,
  { id, now, timestamp }: ConditionCheck,
  isSo: (one: AccountHealth) => boolean,
) {
  const as = (view: "told" | "steady") => () => accountHealthOf(s, id, timestamp, view);
  return { now, isSo, timestamp, told: as("told"), steady: as("steady") };
}

const STEPS = [moveFuse, open, cure, warn, tryAuction, hold, notice, remember];

/** The account without its call: healthy, its fuse cools from now on. */
export function cleared(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  const call = { ...NO_CALL, health: AuctionMath.CURE };
  const { state } = withhold(s, id, 0n, timestamp);
  return withAccount(withLacks(state, id, 0n), id, { phase: Phase.Clear, call });
}

/** What is left of the house's without a book nobody would bid for: its debt is a loss. */
function sweep(s: Snapshot, { id, timestamp }: ConditionCheck): Snapshot {
  const { holdings, positions } = accountOf(s, id);
  if (holdings.length > 0 || positions.length > 0) return s;
  const accrued = accrue(s, timestamp);
  const amount = max(0n, -cashOf(accrued, id, timestamp));
  if (amount === 0n) return closeIfEmpty(accrued, id, timestamp);
  const { state, socialized } = chargeWinners(accrued, id, amount, timestamp);
  const paid = pay(state, { amount, socialized }, timestamp);
  return closeIfEmpty(change(paid, id, amount), id, timestamp);
}

/** An emptied account is done; what an emptied house account made goes to the fund. */
export function closeIfEmpty(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  const { holdings, positions, principal } = accountOf(s, id);
  if (holdings.length > 0 || principal < 0n || positions.length > 0) return s;
  const closed = cleared(s, id, timestamp);
  if (!isHouse(id)) return closed;
  const cash = cashOf(closed, id, timestamp);
  return reprice(change(change(closed, id, -cash), FUND, cash));
}
