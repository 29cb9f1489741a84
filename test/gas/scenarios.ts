import {
  encodeFunctionData,
  hexToBytes,
  maxUint256,
  parseUnits,
  type Address,
  type Hex,
} from "viem";

import { deployPool } from "../../scripts/deploy/deployPool.ts";
import { aggregatorOf } from "../../sdk/params/feeds.ts";
import { readParams } from "../../sdk/files/params.ts";
import { accountId } from "../../sdk/types/Ids.ts";
import { openChain } from "../fixtures/chain.ts";
import { oracles } from "./oracles.ts";
import { sellingBooks, trading } from "./trading.ts";

/** One figure: gasUsed of a transaction of its own, or execution alone for a view. */
export interface Gas {
  readonly name: string;
  readonly gas: number;
}

const PRICES: Record<string, number> = {
  ...{ BTC: 100_000, ETH: 4_000, SOL: 200, LINK: 20, wstETH: 1.2, USDC: 1 },
};
/** What an account holds in the scenarios of 1, 3 and 5 collateral assets, the first ones first. */
const HELD: readonly (readonly [string, number])[] = [
  ["ETH", 10],
  ["BTC", 0.5],
  ["SOL", 100],
  ["LINK", 1_000],
  ["wstETH", 5],
];
const WAD = 10n ** 18n;

export type Bench = Awaited<ReturnType<typeof openBench>>;

/** A pool whose feeds cost one storage read, with a lender and other depositors in it. */
export async function openBench() {
  const connection = await openChain();
  const { viem } = connection;
  const params = readParams("deployments/local/params.json");
  const feeds: Record<string, Awaited<ReturnType<typeof viem.deployContract<"SlotFeed">>>> = {};
  for (const [symbol, listing] of Object.entries(params.listings)) {
    feeds[symbol] = await viem.deployContract("SlotFeed", [parseUnits(String(PRICES[symbol]), 8)]);
    aggregatorOf(listing.feed).aggregator = feeds[symbol].address;
  }
  const pool = await deployPool(connection, params);
  const clearinghouse = await viem.getContractAt("IClearinghouse", pool.clearinghouse);
  const client = await viem.getPublicClient();
  const wallets = await viem.getWalletClients();
  const bench = { connection, viem, params, feeds, pool, clearinghouse, client, wallets };
  await addCash(bench, wallets[1]!.account.address);
  return bench;
}

async function addCash(bench: Bench, lender: Address) {
  await fund(bench, lender, "USDC", 10_000_000);
  await deposit(bench, lender, "USDC", 5_000_000);
}

function units(bench: Bench, symbol: string, amount: number): bigint {
  return parseUnits(String(amount), bench.params.listings[symbol]!.decimals);
}

export async function fund(bench: Bench, owner: Address, symbol: string, amount: number) {
  const token = await bench.viem.getContractAt("Token", bench.pool.tokens[symbol]!);
  await token.write.mint([owner, units(bench, symbol, amount)]);
  await token.write.approve([bench.pool.vault, maxUint256], { account: owner });
}

export async function deposit(bench: Bench, owner: Address, symbol: string, amount: number) {
  const args = [
    accountId(owner),
    bench.pool.tokens[symbol]!,
    units(bench, symbol, amount),
  ] as const;
  return gasOf(bench, await bench.clearinghouse.write.deposit(args, { account: owner }));
}

async function withdraw(bench: Bench, owner: Address, symbol: string, amount: number) {
  const token = bench.pool.tokens[symbol]!;
  const args = [accountId(owner), token, units(bench, symbol, amount), owner] as const;
  return gasOf(bench, await bench.clearinghouse.write.withdraw(args, { account: owner }));
}

export async function gasOf(bench: Bench, hash: Hex): Promise<number> {
  return Number((await bench.client.waitForTransactionReceipt({ hash })).gasUsed);
}

/** New rounds at the given prices, processed: the estimates are caught up and seconds old. */
export async function catchUp(bench: Bench, scale = 1) {
  await bench.connection.networkHelpers.time.increase(61);
  for (const [symbol, feed] of Object.entries(bench.feeds)) {
    const fixed = symbol === "USDC" || symbol === "wstETH";
    await feed.write.set([parseUnits(String(PRICES[symbol]! * (fixed ? 1 : scale)), 8)]);
  }
  for (const { id } of Object.values(bench.params.factors).filter((f) => f.id <= 4)) {
    await bench.clearinghouse.write.observe([BigInt(id), 64n]);
  }
}

/** Puts n collateral assets into an account. */
export async function hold(bench: Bench, owner: Address, n: number) {
  for (const [symbol, amount] of HELD.slice(0, n)) {
    await fund(bench, owner, symbol, 2 * amount);
    await deposit(bench, owner, symbol, amount);
  }
}

/** An account with n collateral assets that owes `debt`. */
export async function borrower(bench: Bench, owner: Address, n: number, debt: number) {
  await hold(bench, owner, n);
  await catchUp(bench);
  await withdraw(bench, owner, "USDC", debt);
  await catchUp(bench);
}

