import type { Address } from "viem";

import { max, min, mulDown } from "../math/WadMath.ts";
import { toCash } from "../snapshot/price.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, accountId, FUND } from "../types/Ids.ts";
import { EMPTY } from "./accounts.ts";
import { credit, fundOf } from "./insurance.ts";
import { accrue, change, reprice } from "./ledger.ts";
import { dayOf } from "./time.ts";

// The pay of keepers, out of the insurance fund. Twin of contracts/logic/KeeperRewards.sol.

/** Pays an observer for `counted` rounds. */
export function payObserver(
  s: Snapshot,
  by: Address,
  counted: bigint,
  timestamp: number,
): Snapshot {
  return pay(s, accountId(by), counted * s.keeper.roundFee, timestamp);
}

/** Pays the finder of an account whose positions and assets come to `gross`, USD, as its auction opens. */
export function payFinder(
  s: Snapshot,
  finder: Address,
  gross: bigint,
  timestamp: number,
): Snapshot {
  const share = toCash(s, mulDown(gross, s.keeper.finderShare), timestamp);
  return pay(s, accountId(finder), min(share, s.keeper.finderCap), timestamp);
}

/**
 * Pays a keeper what the fund holds and the day's cap leaves; nothing to an account in call. One that
 * the snapshot does not have is taken to owe nothing and to be in no call.
 */
function pay(s: Snapshot, keeper: AccountId, amount: bigint, timestamp: number): Snapshot {
  if (amount === 0n || (s.accounts[keeper] ?? EMPTY).phase !== Phase.Clear) return s;
  const today = dayOf(timestamp);
  const before = s.keeperDay.day === today ? s.keeperDay.paid : 0n;
  const left = max(0n, s.keeper.dailyCap - before);
  const accrued = accrue(s, timestamp);
  const paid = min(min(amount, left), fundOf(accrued, timestamp));
  if (paid === 0n) return accrued;
  const spent = { ...accrued, keeperDay: { paid: before + paid, day: today } };
  return reprice(credit(change(spent, FUND, -paid), keeper, paid));
}
