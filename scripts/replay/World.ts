import { parseUnits, type LocalAccount } from "viem";

import type { Params } from "../../sdk/params/params.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import { createRandom, seedFor, type Random } from "../../sdk/sim/random.ts";
import { withBooks } from "./books.ts";
import type { Mismatch } from "./compare.ts";
import type { Entry } from "./EventLog.ts";
import { openExchange, type Exchange } from "./Exchange.ts";
import { expiriesOf, listExpiries } from "./expiries.ts";
import { hireKeepers, type Keeper } from "./keepers.ts";
import { actorsOf, endow, openChain, tell, type LocalChain } from "./LocalChain.ts";
import { paramsAt, type Market } from "../../sdk/sim/tape/market.ts";
import { openAccounts, type Owner } from "./open.ts";
import type { Reserves } from "./owners.ts";
import { emptyTally, type Tally } from "./Tally.ts";
import { drawTraders, type Trader } from "../../sdk/sim/traders.ts";
import { NO_TURNOVER, type Turnover } from "./Turnover.ts";

const LEAD = 7_200; // seconds between the pool's birth and the tape's first round
const KEEPERS = 3;
const MAKERS = 2;
const MAKER_CAPITAL = "20000000"; // cash

/** How a world begins. */
export interface WorldOptions {
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

/** A pool with people in it, and what is remembered of them. */
export interface World {
  readonly chain: LocalChain;
  readonly market: Market;
  readonly exchange: Exchange;
  readonly owners: readonly Owner[];
  readonly keepers: readonly Keeper[];
  readonly others: readonly AccountId[]; // the lender, the makers, and whom fees go to
  readonly reserves: Reserves;
  readonly random: Random;
  readonly cash: string;
  readonly diary: Map<string, Entry[]>;
  readonly volatility: VolatilityEntry[];
  readonly mismatches: Mismatch[];
  tally: Tally;
  turnover: Turnover;
  comparisons: number;
  seenBlock: bigint;
  houses: readonly AccountId[];
  holders: ReadonlySet<AccountId>; // accounts with positions
}

/** Deploys a pool, lists what trades on it, and opens every account. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { market, accounts, seed, onProgress } = options;
  onProgress({ stage: "deploying", done: 0, all: 1 });
  const { chain, cast, cash, start } = await openPool(options);
  const exchange = await openExchange(chain, cast.makers);
  await openMarket(chain, cast.makers, { cash, market, time: start + 60 });
  onProgress({ stage: "deploying", done: 1, all: 1 });
  const owners = await openAccounts({
    ...{ chain, exchange, traders: drawAll(options), cash, start: start + 60 },
    prices: market.tape.points[0]!.prices,
    onProgress: (done) => onProgress({ stage: "opening", done, all: accounts }),
  });
  return {
    ...{ chain, market, exchange, owners, cash, others: cast.others },
    keepers: await hireKeepers(chain, cast.keepers, cash, start + 3_600),
    random: createRandom(seedFor(seed, "nerves")),
    reserves: new Map(owners.map(({ id, trader }) => [id, trader.reserve])),
    ...{ diary: new Map(owners.map(({ id }) => [id, []])), volatility: [], mismatches: [] },
    ...{ tally: emptyTally, turnover: NO_TURNOVER, comparisons: 0, seenBlock: 0n },
    ...{ houses: [], holders: new Set() },
  };
}

/** Every account of the pool. */
export function everyone({ owners, keepers, others, houses }: World): AccountId[] {
  return [...[...owners, ...keepers].map(({ id }) => id), ...others, ...houses];
}

/** A chain and who is on it: actor 0 lends and lists, owners follow, then keepers, makers, and one */
/** whom fees go to if the parameters name nobody. */
async function openPool({ market, params, accounts }: WorldOptions) {
  const start = market.tape.points[0]!.time - LEAD;
  const count = 1 + accounts + KEEPERS + MAKERS + 1;
  const chosen = paramsAt(params, market);
  chosen.trade.feeRecipient ??= actorsOf(count).at(-1)!;
  const chain = await openChain({ params: chosen, start, actors: count });
  const keepers = chain.signers.slice(1 + accounts, 1 + accounts + KEEPERS);
  const makers = chain.signers.slice(1 + accounts + KEEPERS, count - 1);
  const fees = chosen.trade.feeRecipient as `0x${string}`;
  const others = [chain.actors[0]!, ...makers.map(({ address }) => address), fees];
  const cash = Object.keys(params.stables).find((symbol) => params.stables[symbol]!.cash)!;
  return {
    chain,
    cast: { keepers, makers, others: others.map((one) => accountId(one)) },
    cash,
    start,
  };
}

interface Stage {
  readonly cash: string;
  readonly market: Market;
  readonly time: number;
}

/** Gives the makers their cash, and lists the expiries. */
async function openMarket(
  chain: LocalChain,
  makers: readonly LocalAccount[],
  { cash, market, time }: Stage,
): Promise<void> {
  const amount = parseUnits(MAKER_CAPITAL, chain.params.listings[cash]!.decimals);
  for (const { address } of makers) {
    await endow(chain, accountId(address), { symbol: cash, amount, by: address, time });
  }
  await tell(chain, market.tape.points[0]!.prices, time);
  const snapshot = await getSnapshot(chain.client, { pool: chain.pool, accounts: [] });
  await listExpiries(chain, { snapshot, expiries: expiriesOf(market), time });
}

function drawAll({ market, params, accounts, seed }: WorldOptions): Trader[] {
  const first = market.tape.points[0]!;
  const prices = Object.fromEntries(
    Object.entries(first.prices).map(([symbol, price]) => [symbol, Number(price) / 1e18]),
  );
  const drawn = drawTraders(accounts, params, prices, createRandom(seedFor(seed, "traders")));
  const menu = { params, prices, expiries: expiriesOf(market) };
  return withBooks(drawn, menu, createRandom(seedFor(seed, "books")));
}
