import type { Snapshot } from "../snapshot/Snapshot.ts";
import { cashListed } from "../logic/assets.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Limit } from "./Limit.ts";
import { maxWithdraw } from "./maxWithdraw.ts";

/**
 * The most cash that `borrow` can take out of an account in a block of that time, to the unit: what the
 * account lends comes first, the rest is borrowed.
 *
 * @throws UnknownAsset, ReservedAccount, AccountNotInSnapshot, TimeReversed
 */
export function maxBorrow(
  snapshot: Snapshot,
  account: AccountId,
  options: { readonly timestamp: number },
): Limit {
  return maxWithdraw(snapshot, account, cashListed(snapshot).token, options);
}
