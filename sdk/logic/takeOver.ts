import { NotBacked, NotInAuction, TakeOverTooEarly } from "../errors/pool.ts";
import { atBest } from "../math/FuseMath.ts";
import { max, mulDown, WAD } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import { accountOf, EMPTY, withAccount, withCall } from "./accounts.ts";
import type { Seen } from "./auction.ts";
import { move } from "./bid.ts";
import { chargeWinners } from "./payoutHaircuts.ts";
import { pay } from "./insurance.ts";
import { accrue, change, reprice } from "./ledger.ts";
import { cleared, isHouse, isThin, poke } from "./poke.ts";
import { toCash, toCashUp } from "../snapshot/price.ts";

// The house as last owner. Twin of a part of contracts/logic/Liquidation.sol.

const UNSOLD = 1_800; // seconds of backed auction before the house takes over
const SILENT = 86_400; // seconds of it, if prices in doubt may leave equity that pays bidders
const OWNER_SHARE = 200_000_000_000_000_000n; // of positive equity

/** A book no one bid for, and the house's account that is to get it. */
export interface Inheritance {
  readonly account: AccountId;
  readonly backstopAccount: AccountId; // (zero, n), n one more than there are; a snapshot does not know n
}

/** After half an hour of backed auction without a bid the house takes the book. */
export function takeOver(
  s: Snapshot,
  { account, backstopAccount }: Inheritance,
  timestamp: number,
): Snapshot {
  const { state, accountHealth } = poke(s, account, timestamp);
  requireUnsold(state, account, { now: accountHealth, timestamp });
  if (!isThin(accountHealth))
    throw new NotBacked(account, accountHealth.equity, accountHealth.maintenance);
  const kept = toCash(state, mulDown(OWNER_SHARE, max(0n, accountHealth.equity)), timestamp);
  const lost = toCashUp(state, max(0n, -accountHealth.equity), timestamp);
  const founded = accrue(
    { ...state, accounts: { [backstopAccount]: EMPTY, ...state.accounts } },
    timestamp,
  );
  const { state: charged, socialized } = chargeWinners(founded, account, lost, timestamp);
  const moved = move(charged, { from: account, to: backstopAccount }, WAD, timestamp);
  const split = change(change(moved, backstopAccount, lost - kept), account, kept);
  const booked = reprice(pay(split, { amount: lost, socialized }, timestamp));
  const paid = cleared(booked, account, timestamp);
  return withCall(withAccount(paid, backstopAccount, { phase: Phase.Auction }), backstopAccount, {
    opened: timestamp,
  });
}

function requireUnsold(s: Snapshot, id: AccountId, { now, timestamp }: Seen): void {
  const { phase, call } = accountOf(s, id);
  if (phase !== Phase.Auction || isHouse(id)) throw new NotInAuction(id, phase);
  const waits = now.equity > 0n && !isThin(atBest(now)); // nobody may be able to bid
  const earliest = Math.max(call.backed, call.sold) + (waits ? SILENT : UNSOLD);
  if (call.backed !== 0 && timestamp >= earliest) return;
  throw new TakeOverTooEarly(id, BigInt(call.backed), BigInt(earliest));
}
