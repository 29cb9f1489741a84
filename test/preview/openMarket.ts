import type { Address } from "viem";

import type { Params } from "../../sdk/params/params.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { maxBorrow } from "../../sdk/preview/maxBorrow.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { accountId, assetId, CASH, FUND } from "../../sdk/types/Ids.ts";
import { ownerOf, STABLES, type AccountId } from "../../sdk/types/Ids.ts";
import { changed, openPool } from "../fixtures/pool.ts";

export const ASSETS: Readonly<Record<string, number>> = {
  ...{ BTC: assetId(1, 0), ETH: assetId(2, 0), SOL: assetId(3, 0), LINK: assetId(4, 0) },
  ...{ wstETH: assetId(2, 1), USDC: CASH, USDT: assetId(STABLES, 1), DAI: assetId(STABLES, 2) },
};
/** USD, about. */
export const VALUES: Readonly<Record<string, number>> = {
  ...{ BTC: 7_900, ETH: 195, SOL: 40, LINK: 4, wstETH: 230, USDC: 1, USDT: 1, DAI: 1 },
};
export const SYMBOLS = Object.keys(ASSETS);

/** A throttle of about 8 000 USD for majors, of 2 000, less than a tenth of most books, for alts. */
function shallow(factors: Params["factors"]): Params["factors"] {
  const depth = (name: string) => {
    const usd = factors[name]!.alt ? 8_000 : 32_000;
    return Math.round((usd / (VALUES[name] ?? 100)) * 1e6) / 1e6;
  };
  const entries = Object.entries(factors);
  return Object.fromEntries(
    entries.map(([name, one]) => [name, { ...one, onePercent: depth(name) }]),
  );
}

/** Two more stables, and caps and a throttle that a test can reach. */
function narrow(params: Params): Params {
  const stable = (decimals: number) => ({
    ...{ token: "mint", decimals, cap: 3_000_000 },
    feed: {
      ...{ kind: "chainlink", aggregator: "mock", decimals: 8, price: 1, heartbeat: 86_400 },
      ...{ deviation: 0.0025, volatility: 0.1 },
    },
  });
  const listings = { ...params.listings, USDT: stable(6), DAI: stable(18) } as Params["listings"];
  const cash = { ...params.cash, supplyCap: 9_000_000, borrowCap: 2_500_000, minimumIdle: 50_000 };
  const keeper = { ...params.keeper, roundFee: 0.02, finderShare: 0.0005 };
  return { ...params, factors: shallow(params.factors), listings, cash, keeper };
}

/** A pool, a lender, four actors with three accounts each, and tokens without end. */
export async function openMarket() {
  const pool = await openPool(changed(narrow));
  const { alice, bob, carol, dave } = pool;
  const actors = [alice, bob, carol, dave];
  const owned = actors.flatMap(({ account }) =>
    [0n, 1n, 2n].map((index) => accountId(account.address, index)),
  );
  for (const actor of actors) {
    for (const symbol of SYMBOLS) await pool.fund(actor, symbol, `1${"0".repeat(41)}`);
  }
  const snapshot = (accounts: readonly AccountId[]) =>
    getSnapshot(pool.client, { pool: pool.pool, accounts });
  const lender = await pool.deposit(pool.admin, "USDC", 4_000_000);
  return { ...pool, actors, owned, lender, accounts: [FUND, lender, ...owned], snapshot };
}

const GAS = 12_000_000n; // an estimate is too low once a minute passes before its block

/** A tier for every account, so that some auctions wait long for the throttle. */
export async function bePatient({ clearinghouse, owned }: Market, random: Random): Promise<void> {
  for (const id of owned) {
    await clearinghouse.write.setGrace([id, random.integer(4)], { account: ownerOf(id) });
  }
}

/** Two kinds of collateral in every account, about 40 000 USD of each, and most of what it may owe. */
export async function endow(market: Market, random: Random): Promise<void> {
  const { clearinghouse, owned, params, pool } = market;
  for (const id of owned) {
    for (const symbol of random.shuffle(SYMBOLS.filter((name) => name !== "USDC")).slice(0, 2)) {
      const units = 10 ** params.listings[symbol]!.decimals / VALUES[symbol]!;
      const amount = BigInt(Math.round((30_000 + random.integer(20_000)) * units));
      await clearinghouse.write.deposit([id, pool.tokens[symbol]!, amount], {
        account: ownerOf(id),
        gas: GAS,
      });
    }
  }
  for (const id of owned) {
    const snapshot = await market.snapshot([id]);
    const { amount } = maxBorrow(snapshot, id, { timestamp: snapshot.block.timestamp });
    const part = (amount * BigInt(80 + random.integer(20))) / 100n;
    await clearinghouse.write.withdraw([id, pool.tokens["USDC"]!, part, ownerOf(id)], {
      account: ownerOf(id),
      gas: GAS,
    });
  }
}

export type Market = Awaited<ReturnType<typeof openMarket>>;
export type Actor = { account: { address: Address } };
