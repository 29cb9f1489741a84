import { assetOf } from "../deploy/setting.ts";
import { aggregatorOf } from "../../sdk/params/feeds.ts";
import type { Params } from "../../sdk/params/params.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { observe, withRounds } from "../../sdk/logic/index.ts";
import { accountId, factorOf, type AccountId } from "../../sdk/types/Ids.ts";
import type { Margin } from "../../sdk/types/Portfolio.ts";
import type { TapePoint } from "../../sdk/sim/tape/Tape.ts";
import { ask, differ, predict, type Mismatch } from "./compare.ts";
import type { EventLog } from "./EventLog.ts";
import { postSurfaces } from "./expiries.ts";
import { keep, settleDue } from "./keepers.ts";
import { look } from "./look.ts";
import { factorsOf, MOST_ROUNDS, tell, type LocalChain } from "./LocalChain.ts";
import type { Market } from "../../sdk/sim/tape/market.ts";
import { react } from "./owners.ts";
import { allFills, count, type Tally } from "./Tally.ts";
import { balanceOf, turnover, type Balance, type Turnover } from "./Turnover.ts";
import { everyone, openWorld } from "./World.ts";
import type { VolatilityEntry, World, WorldOptions } from "./World.ts";

const SURFACES_AT = 6; // seconds after a round
const OWNERS_AT = 12;
const KEEPERS_AT = 24;
const CLOSE_AT = 60;
const SHORTEST_WATCH = 150; // seconds
const WEIGHT = 0.6; // of a position, in accounts without any

/** What happened. */
export interface Replay {
  readonly market: Market;
  readonly seed: number;
  readonly accounts: readonly AccountId[]; // the owners'
  readonly steps: number;
  readonly comparisons: number;
  readonly mismatches: readonly Mismatch[];
  readonly tally: Tally;
  readonly turnover: Turnover;
  readonly refusals: ReadonlyMap<string, number>; // of orders, by error
  readonly traders: { readonly all: number; readonly out: number }; // who wanted derivatives, and got none
  readonly balance: Balance;
  readonly diary: EventLog;
  readonly shown: string; // the symbol that the picture is about
  readonly volatility: readonly VolatilityEntry[];
  /** A book in words. */
  describe(account: string): string;
}

/**
 * Replays a market over a pool on an in-process chain: at each round the SDK first computes every
 * account's margin, then the chain is asked, then owners react and keepers act.
 */
export async function replay(options: WorldOptions): Promise<Replay> {
  const world = await openWorld(options);
  const points = options.market.tape.points;
  const out = await tradersWithoutBook(world);
  for (const [i, point] of points.entries()) {
    await step(world, point);
    await keepWatch(world, point, keeperTimes(point, points[i + 1]));
    await tallyUp(world);
    const { calls, bids } = world.tally;
    const note = `${calls} calls, ${bids} bids, ${allFills(world.tally)} fills`;
    options.onProgress({ stage: "replaying", done: i + 1, all: points.length, note });
  }
  const balance = await close(world, points.at(-1)!.time);
  const { comparisons, mismatches, tally, diary, volatility, exchange } = world;
  return {
    ...{ market: options.market, seed: options.seed, steps: points.length, traders: out, balance },
    ...{ comparisons, mismatches, tally, diary, volatility, turnover: world.turnover },
    ...{ shown: shownSymbol(world), refusals: exchange.refusals },
    accounts: world.owners.map(({ id }) => id),
    describe: (account) => describe(world, account),
  };
}

async function step(world: World, point: TapePoint): Promise<void> {
  const { chain } = world;
  const { time, prices } = point;
  const accounts = everyone(world);
  const before = await look(chain, accounts);
  const after = foresee(before, chain, point);
  const margins = predict(after, accounts, time);
  await tell(chain, prices, time);
  const weigh = (id: AccountId) => 1 + WEIGHT * after.accounts[id]!.positions.length;
  const answers = await ask(chain, accounts, weigh);
  world.mismatches.push(...differ(margins, answers, time));
  world.comparisons += accounts.length;
  record(world, after, margins, time);
  const snapshot = await postSurfaces(chain, after, time + SURFACES_AT);
  const { exchange, owners, reserves, random, cash } = world;
  const view = { snapshot, time: time + OWNERS_AT };
  await react(exchange, { owners, margins, reserves, random, view, cash });
}

