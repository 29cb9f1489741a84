import { getSnapshot } from "../../snapshot/getSnapshot.ts";
import type { Snapshot } from "../../snapshot/Snapshot.ts";
import { observed, withRounds } from "../../state/index.ts";
import type { Params } from "../../params/params.ts";
import { accountId, factorOf, type AccountId } from "../../types/Ids.ts";
import type { Margin } from "../../types/Portfolio.ts";
import { assetOf } from "../../deploy/PoolModule.ts";
import { createRandom, seedFor } from "../random.ts";
import type { TapePoint } from "../tape/Tape.ts";
import { ask, differ, predict, type Mismatch } from "./compare.ts";
import type { Diary, Entry } from "./Diary.ts";
import { hireKeepers, keep, type Keeper } from "./keepers.ts";
import { openChain, tell, type LocalChain } from "./LocalChain.ts";
import { paramsAt, type Market } from "./market.ts";
import { openAccounts, type Owner } from "./open.ts";
import { react, type Reserves } from "./owners.ts";
import { count, emptyTally, type Tally } from "./Tally.ts";
import { drawTraders } from "./traders.ts";

const LEAD = 7_200; // seconds between the pool's birth and the tape's first round
const KEEPERS = 3;
const OWNERS_AT = 12; // seconds after a round
const KEEPERS_AT = 24;
const SHORTEST_WATCH = 150; // seconds

/** What to replay. */
export interface ReplayOptions {
  readonly market: Market;
  readonly params: Params;
  readonly accounts: number;
  readonly seed: number;
  onProgress(progress: Progress): void;
}

/** How far a replay has come. */
export interface Progress {
  readonly stage: "deploying" | "opening" | "replaying";
  readonly done: number;
  readonly all: number;
  readonly note?: string;
}

/** σ of the leading factor at one step. */
export interface VolatilityEntry {
  readonly time: number;
  readonly used: bigint;
  readonly maintenance: bigint;
}

/** What happened. */
export interface Replay {
  readonly market: Market;
  readonly seed: number;
  readonly accounts: readonly AccountId[]; // the owners'
  readonly steps: number;
  readonly comparisons: number;
  readonly mismatches: readonly Mismatch[];
  readonly tally: Tally;
  readonly diary: Diary;
  readonly shown: string; // the symbol that the picture is about
  readonly volatility: readonly VolatilityEntry[];
  /** A book in words. */
  describe(account: string): string;
}

interface World {
  readonly chain: LocalChain;
  readonly market: Market;
  readonly owners: readonly Owner[];
  readonly keepers: readonly Keeper[];
  readonly reserves: Reserves;
  readonly random: ReturnType<typeof createRandom>;
  readonly cash: string;
  readonly diary: Map<string, Entry[]>;
  readonly volatility: VolatilityEntry[];
  readonly mismatches: Mismatch[];
  tally: Tally;
  comparisons: number;
  seenBlock: bigint;
  houses: readonly AccountId[];
}

/**
 * Replays a market over a pool on an in-process chain: at each round the SDK first computes every
 * account's margin, then the chain is asked, then owners react and keepers act.
 */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const world = await openWorld(options);
  const points = options.market.tape.points;
  for (const [i, point] of points.entries()) {
    await step(world, point);
    await keepWatch(world, point, keeperTimes(point, points[i + 1]));
    await tallyUp(world);
    const note = `${world.tally.calls} calls, ${world.tally.bids} bids`;
    options.onProgress({ stage: "replaying", done: i + 1, all: points.length, note });
  }
  return {
    ...{ market: options.market, seed: options.seed, steps: points.length },
    ...{ comparisons: world.comparisons, mismatches: world.mismatches, tally: world.tally },
    ...{ diary: world.diary, volatility: world.volatility },
    shown: shownSymbol(world),
    accounts: world.owners.map(({ id }) => id),
    describe: (account) => describe(world, account),
  };
}

async function openWorld({
  market,
  params,
  accounts,
  seed,
  onProgress,
}: ReplayOptions): Promise<World> {
  const cash = Object.keys(params.stables).find((symbol) => params.stables[symbol]!.cash)!;
  const first = market.tape.points[0]!;
  const prices = Object.fromEntries(
    Object.entries(first.prices).map(([symbol, price]) => [symbol, Number(price) / 1e18]),
  );
  onProgress({ stage: "deploying", done: 0, all: 1 });
  const start = first.time - LEAD;
  const chain = await openChain({
    params: paramsAt(params, market),
    start,
    actors: 1 + accounts + KEEPERS,
  });
  onProgress({ stage: "deploying", done: 1, all: 1 });
  const traders = drawTraders(accounts, params, prices, createRandom(seedFor(seed, "traders")));
  const owners = await openAccounts({
    ...{ chain, traders, cash, prices: first.prices, start: start + 60 },
    onProgress: (done, all) => onProgress({ stage: "opening", done, all }),
  });
  const keepers = await hireKeepers(chain, chain.actors.slice(1 + accounts), cash, start + 3_600);
  return {
    ...{ chain, market, owners, keepers, cash, random: createRandom(seedFor(seed, "nerves")) },
    reserves: new Map(owners.map(({ id, trader }) => [id, trader.reserve])),
    ...{ diary: new Map(owners.map(({ id }) => [id, []])), volatility: [], mismatches: [] },
    ...{ tally: emptyTally, comparisons: 0, houses: [] },
    seenBlock: await chain.client.getBlockNumber(),
  };
}

