import { parseUnits, zeroAddress, type Address, type Hex } from "viem";

import { accountId, assetId, CASH } from "../../sdk/types/Ids.ts";
import { swapOracle } from "../fixtures/swapOracle.ts";
import { borrower, gasOf, openBench, viewGas, type Bench, type Gas } from "./scenarios.ts";

const ETH = assetId(2, 0);
const FACTOR = 2n;
// Like ETH, but never observed before Pyth tells its rounds: a factor's rounds are those of one oracle.
const COIN = assetId(5, 0);
const COIN_FACTOR = 5n;
const SLOT = 300n;
const FEEDS: Readonly<Record<number, readonly [id: Hex, price: bigint]>> = {
  [ETH]: [`0x${"e7".repeat(32)}`, 4_000n * 10n ** 8n],
  [COIN]: [`0x${"c0".repeat(32)}`, 4_000n * 10n ** 8n],
  [CASH]: [`0x${"ca".repeat(32)}`, 10n ** 8n],
};
const ROUNDS = 8;
const UNIT = 10n ** 18n;

/**
 * One debt against ETH, its two prices read from feeds of one slot, from Chainlink's mock and from Pyth's,
 * and from the two guarding each other; and what rounds of either cost to observe.
 */
export async function oracles(progress: (name: string) => void): Promise<Gas[]> {
  const bench = await openBench();
  const owner = bench.wallets[4]!.account.address;
  await borrower(bench, owner, 1, 15_000);
  progress("prices of Chainlink");
  const aggregators = await useAggregators(bench);
  const list: Gas[] = [{ name: "health.view.chainlink", gas: await viewGas(bench, owner) }];
  const newer = () => newRounds(bench, aggregators);
  list.push(...(await observing(bench, FACTOR, "chainlink", newer)));
  progress("prices of Pyth");
  const pyth = await usePyth(bench);
  await pyth.push();
  const other = bench.wallets[5]!.account.address;
  await coinBorrower(bench, other);
  await pyth.push();
  list.push({ name: "health.view.pyth", gas: await viewGas(bench, other) });
  list.push({ name: "tell.slot", gas: await pyth.tell(1) });
  list.push(...(await observing(bench, COIN_FACTOR, "pyth", () => pyth.tell(ROUNDS))));
  await useGuard(bench, pyth.oracle);
  await newRounds(bench, aggregators, 1);
  await pyth.push();
  list.push({ name: "health.view.guarded", gas: await viewGas(bench, owner) });
  return list;
}

/** A transaction that observes one round, and what each further one adds. */
async function observing(
  bench: Bench,
  factor: bigint,
  name: string,
  more: () => Promise<unknown>,
): Promise<Gas[]> {
  const observe = async (most: number) =>
    gasOf(bench, await bench.clearinghouse.write.observe([factor, BigInt(most)]));
  await more();
  const one = await observe(1);
  const rest = await observe(ROUNDS);
  return [
    { name: `observe.${name}`, gas: one },
    { name: `observe.${name}.more`, gas: Math.round((rest - one) / (ROUNDS - 1)) },
  ];
}

async function useAggregators({ viem, pool }: Bench): Promise<Record<number, Address>> {
  const oracle = await viem.getContractAt("ChainlinkOracle", pool.oracle);
  const found: Record<number, Address> = {};
  for (const [asset, [, price]] of Object.entries(FEEDS)) {
    const feed = await viem.deployContract("MockV3Aggregator", [8, price]);
    await oracle.write.setFeed([Number(asset), feed.address, 86_400, 5_000_000, 0]);
    found[Number(asset)] = feed.address;
  }
  return found;
}

