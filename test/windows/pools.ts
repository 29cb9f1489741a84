import { type Address, zeroAddress, type Hex } from "viem";

import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import {
  accountId,
  assetId,
  CASH,
  FUND,
  STABLES,
  type AccountId,
  type AssetId,
  type InstrumentId,
} from "../../sdk/types/Ids.ts";
import { listNew } from "../fixtures/listing.ts";
import { calmMarket } from "../fixtures/market.ts";
import { once } from "../fixtures/once.ts";
import { type Change, localPool, type Local } from "../fixtures/pool.ts";
import { swapOracle } from "../fixtures/swapOracle.ts";
import { future, halfHour, list, option, perp } from "../fixtures/trading.ts";
import { watched } from "../fixtures/watched.ts";
import type { Market } from "../preview/openMarket.ts";

// Two pools in which something is about to expire: one whose feeds tell their rounds, and one on Pyth. Alice and
// bob have three accounts each, of which the last holds what follows the underlying and a stable beside cash.

export const WINDOW = 1_800;
export const SLOT = 300;
const HOUR = 3_600;
const WAD = 10n ** 18n;
const INDEXES = [0n, 1n, 2n];

/** What moves the prices of a pool on a chain, each in a block of that time. */
export interface Hands {
  say(asset: AssetId, price: bigint, time: number): Promise<void>; // a price of zero says nothing good
  tell(price: bigint, slot: number, time: number): Promise<void>; // the first price since a slot
  skip(time: number): Promise<void>;
}

/** A pool, what trades in it, and the hands to move its prices. */
export interface Windows {
  readonly market: Market;
  readonly local: Local;
  readonly hands: Hands;
  readonly factor: number;
  readonly expiry: number;
  readonly first: number; // the price at the start, USD
  readonly reach: number; // how far prices go from it, a share: less than half of what IM covers
  readonly follower: AssetId; // at a rate of 1.2
  readonly stable: AssetId;
  readonly instruments: readonly InstrumentId[]; // future, perp, two calls, two puts
  readonly accounts: readonly AccountId[]; // three of alice, three of bob
  readonly bidder: AccountId; // dave's
  snapshot(): Promise<Snapshot>;
}

type Open = Pick<Windows, "factor" | "expiry" | "first" | "reach">;

function windowsOf(local: Local, pool: Local["pool"], hands: Hands, open: Open): Windows {
  const { factor, expiry, first } = open;
  const owners = [local.alice, local.bob].map(({ account }) => account.address);
  const accounts = owners.flatMap((owner) => INDEXES.map((index) => accountId(owner, index)));
  const strikes = [first, first * 1.05];
  const instruments = [
    ...[future(factor, expiry), perp(factor)],
    ...strikes.map((strike) => option(factor, "call", expiry, strike)),
    ...strikes.map((strike) => option(factor, "put", expiry, strike)),
  ];
  const [carol, dave] = [local.carol, local.dave].map((one) => accountId(one.account.address));
  const ids = [FUND, carol!, dave!, ...accounts];
  const read = (asked: readonly AccountId[]) => {
    const orders = [...watched(local).orders];
    return getSnapshot(local.client, { pool, accounts: asked, instruments, orders });
  };
  const market = { ...local, pool, snapshot: read } as unknown as Market;
  const named = { follower: assetId(factor, 1), stable: assetId(STABLES, 1), bidder: dave! };
  return {
    ...open,
    ...named,
    market,
    local,
    hands,
    instruments,
    accounts,
    snapshot: () => read(ids),
  };
}

/** Cash in every account, something that follows the underlying and a stable in the third; carol lends. */
async function endow(local: Local, worth: Readonly<Record<Address, bigint>>) {
  for (const actor of [local.alice, local.bob]) {
    await local.fund(actor, "USDC", 10_000_000);
    for (const index of INDEXES)
      await local.deposit(actor, "USDC", index === 2n ? 1_000 : 100_000, index);
    const account = actor.account.address;
    for (const [token, amount] of Object.entries(worth) as [Address, bigint][]) {
      const minted = await local.viem.getContractAt("Token", token);
      await minted.write.mint([account, amount * 10n]);
      await minted.write.approve([local.pool.vault, amount * 10n], { account });
      await local.clearinghouse.write.deposit([accountId(account, 2n), token, amount], { account });
    }
  }
  await local.deposit(local.dave, "USDC", 2_000_000);
  await local.deposit(local.carol, "USDC", 2_000_000);
}