/** Execution gas of a view: the transaction that calls it, less what the transaction itself costs. */
export async function viewGas(
  bench: Bench,
  owner: Address,
  functionName: "health" | "initial" = "health",
): Promise<number> {
  const args = [accountId(owner)] as const;
  const data = encodeFunctionData({ abi: bench.clearinghouse.abi, functionName, args });
  const hash = await bench.wallets[0]!.sendTransaction({ to: bench.clearinghouse.address, data });
  const bytes = hexToBytes(data);
  const zeros = bytes.filter((b) => b === 0).length;
  return (await gasOf(bench, hash)) - 21_000 - 4 * zeros - 16 * (bytes.length - zeros);
}

const DEBT: Record<number, number> = { 1: 15_000, 3: 40_000, 5: 50_000 };

async function deposits(bench: Bench): Promise<Gas[]> {
  const owner = bench.wallets[2]!.account.address;
  await fund(bench, bench.wallets[3]!.account.address, "ETH", 10);
  await deposit(bench, bench.wallets[3]!.account.address, "ETH", 5);
  await fund(bench, owner, "ETH", 10);
  const first = await deposit(bench, owner, "ETH", 1);
  return [
    { name: "deposit.first", gas: first },
    { name: "deposit.topUp", gas: await deposit(bench, owner, "ETH", 1) },
  ];
}

async function borrowing(bench: Bench, owner: Address, n: number): Promise<Gas[]> {
  await borrower(bench, owner, n, DEBT[n]! / 2);
  const more = await withdraw(bench, owner, "USDC", 1_000);
  await catchUp(bench);
  const out = await withdraw(bench, owner, "ETH", 0.5);
  await catchUp(bench);
  return [
    { name: `borrow.more.${n}`, gas: more },
    { name: `withdraw.debt.${n}`, gas: out },
    { name: `health.view.${n}`, gas: await viewGas(bench, owner) },
  ];
}

async function repaying(bench: Bench, owner: Address): Promise<Gas[]> {
  await fund(bench, owner, "USDC", 10_000);
  const args = [accountId(owner), units(bench, "USDC", 500)] as const;
  const hash = await bench.clearinghouse.write.repay(args, { account: owner });
  return [{ name: "repay", gas: await gasOf(bench, hash) }];
}

/** The call that opens, and a bid for a slice half an hour after the auction opened. */
export async function liquidating(
  bench: Bench,
  owner: Address,
  bidder: Address,
  name: string,
): Promise<Gas[]> {
  const id = accountId(owner);
  await fund(bench, bidder, "USDC", 1_000_000);
  await deposit(bench, bidder, "USDC", 500_000);
  await deposit(bench, bidder, "USDC", 1);
  await catchUp(bench);
  await withdrawAllowed(bench, owner);
  const scale = await sinkTo(bench, owner);
  const called = await gasOf(bench, await bench.clearinghouse.write.call([id]));
  for (let i = 0; i < 12; ++i) {
    await bench.connection.networkHelpers.time.increase(300);
    await catchUp(bench, scale);
    await bench.clearinghouse.write.call([id]).catch(() => undefined);
  }
  const offer = {
    ...{ account: id, receiver: accountId(bidder), fraction: WAD / 4n, smallest: 0n },
    ...{ maxPrice: 10n ** 30n, minHealth: -100n * WAD, maxHealth: 100n * WAD, data: "0x" as Hex },
  };
  const hash = await bench.clearinghouse.write.bid([offer], { account: bidder });
  const bid = await gasOf(bench, hash);
  await catchUp(bench);
  return [
    { name: `call.${name}`, gas: called },
    { name: `bid.${name}`, gas: bid },
  ];
}

/** Borrows to just above IM. */
export async function withdrawAllowed(bench: Bench, owner: Address) {
  const margin = await bench.clearinghouse.read.margin([accountId(owner)]);
  const spare = Number((margin.initialEquity - margin.initial) / WAD);
  if (spare > 200) await withdraw(bench, owner, "USDC", Math.floor(spare * 0.9));
}

/** Lowers all prices until the account is just below maintenance. Returns the scale reached. */
async function sinkTo(bench: Bench, owner: Address): Promise<number> {
  for (let scale = 1; scale > 0.3; scale -= 0.01) {
    await catchUp(bench, scale);
    const [equity, maintenance] = await bench.clearinghouse.read.health([accountId(owner)]);
    if (equity < maintenance) return scale;
  }
  throw new Error("the account never fell below maintenance");
}

/** Runs every scenario on fresh pools. */
export async function measure(progress: (name: string) => void = () => {}): Promise<Gas[]> {
  const list: Gas[] = [];
  const run = async (name: string, work: () => Promise<Gas[]>) => {
    progress(name);
    list.push(...(await work()));
  };
  const bench = await openBench();
  await run("deposits", () => deposits(bench));
  for (const n of [1, 3, 5]) {
    const owner = bench.wallets[3 + n]!.account.address;
    await run(`borrowing against ${n}`, () => borrowing(bench, owner, n));
    if (n === 1) await run("repaying", () => repaying(bench, owner));
  }
  for (const n of [1, 5]) {
    const owner = bench.wallets[3 + n]!.account.address;
    const bidder = bench.wallets[10 + n]!.account.address;
    await run(`liquidating ${n}`, () => liquidating(bench, owner, bidder, `${n}`));
  }
  await run("trading", () => trading(progress));
  await run("books for sale", () => sellingBooks(progress));
  await run("oracles", () => oracles(progress));
  return list;
}
