import type { Address, LocalAccount } from "viem";

import { assetOf } from "../deploy/setting.ts";
import { maxBorrow } from "../../sdk/preview/maxBorrow.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { amountOf } from "../../sdk/logic/accounts.ts";
import { marginOf } from "../../sdk/logic/margin.ts";
import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import { scaleOf, unitsOfLeg } from "./books.ts";
import { trade, type Exchange, type View } from "./Exchange.ts";
import { postSurfaces } from "./expiries.ts";
import { endow, tell, verb, type LocalChain } from "./LocalChain.ts";
import type { Trader } from "../../sdk/sim/traders.ts";

const LENT = 200_000; // USD lent per owner: the pool never runs dry of its own accord
const BATCH = 40; // owners between two refreshed prices
const TRIES = 3; // of a fill that is refused, each half as large

/** An owner on the chain. */
export interface Owner {
  readonly id: AccountId;
  readonly address: Address;
  readonly signer: LocalAccount;
  readonly trader: Trader;
}

/** What opening a pool needs, and how it tells of its progress. */
export interface Opening {
  readonly chain: LocalChain;
  readonly exchange: Exchange;
  readonly traders: readonly Trader[];
  readonly prices: Readonly<Record<string, bigint>>;
  readonly start: number;
  readonly cash: string; // symbol
  onProgress(done: number, all: number): void;
}

/** Opens every account: collateral in, positions, then cash out. Actor 0 lends what they borrow. */
export async function openAccounts(opening: Opening): Promise<Owner[]> {
  const { chain, traders, start, cash } = opening;
  const owners = traders.map((trader, i) => {
    const signer = chain.signers[1 + i]!;
    return { id: accountId(signer.address), address: signer.address, signer, trader };
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

async function openSome(opening: Opening, owners: readonly Owner[], time: number) {
  const { chain } = opening;
  for (const owner of owners) await fund(opening, owner, time);
  const accounts = owners.map(({ id }) => id);
  const funded = await getSnapshot(chain.client, { pool: chain.pool, accounts });
  const view = { snapshot: await postSurfaces(chain, funded, time), time };
  for (const owner of owners) await openBook(opening.exchange, owner, view);
  const snapshot = await getSnapshot(chain.client, { pool: chain.pool, accounts });
  for (const owner of owners) await borrow(opening, owner, { snapshot, time });
}

async function fund({ chain, cash }: Opening, { id, address, trader }: Owner, time: number) {
  for (const { symbol, amount } of trader.holdings) {
    await endow(chain, id, { symbol, amount, by: address, time });
  }
  if (trader.cash > 0n)
    await endow(chain, id, { symbol: cash, amount: trader.cash, by: address, time });
  if (trader.tier > 0) await verb(chain, "setGrace", [id, trader.tier], address, time);
}

/** Leg by leg; what is refused is tried at half the size, and the legs after it follow. */
async function openBook(exchange: Exchange, { id, signer, trader }: Owner, view: View) {
  if (trader.book === undefined) return;
  const { snapshot, time } = view;
  const { symbol, legs } = trader.book;
  const spot = amountOf(snapshot.accounts[id]!, assetOf(exchange.chain.params, symbol));
  const { equity } = marginOf(snapshot, id, time);
  let scale = scaleOf(trader.book, { spot, equity }, view);
  for (const leg of legs) {
    let filled = 0n;
    for (let i = 0; i < TRIES && scale > 0n && filled === 0n; i += 1) {
      const wanted = { signer, instrument: leg.instrument, size: unitsOfLeg(leg, scale) };
      filled = await trade(exchange, wanted, view);
      if (filled === 0n) scale /= 2n;
    }
    if (filled === 0n) return;
  }
}

async function borrow({ chain, cash }: Opening, { id, address, trader }: Owner, view: View) {
  const { snapshot, time } = view;
  if (trader.leverage === 0) return;
  const most = maxBorrow(snapshot, id, { timestamp: time }).amount;
  const amount = (most * BigInt(Math.floor(trader.leverage * 1e6))) / 1_000_000n;
  if (amount === 0n) return;
  await verb(chain, "withdraw", [id, chain.pool.tokens[cash]!, amount, address], address, time);
}
