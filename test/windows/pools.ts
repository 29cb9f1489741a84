import { zeroAddress, type Hex } from "viem";

import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import {
  accountId,
  assetId,
  CASH,
  FUND,
  type AccountId,
  type InstrumentId,
} from "../../sdk/types/Ids.ts";
import { listNew } from "../fixtures/listing.ts";
import { calmMarket } from "../fixtures/market.ts";
import { once } from "../fixtures/once.ts";
import { localPool, type Local } from "../fixtures/pool.ts";
import { swapOracle } from "../fixtures/swapOracle.ts";
import { future, halfHour, list, option, perp } from "../fixtures/trading.ts";
import { watched } from "../fixtures/watched.ts";
import type { Market } from "../preview/openMarket.ts";

// Two pools in which something is about to expire: one whose feed tells its rounds, and one on Pyth.

export const WINDOW = 1_800;
const HOUR = 3_600;

/** A pool, what trades in it, and the hands to move its prices. */
export interface Windows {
  readonly market: Market;
  readonly local: Local;
  readonly factor: number;
  readonly expiry: number;
  readonly first: number; // the price at the start, USD
  readonly instruments: readonly InstrumentId[]; // the future first
  readonly accounts: readonly AccountId[]; // two of alice, two of bob
  snapshot(): Promise<Snapshot>;
  quote(price: number): Promise<void>; // a new price, in a block of its own
  fail(): Promise<void>; // the feed says nothing good
  calm(): Promise<void>; // prices of everything else, new
  tell(most: number): Promise<void>; // slots that are due, at the prices of their times
  skip(): Promise<void>; // what is an hour late
}

type Feeds = Pick<Windows, "quote" | "fail" | "calm" | "tell" | "skip">;
type Open = Pick<Windows, "local" | "factor" | "expiry" | "first">;

async function windowsOf(open: Open, pool: Local["pool"], feeds: Feeds): Promise<Windows> {
  const { local, factor, expiry, first } = open;
  const owners = [local.alice, local.bob].map(({ account }) => account.address);
  const accounts = owners.flatMap((owner) => [0n, 1n].map((index) => accountId(owner, index)));
  const instruments = [
    future(factor, expiry),
    perp(factor),
    option(factor, "call", expiry, first),
    option(factor, "put", expiry, first),
  ];
  const ids = [FUND, accountId(local.carol.account.address), ...accounts];
  const read = (asked: readonly AccountId[]) => {
    const orders = [...watched(local).orders];
    return getSnapshot(local.client, { pool, accounts: asked, instruments, orders });
  };
  const market = { ...local, snapshot: read } as unknown as Market;
  return { ...open, market, instruments, accounts, snapshot: () => read(ids), ...feeds };
}

/** Alice and bob have 100 000 USDC in two accounts each, and more to deposit; carol lends. */
async function endow(local: Local) {
  for (const actor of [local.alice, local.bob]) {
    await local.fund(actor, "USDC", 1_000_000);
    for (const index of [0n, 1n]) await local.deposit(actor, "USDC", 100_000, index);
  }
  await local.deposit(local.carol, "USDC", 2_000_000);
}

/** ETH at 2 000, on a feed with a heartbeat of an hour; an hour before an expiry. */
export async function chainlinkWindows(): Promise<Windows> {
  const local = await calmMarket();
  const { near: expiry, networkHelpers } = local;
  await endow(local);
  await networkHelpers.time.increaseTo(expiry - HOUR - 60);
  const quote = (price: number) => local.setPrice("ETH", price.toFixed(8));
  const calm = async () => {
    for (const [symbol, price] of [
      ["USDC", 1],
      ["BTC", 20_000],
    ] as const)
      await local.setPrice(symbol, price);
  };
  await calm();
  await quote(2_000);
  for (let n = 1n; n > 0n;) {
    n = (await local.door.simulate.observe([2n, 64n])).result;
    await local.door.write.observe([2n, 64n]);
  }
  await local.door.write.postSurface([2n, BigInt(expiry), 650_000_000, 0, 0, 0n]);
  const nothing = async () => {};
  const open = { local, factor: 2, expiry, first: 2_000 };
  return windowsOf(open, local.pool, {
    quote,
    calm,
    fail: () => quote(0),
    tell: nothing,
    skip: nothing,
  });
}

