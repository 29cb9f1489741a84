import { accountFrom } from "../../sdk/snapshot/account.ts";
import { freeze } from "../../sdk/snapshot/freeze.ts";
import type { PoolView } from "../../sdk/snapshot/lensView.ts";
import { poolFrom } from "../../sdk/snapshot/pool.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { assetId } from "../../sdk/types/Ids.ts";
import type { Scene } from "./scene.ts";

const NOWHERE = `0x${"00".repeat(20)}` as const;
const NO_FEED = { aggregator: NOWHERE, heartbeat: 0, deviation: 0, volatility: 0, decimals: 0 };

/** What the Lens would say of a scene's pool. */
function poolViewOf({ cash, tiers, factors, assets }: Scene): PoolView {
  const priceOf = (id: number) => assets.find(({ asset }) => asset === id)!.price;
  return {
    blockNumber: 0n,
    timestamp: 0n,
    version: 0n,
    cash,
    cashParams: {
      ...{ base: 0, slopeLow: 0, slopeHigh: 0, kink: 0, spread: 0, borrowCap: 0, minimumIdle: 0 },
    },
    tiers,
    liquidation: { dust: 0 },
    factors: factors.map((one) => ({
      ...one,

      price: priceOf(assetId(Number(one.factor), 0)),
      feed: NO_FEED,
      pending: [],
    })),
    assets: assets.map(({ asset, params, price }) => ({
      ...{ asset, params, price, token: NOWHERE, feed: NO_FEED },
      listing: { asset, decimals: 18, frozen: false, cap: 0n, total: 0n },
    })),
  };
}

/** The snapshot of a scene. */
export function snapshotOf(scene: Scene): Snapshot {
  return freeze({
    pool: NOWHERE,
    block: { number: 0n, hash: `0x${"00".repeat(32)}` as const, timestamp: 0 },
    ...poolFrom(poolViewOf(scene)),
    accounts: { [ACCOUNT]: accountFrom(scene.account) },
  });
}

export const ACCOUNT = `0x${"0a".repeat(32)}` as const;
