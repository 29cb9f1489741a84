import { zeroAddress, type Hex } from "viem";

import { assetId, CASH } from "../../sdk/types/Ids.ts";
import { listNew } from "../fixtures/listing.ts";
import { calmPool, idOf } from "../fixtures/margin.ts";
import { swapOracle } from "../fixtures/swapOracle.ts";
import { FEE, FEED, SLOT, type Update } from "./pythStage.ts";

export const FACTOR = 5n;
export const COIN = assetId(Number(FACTOR), 0);
const CASH_FEED: Hex = `0x${"ca".repeat(32)}`;
const UNIT = 10n ** 8n;
const TRUST = { heartbeat: 600, deviation: 1_000_000, volatility: 10 ** 9, confidence: 20_000_000 };

export type PythPool = Awaited<ReturnType<typeof pythPool>>;

/** A pool whose coin and cash have Pyth's prices. Alice holds 100 coins at 20 USD, bob lends. */
export async function pythPool() {
  const local = await calmPool();
  const { viem, pool, clearinghouse, networkHelpers } = local;
  const pyth = await viem.deployContract("MockPyth", [60n, FEE]);
  const args = [pool.authority, pyth.address, zeroAddress] as const;
  const oracle = await viem.deployContract("PythOracle", [...args]);
  const now = async () => BigInt(await networkHelpers.time.latest());

  const signed = (id: Hex, { price, time, before }: Update, interval = 0n) =>
    pyth.read.createPriceFeedUpdateData([id, price, interval, -8, price, interval, time, before]);

  /** Brings Pyth prices of coin and cash as of now; the coin's within an interval. */
  async function push(price: bigint, interval = 0n) {
    const time = await now();
    const at = { time, before: time - 1n };
    const coin = await signed(FEED, { price, ...at }, interval);
    const cash = await signed(CASH_FEED, { price: UNIT, ...at });
    await pyth.write.updatePriceFeeds([[coin, cash]], { value: 2n * FEE });
  }

  /** Tells slots of the coin, one update each. */
  async function tell(updates: readonly Update[]) {
    const slots = await Promise.all(updates.map(async (one) => [await signed(FEED, one)]));
    await oracle.write.tell([COIN, slots], { value: FEE * BigInt(updates.length) });
  }

  const slot = async () => BigInt((await oracle.read.feedOf([COIN]))[2]) * SLOT;
  const estimate = async () => (await clearinghouse.read.factorOf([FACTOR]))[1];

  await oracle.write.setFeed([COIN, FEED, TRUST]);
  await oracle.write.setFeed([CASH, CASH_FEED, TRUST]);
  await push(20n * UNIT);
  await swapOracle(local, oracle.address);
  const [params] = await clearinghouse.read.factorOf([4n]);
  await clearinghouse.write.setFactor([FACTOR, params]);
  const token = await listNew(local, 0, Number(FACTOR));
  await local.deposit(local.bob, "USDC", 1_000_000);
  const { account } = local.alice;
  await clearinghouse.write.deposit([idOf(local.alice), token, 100n * 10n ** 18n], { account });
  return { local, pyth, oracle, now, push, tell, slot, estimate };
}
