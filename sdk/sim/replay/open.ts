import type { Address } from "viem";

import { maxBorrow } from "../../preview/maxBorrow.ts";
import { getSnapshot } from "../../snapshot/getSnapshot.ts";
import { accountId, type AccountId } from "../../types/Ids.ts";
import { endow, tell, verb, type LocalChain } from "./LocalChain.ts";
import type { Trader } from "./traders.ts";

const LENT = 200_000; // USD lent per owner: the pool never runs dry of its own accord
const BATCH = 40; // owners between two refreshed prices

/** An owner on the chain. */
export interface Owner {
  readonly id: AccountId;
  readonly address: Address;
  readonly trader: Trader;
}

/** What opening a pool needs, and how it tells of its progress. */
export interface Opening {
  readonly chain: LocalChain;
  readonly traders: readonly Trader[];
  readonly prices: Readonly<Record<string, bigint>>;
  readonly start: number;
  readonly cash: string; // symbol
  onProgress(done: number, all: number): void;
}

/** Opens every account: collateral in, then cash out. Actor 0 lends what they borrow. */
export async function openAccounts(opening: Opening): Promise<Owner[]> {
  const { chain, traders, start, cash } = opening;
  const owners = traders.map((trader, i) => {
    const address = chain.actors[1 + i]!;
    return { id: accountId(address), address, trader };
  });
  const lender = chain.actors[0]!;
  const unit = 10n ** BigInt(chain.params.listings[cash]!.decimals);
  const amount = BigInt(traders.length) * BigInt(LENT) * unit;
  await endow(chain, accountId(lender), { symbol: cash, amount, by: lender, time: start });
  for (let i = 0; i < owners.length; i += BATCH) {
    const time = start + 60 * (1 + i / BATCH);
    await tell(chain, opening.prices, time);
    await openSome(opening, owners.slice(i, i + BATCH), time);
    opening.onProgress(Math.min(owners.length, i + BATCH), owners.length);
  }
  return owners;
}

async function openSome({ chain, cash }: Opening, owners: readonly Owner[], time: number) {
  for (const { id, address, trader } of owners) {
    for (const { symbol, amount } of trader.holdings) {
      await endow(chain, id, { symbol, amount, by: address, time });
    }
    if (trader.cash > 0n)
      await endow(chain, id, { symbol: cash, amount: trader.cash, by: address, time });
    if (trader.tier > 0) await verb(chain, "setGrace", [id, trader.tier], address, time);
  }
  const accounts = owners.map(({ id }) => id);
  const snapshot = await getSnapshot(chain.client, { pool: chain.pool, accounts });
  for (const { id, address, trader } of owners) {
    const most = maxBorrow(snapshot, id, { timestamp: time }).amount;
    const amount = (most * BigInt(Math.floor(trader.leverage * 1e6))) / 1_000_000n;
    if (amount === 0n) continue;
    await verb(chain, "withdraw", [id, chain.pool.tokens[cash]!, amount, address], address, time);
  }
}