/** Keepers look right after a round, and once more half way to the next. */
function keeperTimes({ time }: TapePoint, next?: TapePoint): number[] {
  const gap = (next?.time ?? time) - time;
  return gap > 2 * SHORTEST_WATCH ? [time + KEEPERS_AT, time + gap / 2] : [time + KEEPERS_AT];
}

async function keepWatch(world: World, { prices }: TapePoint, times: readonly number[]) {
  const { exchange, keepers, cash, random } = world;
  for (const at of times) {
    const [keeper, time] = [random.pick(keepers), Math.floor(at)];
    await keep(exchange, keeper, { accounts: everyone(world), prices, cash, time, random });
  }
}

/** The snapshot as it will be once this point's rounds are told, and observed by whoever tells them. */
function foresee(before: Snapshot, { params, actors }: LocalChain, point: TapePoint): Snapshot {
  const { time: timestamp, prices } = point;
  const rounds = Object.fromEntries(
    Object.keys(params.listings).map((symbol) => [
      assetOf(params, symbol),
      told(params, symbol, prices[symbol]!),
    ]),
  );
  const act = { caller: { address: actors[0]! }, timestamp };
  const paid = (state: Snapshot, id: bigint) =>
    observe(state, { factor: Number(id), maxRounds: MOST_ROUNDS }, act).state;
  return factorsOf(params).reduce(paid, withRounds(before, { timestamp, rounds }));
}

/** A price as the feed can say it. */
function told(params: Params, symbol: string, price: bigint): bigint {
  const unit = 10n ** BigInt(18 - (aggregatorOf(params.listings[symbol]!.feed).decimals ?? 8));
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
  world.turnover = turnover(world.turnover, snapshot, time);
  world.holders = holdersOf(snapshot);
}

function holdersOf({ accounts }: Snapshot): Set<AccountId> {
  const held = Object.entries(accounts).filter(([, { positions }]) => positions.length > 0);
  return new Set(held.map(([id]) => id as AccountId));
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
  world.tally = count(world.tally, logs, world.holders);
  world.houses = Array.from({ length: world.tally.takeOvers }, (_, i) =>
    accountId(`0x${"00".repeat(20)}`, BigInt(i + 1)),
  );
}

/** Who wanted derivatives, and how many of them hold none as the tape begins. */
async function tradersWithoutBook({ chain, owners }: World) {
  const wanted = owners.filter(({ trader }) => trader.book !== undefined).map(({ id }) => id);
  const { accounts } = await getSnapshot(chain.client, { pool: chain.pool, accounts: wanted });
  const out = wanted.filter((id) => accounts[id]!.positions.length === 0);
  return { all: wanted.length, out: out.length };
}

/** Settles all that has expired, and adds up what is held. */
async function close(world: World, last: number): Promise<Balance> {
  const { chain, keepers } = world;
  const accounts = everyone(world);
  const due = { by: keepers[0]!, time: last + CLOSE_AT };
  await settleDue(chain, await look(chain, accounts), { ...due, accounts: [] });
  await settleDue(chain, await look(chain, accounts), { ...due, accounts });
  await tallyUp(world);
  return balanceOf(await getSnapshot(chain.client, { pool: chain.pool, accounts }));
}

function describe(world: World, account: string): string {
  const { trader } = world.owners.find(({ id }) => id === account)!;
  const { params } = world.chain;
  const amount = (units: bigint, symbol: string) =>
    `${(Number(units) / 10 ** params.listings[symbol]!.decimals).toPrecision(3)} ${symbol}`;
  const held = trader.holdings.map(({ symbol, amount: units }) => amount(units, symbol));
  const own = trader.cash > 0n ? [...held, amount(trader.cash, world.cash)] : held;
  const debt = trader.leverage > 0 ? ` against borrowed ${world.cash}` : "";
  const book = trader.book ? `, ${trader.book.style} on ${trader.book.symbol}` : "";
  return `${own.join(" + ")}${debt}${book}`;
}
