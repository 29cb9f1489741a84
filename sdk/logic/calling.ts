import { ClosedDuringBid } from "../errors/pool.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Offer } from "../types/Offer.ts";
import type { Fill } from "../types/Order.ts";
import { accountOf } from "./accounts.ts";

// The middle of a bid whose sender is called: no one is poked, and whose proof waits. Twin of a part of
// contracts/logic/ExecutionContext.sol.

/** A state in the middle of a bid. */
export interface Calling extends Snapshot {
  readonly calling: Offer;
  readonly owes: boolean; // does the receiver owe a proof of IM
  readonly left: boolean; // and has anything left it
}

/** The clearinghouse, open to the receiver of a bid. */
export function openTo(s: Snapshot, calling: Offer): Calling {
  return { ...s, calling, owes: false, left: false };
}

/** The clearinghouse as it was, and what its receiver owes. */
export function shut(s: Snapshot): Omit<Calling, "calling"> {
  const { calling: _, ...rest } = s as Calling;
  return rest;
}

/** The bid in the middle of which a state is. */
export function callingOf(s: Snapshot): Offer | undefined {
  return "calling" in s ? (s as Calling).calling : undefined;
}

/** The receiver's proof waits for the end of its bid. */
export function withOwed(s: Snapshot, leaves: boolean): Snapshot {
  return { ...s, owes: true, left: leaves || (s as Calling).left } as Calling;
}

/** Only the receiver acts. @throws ClosedDuringBid */
export function requireReceiver(s: Snapshot, account: AccountId): void {
  const bid = callingOf(s);
  if (bid !== undefined && account !== bid.receiver) refuse(account, bid);
}

/** Nothing reaches the account that is sold, nor one in call. @throws ClosedDuringBid */
export function requireClear(s: Snapshot, other: AccountId): void {
  const bid = callingOf(s);
  if (bid === undefined) return;
  if (other === bid.account || accountOf(s, other).phase !== Phase.Clear) refuse(other, bid);
}

/** A fill has the receiver on one side. @throws ClosedDuringBid */
export function requireOpenFill(s: Snapshot, { maker, taker }: Fill): void {
  const makes = maker.account === callingOf(s)?.receiver;
  if (!makes && taker.account !== callingOf(s)?.receiver) requireReceiver(s, maker.account);
  requireClear(s, makes ? taker.account : maker.account);
}

function refuse(account: AccountId, { receiver }: Offer): never {
  throw new ClosedDuringBid(account, receiver);
}
