import type { Address } from "viem";

import { InCall, SponsorFeeTooHigh, SponsorUnpaid } from "../errors/pool.ts";
import { CURE } from "../math/AuctionMath.ts";
import { max, min, mulDown, WAD } from "../math/WadMath.ts";
import { Phase, type Snapshot, type Sponsorship } from "../snapshot/Snapshot.ts";
import { MILLIONTH, partsToWad } from "../snapshot/wads.ts";
import { type AccountId, accountId } from "../types/Ids.ts";
import { accountOf, EMPTY, factorsHeld, withAccount } from "./accounts.ts";
import type { Caller } from "./authority.ts";
import { cashOf } from "./cash.ts";
import { walkAll } from "./estimates.ts";
import { credit } from "./insurance.ts";
import { accrue, change, reprice } from "./ledger.ts";
import { initialOf, owesNothing, accountHealthOf } from "./margin.ts";
import { isHeld, pokeIfCalled } from "./poke.ts";
import { recentGains, settleIfHeld } from "./positions.ts";
import { toCash } from "../snapshot/price.ts";

// Who tops up an account in call for a fee, which the account owes until equity above IM pays it. Twin of
// contracts/logic/Sponsors.sol.

const MOST = 50_000_000; // of a top-up, 1e-9
const MOST_OWED = (2n ** 64n - 1n) * MILLIONTH; // cash

/** Whom an owner lets top up, and for what share, 1e-9. */
export interface Choice {
  readonly account: AccountId;
  readonly sponsor: Address;
  readonly fee: number;
}

/** @throws SponsorFeeTooHigh, InCall, SponsorUnpaid */
export function set(s: Snapshot, { account, ...choice }: Choice): Snapshot {
  const { phase, sponsorship: given } = accountOf(s, account);
  const fee = partsToWad(choice.fee);
  const sponsor = choice.sponsor.toLowerCase() as Address;
  if (choice.fee > MOST) throw new SponsorFeeTooHigh(account, BigInt(choice.fee), BigInt(MOST));
  if (phase !== Phase.Clear) throw new InCall(account, phase);
  if (given.owed > 0n && given.sponsor !== sponsor) {
    throw new SponsorUnpaid(account, given.sponsor, given.owed);
  }
  return withSponsorship(s, account, { sponsor, fee });
}

/** Does the sponsor of an account in call send this? */
export function isToppingUp(s: Snapshot, id: AccountId, { address }: Caller): boolean {
  const { phase, sponsorship } = accountOf(s, id);
  return phase !== Phase.Clear && sponsorship.sponsor === address.toLowerCase();
}

/** A top-up earns its share of what it added to equity, as far as `before` lacked that for a cure. */
export function earn(
  before: Snapshot,
  after: Snapshot,
  id: AccountId,
  timestamp: number,
): Snapshot {
  const { fee, owed } = accountOf(after, id).sponsorship;
  const { equity, maintenance } = accountHealthOf(before, id, timestamp);
  const added = accountHealthOf(after, id, timestamp).equity - equity;
  const value = mulDown(min(added, mulDown(CURE, maintenance) - equity), fee);
  const earned = wholeMillionths(toCash(after, max(0n, value), timestamp));
  return withSponsorship(after, id, { owed: min(MOST_OWED, owed + earned) });
}

/** Every act but a fill pokes an account in call or auction, and lets one that owes pay its sponsor. */
export function touch(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  return isHeld(s, id) ? s : pay(pokeIfCalled(s, id, timestamp), id, timestamp);
}

/**
 * Pays what it can of what is owed, by IM as it is once rounds that wait are walked. A sponsor whose own
 * account is in call is paid later; one that the snapshot does not have is taken to be in none.
 */
export function pay(s: Snapshot, id: AccountId, timestamp: number): Snapshot {
  const { phase, sponsorship } = accountOf(s, id);
  const { sponsor, owed } = sponsorship;
  const to = accountId(sponsor);
  if (owed === 0n || phase !== Phase.Clear || isCalled(s, to)) return s;
  const walked = walkAll(s, factorsHeld(accountOf(s, id)), timestamp);
  const settled = settleIfHeld(walked, id, timestamp);
  const paid = min(owed, payable(settled, id, timestamp));
  if (paid === 0n) return settled;
  const moved = credit(change(accrue(settled, timestamp), id, -paid), to, paid);
  return withSponsorship(reprice(moved), id, { owed: owed - paid });
}

/**
 * Nothing leaves an account before its sponsor is paid; but a sponsor in call holds no one up.
 *
 * @throws SponsorUnpaid
 */
export function requirePaid(s: Snapshot, id: AccountId): void {
  const { sponsor, owed } = accountOf(s, id).sponsorship;
  if (owed === 0n || isCalled(s, accountId(sponsor))) return;
  throw new SponsorUnpaid(id, sponsor, owed);
}

/** Who could not keep an account from being sold is owed as much less as was sold. */
export function forfeit(s: Snapshot, id: AccountId, fraction: bigint): Snapshot {
  const { owed } = accountOf(s, id).sponsorship;
  return withSponsorship(s, id, {
    owed: mulDown(WAD - fraction, owed / MILLIONTH) * MILLIONTH,
  });
}

/**
 * Half of the equity above IM, since a fee that is borrowed adds to IM; of an account that owes nothing else,
 * all the cash it has. Recent gains, which may not leave, pay nobody.
 */
function payable(s: Snapshot, id: AccountId, timestamp: number): bigint {
  const gains = max(0n, recentGains(s, id, timestamp));
  const own = gains === 0n && owesNothing(s, id) ? cashOf(s, id, timestamp) : 0n;
  const { equity, required } = initialOf(s, id, timestamp);
  const spare = toCash(s, max(0n, equity - required - gains) / 2n, timestamp);
  return wholeMillionths(max(own, spare));
}

function isCalled(s: Snapshot, id: AccountId): boolean {
  return (s.accounts[id] ?? EMPTY).phase !== Phase.Clear;
}

function wholeMillionths(cash: bigint): bigint {
  return (cash / MILLIONTH) * MILLIONTH;
}

function withSponsorship(s: Snapshot, id: AccountId, change: Partial<Sponsorship>): Snapshot {
  const { sponsorship } = accountOf(s, id);
  return withAccount(s, id, { sponsorship: { ...sponsorship, ...change } });
}
