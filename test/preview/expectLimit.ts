import { expect } from "chai";

import { decodeError } from "../../sdk/errors/index.ts";
import type { BallastError } from "../../sdk/errors/index.ts";
import type { Limit } from "../../sdk/preview/Limit.ts";
import { maxWithdraw } from "../../sdk/preview/maxWithdraw.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { ownerOf, type AccountId } from "../../sdk/types/Ids.ts";
import type { Market } from "./openMarket.ts";

type Thrown = BallastError & { readonly args?: unknown };

/** What the owner's withdrawal would be refused with in a block of the latest one's time. */
async function refusalOf(
  market: Market,
  id: AccountId,
  symbol: string,
  amount: bigint,
): Promise<Thrown | null> {
  const account = ownerOf(id);
  const token = market.pool.tokens[symbol]!;
  try {
    await market.clearinghouse.simulate.withdraw([id, token, amount, account], { account });
    return null;
  } catch (thrown) {
    return decodeError(thrown) as Thrown;
  }
}

/** The most that may leave an account: the chain accepts it, and refuses a unit more as foretold. */
export async function expectLimit(
  market: Market,
  s: Snapshot,
  id: AccountId,
  symbol: string,
): Promise<Limit> {
  const token = market.pool.tokens[symbol]!;
  const limit = maxWithdraw(s, id, token, { timestamp: s.block.timestamp });
  const where = `${symbol} of ${id}: ${limit.amount} for ${limit.reason}`;
  if (limit.amount > 0n) {
    expect(await refusalOf(market, id, symbol, limit.amount), where).to.equal(null);
  }
  const refusal = await refusalOf(market, id, symbol, limit.amount + 1n);
  const { name, args } = limit.refusal as Thrown;
  expect(refusal, where).not.to.equal(null);
  expect([name, args], where).to.deep.equal([refusal?.name, refusal?.args]);
  return limit;
}