/** Rounds of ETH a minute apart, each a little higher. */
async function newRounds(bench: Bench, feeds: Record<number, Address>, count = ROUNDS + 1) {
  const feed = await bench.viem.getContractAt("MockV3Aggregator", feeds[ETH]!);
  const round = await feed.read.latestRound();
  for (let n = 1; n <= count; ++n) {
    await bench.connection.networkHelpers.time.increase(61);
    const time = BigInt(await bench.connection.networkHelpers.time.latest());
    const price = FEEDS[ETH]![1] + parseUnits(String(n), 8);
    await feed.write.updateRoundData([round + BigInt(n), price, time, time]);
  }
}

/** Lists the coin, puts some into an account, and lends against it. */
async function coinBorrower({ viem, pool, clearinghouse, params }: Bench, owner: Address) {
  const account = { account: owner };
  const [like] = await clearinghouse.read.factorOf([FACTOR]);
  await clearinghouse.write.setFactor([COIN_FACTOR, like]);
  const token = await viem.deployContract("Token", ["COIN", 18]);
  await token.write.mint([owner, 10n * UNIT]);
  await token.write.approve([pool.vault, 10n * UNIT], account);
  await clearinghouse.write.setAsset([
    COIN,
    token.address,
    { chargeMaintenance: 0, chargeInitial: 0 },
  ]);
  await clearinghouse.write.setListing([token.address, false, 10n ** 30n]);
  await clearinghouse.write.deposit([accountId(owner), token.address, 10n * UNIT], account);
  const debt = parseUnits("15000", params.listings["USDC"]!.decimals);
  const args = [accountId(owner), pool.tokens["USDC"]!, debt, owner] as const;
  await clearinghouse.write.withdraw(args, account);
}

async function usePyth({ viem, pool, connection }: Bench) {
  const { networkHelpers } = connection;
  const pyth = await viem.deployContract("MockPyth", [60n, 0n]);
  const args = [pool.authority, pyth.address, zeroAddress] as const;
  const oracle = await viem.deployContract("PythOracle", [...args]);
  const trust = { heartbeat: 86_400, deviation: 5_000_000, volatility: 0, confidence: 20_000_000 };
  for (const [asset, [id]] of Object.entries(FEEDS)) {
    await oracle.write.setFeed([Number(asset), id, trust]);
  }
  await swapOracle({ networkHelpers, pool }, oracle.address);

  const signed = (asset: number, time: bigint) => {
    const [id, price] = FEEDS[asset]!;
    const confidence = price / 2_000n;
    const ema = [price, confidence] as const;
    const args = [id, price, confidence, -8, ...ema, time, time - 1n] as const;
    return pyth.read.createPriceFeedUpdateData([...args]);
  };
  async function push() {
    const time = BigInt(await networkHelpers.time.latest());
    const updates = await Promise.all([ETH, COIN, CASH].map((asset) => signed(asset, time)));
    await pyth.write.updatePriceFeeds([updates]);
  }
  /** The next slots of the coin, as they come due. Returns the gas of telling them. */
  async function tell(count: number): Promise<number> {
    const first = BigInt((await oracle.read.feedOf([COIN]))[2]) * SLOT;
    const times = Array.from({ length: count }, (_, n) => first + BigInt(n) * SLOT);
    const due = times.at(-1)! + 1n;
    if (BigInt(await networkHelpers.time.latest()) < due) await networkHelpers.time.increaseTo(due);
    const slots = await Promise.all(times.map(async (time) => [await signed(COIN, time)]));
    const hash = await oracle.write.tell([COIN, slots]);
    return Number((await (await viem.getPublicClient()).getTransactionReceipt({ hash })).gasUsed);
  }
  return { oracle: oracle.address, push, tell };
}

/** Chainlink's prices, guarded by Pyth's. */
async function useGuard({ viem, pool, connection }: Bench, pyth: Address) {
  const args = [pool.authority, pool.oracle, pyth] as const;
  const oracle = await viem.deployContract("GuardedOracle", [...args]);
  for (const asset of [ETH, CASH]) await oracle.write.setBound([asset, 10_000_000]);
  const { networkHelpers } = connection;
  await swapOracle({ networkHelpers, pool: { ...pool, oracle: pyth } }, oracle.address);
}
