import { maxUint256 } from "viem";

import { accountFrom } from "../../sdk/snapshot/account.ts";
import { freeze } from "../../sdk/snapshot/freeze.ts";
import type { InstrumentView, PoolView } from "../../sdk/snapshot/lensView.ts";
import { poolFrom } from "../../sdk/snapshot/pool.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { interestsFrom, withTerms } from "../../sdk/snapshot/trading.ts";
import { assetId, FUND } from "../../sdk/types/Ids.ts";
import type { Now, Scene } from "./scene.ts";

const NOWHERE = `0x${"00".repeat(20)}` as const;
const NO_FEED = { aggregator: NOWHERE, heartbeat: 0, deviation: 0, volatility: 0, decimals: 0 };

/** What the Lens would say of a scene's pool. */
function poolViewOf({ cash, tiers, factors, assets }: Scene, now: Now): PoolView {
  const priceOf = (id: number) => assets.find(({ asset }) => asset === id)!.price;
  return {
    chainId: 31_337n,
    blockNumber: BigInt(now.number),
    timestamp: BigInt(now.timestamp),
    version: 0n,
    cash,
    cashParams: {
      ...{ base: 0, slopeLow: 0, slopeHigh: 0, kink: 0, spread: 0, borrowCap: 0, minimumIdle: 0 },
    },
    tiers,
    liquidation: { dust: 0 },
    keeper: { roundFee: 0, dailyCap: 0, finderShare: 0, finderCap: 0 },
    keeperDay: { paid: 0n, day: 0 },
    trade: NO_FEES,
    lock: { level: 0, next: 0, nextAt: 0, since: 0, exitShare: 0 },
    fees: { id: FUND, counter: 0n } as PoolView["fees"],
    factors: factors.map(({ terms, ...one }) => ({
      ...one,
      expiries: terms,
      life: 3_600n,
      closed: maxUint256,
      told: { id: 0n, price: 0n, updated: 0n, skipped: false },
      price: priceOf(assetId(Number(one.factor), 0)),
      feed: NO_FEED,
      pending: [],
      bucket: { used: 0n, time: 0, scarce: 0n },
    })),
    assets: assets.map(({ asset, params, rate, price }) => ({
      ...{ asset, params, rate, price, token: NOWHERE, feed: NO_FEED },
      listing: { asset, decimals: 18, frozen: false, cap: 0n, total: 0n },
      exit: { base: 0n, used: 0n, time: 0 },
    })),
  };
}

const NO_FEES = {
  ...{ makerFee: 0, takerFee: 0, insuranceShare: 0 },
  ...{ surfaceAge: 0, surfaceStep: 0, surfaceWait: 0, surfaceDrift: 0, surfaceDriftLocked: 0 },
};

/** The snapshot of a scene. */
export function snapshotOf(scene: Scene, now: Now): Snapshot {
  const positions = scene.positions.map(({ position, entry }) => ({ ...position, entry }));
  const state = poolFrom(poolViewOf(scene, now));
  const book = { positions, gains: scene.gains, counter: 0n, parts: [] };
  return freeze({
    ...{ pool: NOWHERE, vault: NOWHERE },
    block: { number: BigInt(now.number), hash: `0x${"00".repeat(32)}` as const, timestamp: 0 },
    ...state,
    factors: withTerms(state.factors, []),
    interests: interestsFrom(scene.positions.map(sharedOf)),
    orders: {},
    accounts: { [ACCOUNT]: accountFrom(scene.account, book) },
  });
}

function sharedOf({ position, cut }: Scene["positions"][number]): InstrumentView {
  const { instrument, size } = position;
  const none = { today: 0n, day: 0, stamp: 0, held: 0n, known: 0n, factors: 0n };
  const own = { sum: cut, ...none };
  const other = { sum: 0n, ...none };
  const cuts = size > 0n ? ([own, other] as const) : ([other, own] as const);
  return {
    instrument,
    interest: { open: 0n, delta: 0n, closed: 0n },
    cuts,
  } as unknown as InstrumentView;
}

export const ACCOUNT = `0x${"0a".repeat(32)}` as const;