const FACTOR = 5;
const COIN = assetId(FACTOR, 0);
const FEED: Hex = `0x${"e7".repeat(32)}`;
const CASH_FEED: Hex = `0x${"ca".repeat(32)}`;
const UNIT = 10n ** 8n;
export const SLOT = 300n;
const TRUST = { heartbeat: 600, deviation: 1_000_000, volatility: 10 ** 9, confidence: 20_000_000 };

const keptPyth = once(openPyth);

async function openPyth() {
  const local = await localPool();
  const { viem, pool, door } = local;
  const pyth = await viem.deployContract("LocalPyth", []);
  const oracle = await viem.deployContract("PythOracle", [
    pool.authority,
    pyth.address,
    zeroAddress,
  ]);
  const signed = (id: Hex, price: bigint, time: bigint, before: bigint) =>
    pyth.read.createPriceFeedUpdateData([id, price, 0n, -8, price, 0n, time, before]);
  const push = async (price: bigint) => {
    const time = BigInt(await local.networkHelpers.time.latest());
    const coin = await signed(FEED, price, time, time - 1n);
    const cash = await signed(CASH_FEED, UNIT, time, time - 1n);
    await pyth.write.updatePriceFeeds([[coin, cash]]);
  };
  await oracle.write.setFeed([COIN, FEED, TRUST]);
  await oracle.write.setFeed([CASH, CASH_FEED, TRUST]);
  await push(20n * UNIT);
  await swapOracle(local, oracle.address);
  const [params] = await door.read.factorOf([4n]);
  await door.write.setFactor([BigInt(FACTOR), params]);
  await listNew(local, 0, FACTOR);
  const [, market, depth] = await door.read.marketOf([4n]);
  await door.write.setMarket([BigInt(FACTOR), market, depth]);
  const expiry = halfHour((await local.networkHelpers.time.latest()) + 2 * HOUR);
  await list(local, BigInt(FACTOR), expiry, 0.65);
  await endow(local);
  return { ...local, oracle, signed, push, expiry };
}

/** A coin at 20 USD on Pyth; an hour before an expiry, all slots until then told. */
export async function pythWindows(): Promise<Windows> {
  const local = await keptPyth();
  const { oracle, signed, push, expiry, door, networkHelpers } = local;
  const path: [time: bigint, price: bigint][] = [[0n, 20n * UNIT]];
  const now = async () => BigInt(await networkHelpers.time.latest());
  const slot = async () => BigInt((await oracle.read.feedOf([COIN]))[2]) * SLOT;
  const priceAt = (time: bigint) => path.findLast(([from]) => from <= time)![1];

  async function quote(price: number) {
    const units = BigInt(Math.round(price * 1e8));
    path.push([(await now()) + 1n, units]);
    await push(units);
  }
  async function tell(most: number) {
    for (let i = 0; i < most; ++i) {
      const time = await slot();
      if (time + 1n > (await now())) return;
      const update = await signed(FEED, priceAt(time + 1n), time + 1n, time - 1n);
      await oracle.write.tell([COIN, [[update]]]);
    }
  }
  async function skip() {
    if ((await now()) >= (await slot()) + 3_600n) await oracle.write.skip([COIN]);
  }
  const last = () => Number(path.at(-1)![1]) / 1e8;
  const calm = () => quote(last());
  await networkHelpers.time.increaseTo(expiry - HOUR - 60);
  await tell(64);
  await calm();
  await door.write.observe([BigInt(FACTOR), 256n]);
  await door.write.postSurface([BigInt(FACTOR), BigInt(expiry), 650_000_000, 0, 0, 0n]);
  const pool = { ...local.pool, oracle: oracle.address };
  const open = { local, factor: FACTOR, expiry, first: 20 };
  return windowsOf(open, pool, { quote, calm, fail: async () => {}, tell, skip });
}
