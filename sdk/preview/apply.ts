import type { Snapshot } from "../snapshot/Snapshot.ts";
import { cashListed } from "../state/assets.ts";
import { type Caller, ownerAsCaller } from "../state/authority.ts";
import type { Act } from "../state/custody.ts";
import { observe } from "../state/estimates.ts";
import * as Verbs from "../state/verbs.ts";
import { FUND } from "../types/Ids.ts";
import type { Slice } from "../types/Offer.ts";
import { accountsOf, type Change } from "./Change.ts";

/** The state after a change, and what the verb returns. */
export interface Applied {
  readonly state: Snapshot;
  readonly slice?: Slice; // of a bid
  readonly repaid?: bigint; // token units
  readonly processed?: number; // rounds
}

/** When, and how risk-adding verbs end. */
export interface Applying {
  readonly timestamp: number; // Unix seconds
  readonly prove: Verbs.Prove;
}

/** The twin of a verb. @throws what the chain would revert with */
export function apply(s: Snapshot, change: Change, { timestamp, prove }: Applying): Applied {
  const act: Act = { caller: callerOf(change), timestamp };
  switch (change.verb) {
    case "deposit":
      return { state: Verbs.deposit(s, change, act) };
    case "withdraw":
      return { state: Verbs.withdraw(s, change, act, prove) };
    case "borrow":
      return { state: Verbs.withdraw(s, { ...change, ...cashListed(s) }, act, prove) };
    case "transfer":
      return { state: Verbs.transfer(s, change, act, prove) };
    case "repay":
      return Verbs.repay(s, change, timestamp);
    case "setGrace":
      return { state: Verbs.setGrace(s, change, act, prove) };
    case "bid":
      return Verbs.bid(s, change.offer, act);
    default:
      return applyFree(s, change, timestamp);
  }
}

/** The verbs that anyone may send and that prove nothing. */
function applyFree(
  s: Snapshot,
  change: Extract<Change, { verb: "call" | "takeOver" | "observe" | "accrue" }>,
  timestamp: number,
): Applied {
  switch (change.verb) {
    case "call":
      return { state: Verbs.call(s, change.account, timestamp) };
    case "takeOver":
      return { state: Verbs.takeOver(s, change, timestamp) };
    case "observe":
      return observe(s, change.factor, change.maxRounds, timestamp);
    case "accrue":
      return { state: Verbs.accrue(s, timestamp) };
  }
}

function callerOf(change: Change): Caller {
  return change.by ?? ownerAsCaller(accountsOf(change)[0] ?? FUND);
}