const withStable: Change = (p) => {
  const { wstETH, USDC } = p.listings;
  const feeds = [wstETH!, USDC!].map(({ feed }) => ({ ...feed, heartbeat: HOUR }));
  const [follower, stable] = [
    { ...wstETH!, feed: feeds[0]! },
    { ...USDC!, feed: feeds[1]! },
  ];
  const listings = {
    ...p.listings,
    wstETH: follower,
    USDC: stable,
    USDT: { ...stable, cap: 10 ** 8 },
  };
  return { ...p, listings } as typeof p;
};

/** ETH at 2 000, on a feed with a heartbeat of an hour; an hour before an expiry. */
export async function chainlinkWindows(): Promise<Windows> {
  const local = await calmMarket(withStable);
  const { near: expiry, networkHelpers } = local;
  const { wstETH, USDT } = local.pool.tokens;
  await networkHelpers.time.increaseTo(expiry - HOUR - 700); // a feed silent from now on moves the window on
  const prices = { USDC: 1, USDT: 1, wstETH: 1.2, BTC: 20_000, ETH: 2_000 };
  for (const [symbol, price] of Object.entries(prices)) await local.setPrice(symbol, price);
  await endow(local, { [wstETH!]: 30n * WAD, [USDT!]: 20_000n * 10n ** 6n });
  for (let n = 1n; n > 0n;) {
    n = (await local.clearinghouse.simulate.observe([2n, 64n])).result;
    await local.clearinghouse.write.observe([2n, 64n]);
  }
  await local.clearinghouse.write.postSurface([2n, BigInt(expiry), 650_000_000, 0, 0, 0n]);
  const symbolOf = (asset: AssetId) =>
    ({ [assetId(2, 0)]: "ETH", [assetId(2, 1)]: "wstETH", [CASH]: "USDC" })[asset] ?? "USDT";
  const nothing = async () => {};
  const hands: Hands = {
    async say(asset, price, time) {
      const feed = await local.viem.getContractAt(
        "MockV3Aggregator",
        local.pool.feeds[symbolOf(asset)]!,
      );
      const units = 10n ** BigInt(18 - (await feed.read.decimals()));
      await networkHelpers.time.setNextBlockTimestamp(time);
      await feed.write.updateAnswer([price / units]);
    },
    tell: nothing,
    skip: nothing,
  };
  return windowsOf(local, local.pool, hands, { factor: 2, expiry, first: 2_000, reach: 0.11 });
}

const FACTOR = 5;
const [COIN, FOLLOWER, STABLE] = [
  assetId(FACTOR, 0),
  assetId(FACTOR, 1),
  assetId(STABLES, 1),
] as const;
const UNIT = 10n ** 8n;
const PYTH_UNIT = 10n ** 10n; // wads
const IDS: Readonly<Record<AssetId, Hex>> = {
  [COIN]: `0x${"e7".repeat(32)}`,
  [CASH]: `0x${"ca".repeat(32)}`,
  [FOLLOWER]: `0x${"f0".repeat(32)}`,
  [STABLE]: `0x${"5a".repeat(32)}`,
};
const TRUST = { heartbeat: 600, deviation: 1_000_000, volatility: 10 ** 9, confidence: 20_000_000 };
const QUIET = { ...TRUST, heartbeat: HOUR, volatility: 10 ** 8 };

/** A pool on Pyth, and slots told by whoever asks. */
export interface PythWindows extends Windows {
  quote(price: number): Promise<void>; // a new price, in a block of its own
  tell(most: number): Promise<void>; // slots that are due, at the prices of their times
  skip(): Promise<void>; // what is an hour late
}

const keptPyth = once(openPyth);

