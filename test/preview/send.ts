import type { Address } from "viem";

import type { Change } from "../../sdk/preview/Change.ts";
import { accountsOf } from "../../sdk/preview/Change.ts";
import { ownerOf } from "../../sdk/types/Ids.ts";
import type { Market } from "./openMarket.ts";

const GAS = 12_000_000n;

/** Who sends a change if it does not say. */
export function senderOf(market: Market, change: Change): Address {
  if (change.by) return change.by.address;
  const owner = ownerOf(accountsOf(change)[0] ?? `0x${"00".repeat(32)}`);
  return BigInt(owner) === 0n ? market.dave.account.address : owner;
}

/** Sends a change to the chain, in a block of that time. */
export async function send(market: Market, change: Change, timestamp: number): Promise<void> {
  const { door, pool } = market;
  const account = senderOf(market, change);
  const how = { account, gas: GAS };
  await market.networkHelpers.time.setNextBlockTimestamp(timestamp);
  switch (change.verb) {
    case "deposit":
      await door.write.deposit([change.account, change.token, change.amount], how);
      return;
    case "withdraw":
      await door.write.withdraw([change.account, change.token, change.amount, account], how);
      return;
    case "borrow":
      await door.write.withdraw(
        [change.account, pool.tokens["USDC"]!, change.amount, account],
        how,
      );
      return;
    case "transfer":
      await door.write.transfer([change.from, change.to, change.token, change.amount], how);
      return;
    case "repay":
      await door.write.repay([change.account, change.amount], how);
      return;
    case "setGrace":
      await door.write.setGrace([change.account, change.tier], how);
      return;
    case "call":
      await door.write.call([change.account], how);
      return;
    case "bid":
      await door.write.bid([change.offer], how);
      return;
    case "takeOver":
      await door.write.takeOver([change.account], how);
      return;
    case "observe":
      await door.write.observe([BigInt(change.factor), BigInt(change.maxRounds)], how);
      return;
    case "accrue":
      await door.write.accrue(how);
  }
}