/** Every account of the pool: owners, the lender, keepers, and the house's. */
function everyone(world: World): AccountId[] {
  const lender = accountId(world.chain.actors[0]!);
  const keepers = world.keepers.map(({ id }) => id);
  return [...world.owners.map(({ id }) => id), lender, ...keepers, ...world.houses];
}

async function step(world: World, point: TapePoint): Promise<void> {
  const { chain } = world;
  const { time, prices } = point;
  const accounts = everyone(world);
  const before = await getSnapshot(chain.client, { pool: chain.pool, accounts });
  const after = foresee(before, chain.params, point);
  const margins = predict(after, accounts, time);
  await tell(chain, prices, time);
  const answers = await ask(chain, accounts);
  world.mismatches.push(...differ(margins, answers, time));
  world.comparisons += accounts.length;
  record(world, after, margins, time);
  const { owners, reserves, random, cash } = world;
  await react(chain, { owners, margins, reserves, random, time: time + OWNERS_AT, cash });
}

/** Keepers look right after a round, and once more half way to the next. */
function keeperTimes({ time }: TapePoint, next?: TapePoint): number[] {
  const gap = (next?.time ?? time) - time;
  return gap > 2 * SHORTEST_WATCH ? [time + KEEPERS_AT, time + gap / 2] : [time + KEEPERS_AT];
}

async function keepWatch(world: World, { prices }: TapePoint, times: readonly number[]) {
  const { chain, keepers, cash } = world;
  for (const time of times) {
    const keeper = world.random.pick(keepers);
    await keep(chain, keeper, { accounts: everyone(world), prices, cash, time: Math.floor(time) });
  }
}

/** The snapshot as it will be once this point's rounds are told and observed. */
function foresee(before: Snapshot, params: Params, { time, prices }: TapePoint): Snapshot {
  const rounds = Object.fromEntries(
    Object.keys(params.listings).map((symbol) => [
      assetOf(params, symbol),
      told(params, symbol, prices[symbol]!),
    ]),
  );
  return observed(withRounds(before, { timestamp: time, rounds }), {
    timestamp: time,
    maxRounds: 64,
  });
}

/** A price as the feed can say it. */
function told(params: Params, symbol: string, price: bigint): bigint {
  const unit = 10n ** BigInt(18 - (params.listings[symbol]!.feed.decimals ?? 8));
  return (price / unit) * unit;
}

function record(
  world: World,
  snapshot: Snapshot,
  margins: ReadonlyMap<AccountId, Margin>,
  time: number,
): void {
  for (const { id } of world.owners) {
    const { phase, fuse } = snapshot.accounts[id]!;
    world.diary.get(id)!.push({ time, margin: margins.get(id)!, phase, fuse });
  }
  const { used, maintenance } = snapshot.factors[shownFactor(world)]!.estimate;
  world.volatility.push({ time, used, maintenance });
}

/** The symbol whose price and σ the picture shows: the tape's first, or the pool's if it lists none. */
function shownSymbol({ chain, market }: World): string {
  const listed = Object.keys(chain.params.listings);
  const isFactor = chain.params.assets[market.leader]?.index === 0;
  return isFactor && listed.includes(market.leader) ? market.leader : listed[0]!;
}

function shownFactor(world: World): number {
  return factorOf(assetOf(world.chain.params, shownSymbol(world)));
}

async function tallyUp(world: World): Promise<void> {
  const { chain } = world;
  const toBlock = await chain.client.getBlockNumber();
  const logs = await chain.client.getLogs({
    address: chain.pool.clearinghouse,
    fromBlock: world.seenBlock + 1n,
    toBlock,
  });
  world.seenBlock = toBlock;
  world.tally = count(world.tally, logs);
  world.houses = Array.from({ length: world.tally.takeOvers }, (_, i) =>
    accountId(`0x${"00".repeat(20)}`, BigInt(i + 1)),
  );
}

function describe(world: World, account: string): string {
  const owner = world.owners.find(({ id }) => id === account)!;
  const held = owner.trader.holdings.map(({ symbol, amount }) => {
    const { decimals } = world.chain.params.listings[symbol]!;
    return `${(Number(amount) / 10 ** decimals).toPrecision(3)} ${symbol}`;
  });
  return `${held.join(" + ")} against borrowed ${world.cash}`;
}
