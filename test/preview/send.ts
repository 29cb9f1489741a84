import { encodeFunctionData, type Address, type Hex } from "viem";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import { accountsOf } from "../../sdk/preview/Change.ts";
import { type AccountId, ownerOf } from "../../sdk/types/Ids.ts";
import type { Market } from "./openMarket.ts";

const GAS = 16_000_000n;

/** Who sends a change if it does not say. */
export function senderOf(market: Market, change: Change): Address {
  if (change.by) return change.by.address;
  const owner = ownerOf(accountsOf(change)[0] ?? `0x${"00".repeat(32)}`);
  return BigInt(owner) === 0n ? market.dave.account.address : owner;
}

/** Sends a change to the chain, in a block of that time. */
export async function send(market: Market, change: Change, timestamp: number): Promise<void> {
  const account = senderOf(market, change);
  await market.networkHelpers.time.setNextBlockTimestamp(timestamp);
  const data = dataOf(market, change, account);
  const wallet = await market.viem.getWalletClient(account);
  await wallet.sendTransaction({ to: market.pool.clearinghouse, data, gas: GAS });
}

/** What the chain would answer, were a change sent in its next block. */
export async function wouldSend(market: Market, change: Change): Promise<void> {
  const account = senderOf(market, change);
  const data = dataOf(market, change, account);
  const call = { to: market.pool.clearinghouse, data, gas: GAS, account };
  await market.client.call({ ...call, blockTag: "pending" });
}

interface Batch {
  readonly account: Address; // that sends it
  readonly timestamp: number;
  readonly reducing: AccountId | undefined; // the account it is sent as reducing for
}

/** Sends changes as one batch of one sender. */
export async function sendBatch(
  market: Market,
  changes: readonly Change[],
  { account, timestamp, reducing }: Batch,
): Promise<void> {
  const calls = changes.map((change) => dataOf(market, change, account));
  await market.networkHelpers.time.setNextBlockTimestamp(timestamp);
  const options = { account, gas: GAS };
  if (reducing === undefined) await market.clearinghouse.write.batch([calls], options);
  else await market.clearinghouse.write.batchReducing([reducing, calls], options);
}

/** The call of the clearinghouse that a change is. */
export function dataOf({ pool }: Market, change: Change, sender: Address): Hex {
  const [functionName, args] = callOf(change, pool.tokens["USDC"]!, sender);
  return encodeFunctionData({ abi: clearinghouseAbi, functionName, args } as never);
}

function callOf(change: Change, cash: Address, to: Address): [verb: string, args: unknown[]] {
  switch (change.verb) {
    case "deposit":
      return ["deposit", [change.account, change.token, change.amount]];
    case "withdraw":
      return ["withdraw", [change.account, change.token, change.amount, to]];
    case "borrow":
      return ["withdraw", [change.account, cash, change.amount, to]];
    case "transfer":
      return ["transfer", [change.from, change.to, change.token, change.amount]];
    case "repay":
      return ["repay", [change.account, change.amount]];
    case "setGrace":
      return ["setGrace", [change.account, change.tier]];
    case "setSponsor":
      return ["setSponsor", [change.account, change.sponsor, change.fee]];
    case "bid":
      return ["bid", [change.offer]];
    case "observeRate":
      return ["observeRate", [change.asset]];
    case "observe":
      return ["observe", [BigInt(change.factor), BigInt(change.maxRounds)]];
    case "accrue":
      return ["accrue", []];
    case "settle":
      return ["settle", [change.fills, change.atomic]];
    case "cancel":
      return ["cancel", [change.orders]];
    case "cancelBelow":
      return ["cancelBelow", [change.account, change.counter]];
    case "settleExpiries":
      return ["settleExpiries", [BigInt(change.factor)]];
    default:
      return [change.verb, [change.account]];
  }
}