async function openPyth() {
  const local = await localPool();
  const { viem, pool, clearinghouse } = local;
  const pyth = await viem.deployContract("LocalPyth", []);
  const oracle = await viem.deployContract("PythOracle", [
    pool.authority,
    pyth.address,
    zeroAddress,
  ]);
  const signed = (id: Hex, price: bigint, time: bigint, before: bigint) =>
    pyth.read.createPriceFeedUpdateData([id, price, 0n, -8, price, 0n, time, before]);
  const say = async (asset: AssetId, units: bigint, time: bigint) => {
    const update = await signed(IDS[asset]!, units, time, time - 1n);
    await pyth.write.updatePriceFeeds([[update]]);
  };
  const first = {
    [COIN]: 20n * UNIT,
    [CASH]: UNIT,
    [STABLE]: UNIT,
    [FOLLOWER]: (UNIT * 12n) / 10n,
  };
  for (const [asset, units] of Object.entries(first)) {
    const id = Number(asset);
    await oracle.write.setFeed([id, IDS[id]!, id === COIN ? TRUST : QUIET]);
    await say(id, units, BigInt(await local.networkHelpers.time.latest()));
  }
  await swapOracle(local, oracle.address);
  const [params] = await clearinghouse.read.factorOf([4n]);
  await clearinghouse.write.setFactor([BigInt(FACTOR), params]);
  await listNew(local, 0, FACTOR);
  const [follower, stable] = [await listNew(local, 1, FACTOR), await listNew(local, 1)];
  const [, market, depth] = await clearinghouse.read.marketOf([4n]);
  await clearinghouse.write.setMarket([BigInt(FACTOR), market, depth]);
  const expiry = halfHour((await local.networkHelpers.time.latest()) + 2 * HOUR);
  await list(local, BigInt(FACTOR), expiry, 0.65);
  await endow(local, { [follower]: 3_000n * WAD, [stable]: 20_000n * WAD });
  return { ...local, oracle, signed, say, expiry };
}

/** A coin at 20 USD on Pyth; an hour before an expiry, all slots until then told. */
export async function pythWindows(): Promise<PythWindows> {
  const local = await keptPyth();
  const { oracle, signed, say, expiry, clearinghouse, networkHelpers } = local;
  const path: [time: bigint, price: bigint][] = [[0n, 20n * UNIT]];
  const now = async () => BigInt(await networkHelpers.time.latest());
  const slot = async () => BigInt((await oracle.read.feedOf([COIN]))[2]) * BigInt(SLOT);
  const priceAt = (time: bigint) => path.findLast(([from]) => from <= time)![1];

  async function quote(price: number) {
    const units = BigInt(Math.round(price * 1e8));
    path.push([(await now()) + 1n, units]);
    await say(COIN, units, await now());
    await say(CASH, UNIT, await now());
  }
  async function tellOne(units: bigint, time: bigint) {
    const update = await signed(IDS[COIN]!, units, time + 1n, time - 1n);
    await oracle.write.tell([COIN, [[update]]]);
  }
  async function tell(most: number) {
    for (let i = 0; i < most; ++i) {
      const time = await slot();
      if (time + 1n > (await now())) return;
      await tellOne(priceAt(time + 1n), time);
    }
  }
  async function skip() {
    if ((await now()) >= (await slot()) + 3_600n) await oracle.write.skip([COIN]);
  }
  const at = (time: number) => networkHelpers.time.setNextBlockTimestamp(time);
  const hands: Hands = {
    say: (asset, price, time) => at(time).then(() => say(asset, price / PYTH_UNIT, BigInt(time))),
    tell: (price, time, when) => at(when).then(() => tellOne(price / PYTH_UNIT, BigInt(time))),
    skip: (time) => at(time).then(async () => void (await oracle.write.skip([COIN]))),
  };
  await networkHelpers.time.increaseTo(expiry - HOUR - 120);
  await tell(64);
  for (const asset of [FOLLOWER, STABLE])
    await say(asset, asset === STABLE ? UNIT : (UNIT * 12n) / 10n, await now());
  await quote(20);
  await clearinghouse.write.observe([BigInt(FACTOR), 256n]);
  await clearinghouse.write.postSurface([BigInt(FACTOR), BigInt(expiry), 650_000_000, 0, 0, 0n]);
  const pool = { ...local.pool, oracle: oracle.address };
  const windows = windowsOf(local, pool, hands, {
    factor: FACTOR,
    expiry,
    first: 20,
    reach: 0.145,
  });
  return { ...windows, quote, tell, skip };
}
