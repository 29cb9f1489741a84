import { parseUnits, type Abi, type Address } from "viem";

import { aggregatorAbi } from "../../sdk/generated/aggregatorAbi.ts";
import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { oracleAbi } from "../../sdk/generated/oracleAbi.ts";
import { tokenAbi } from "../../sdk/generated/tokenAbi.ts";
import { factorStruct } from "../deploy/settings.ts";
import { aggregatorOf } from "../../sdk/params/feeds.ts";
import type { FactorParams, Params } from "../../sdk/params/params.ts";
import type { Estimate } from "../../sdk/snapshot/Snapshot.ts";
import { accountId, assetId, type AccountId } from "../../sdk/types/Ids.ts";
import { endow, openChain, verb, type LocalChain } from "../replay/LocalChain.ts";
import type { FeedRound } from "./Feed.ts";
import type { Rounds } from "./file.ts";

const LEAD = 7_200; // seconds between the pool's birth and the first round
const LENT = 1_000_000n * 10n ** 6n; // cash there is to borrow
const UNITS = 1_000; // of the asset in each account
const CASH_LIFE = 5 * 86_400; // the feed of cash is told anew after so long
const LONGEST_HEARTBEAT = 604_800;
const WAD = 10n ** 18n;

/** One factor of its own on the shared feed, and an account that holds its asset. */
export interface Lane {
  readonly factor: bigint;
  readonly asset: Address;
  readonly owner: Address;
  readonly account: AccountId;
}

/** A pool whose factors all follow one Chainlink aggregator: each lane is observed apart. */
export interface RoundsChain {
  readonly chain: LocalChain;
  readonly aggregator: Address;
  readonly lanes: readonly Lane[];
  readonly decimals: number;
  readonly cash: string; // symbol
  clock: number;
  told: number; // when the feed of cash was told last
  latest: FeedRound; // of the newest phase
}

/** What a stage is built from. */
export interface RoundsChainOptions {
  readonly params: Params;
  readonly factor: FactorParams; // every lane's
  readonly rounds: Rounds;
  readonly lanes: number;
}

/** Deploys the pool and the feed, tells the first round, and lists every lane at it. */
export async function openRoundsChain({
  params,
  factor,
  rounds,
  lanes,
}: RoundsChainOptions): Promise<RoundsChain> {
  const first = rounds.rounds[0]!;
  const cash = Object.keys(params.stables).find((symbol) => params.stables[symbol]!.cash)!;
  const listing = structuredClone(params.listings[cash]!);
  aggregatorOf(listing.feed).heartbeat = LONGEST_HEARTBEAT;
  const alone = { ...params, listings: { [cash]: listing } };
  const chain = await openChain({ params: alone, start: first.time - LEAD, actors: lanes + 1 });
  const { viem } = chain.connection;
  const mock = await viem.deployContract("MockV3Aggregator", [rounds.decimals, 1n]);
  const tokens: Address[] = [];
  for (let i = 0; i < lanes; i++) {
    tokens.push((await viem.deployContract("Token", [`LANE${i}`, 18])).address);
  }
  const stage: RoundsChain = {
    ...{ chain, aggregator: mock.address, decimals: rounds.decimals, cash },
    ...{ lanes: tokens.map((asset, i) => laneOf(chain, asset, i)) },
    ...{ clock: first.time, told: 0, latest: first },
  };
  await publish(stage, first);
  const lender = { symbol: cash, amount: LENT, by: chain.actors[0]!, time: stage.clock };
  await endow(chain, accountId(lender.by), lender);
  for (const lane of stage.lanes) await list(stage, lane, factor);
  return stage;
}

function laneOf(chain: LocalChain, asset: Address, i: number): Lane {
  const owner = chain.actors[1 + i]!;
  return { factor: BigInt(1 + i), asset, owner, account: accountId(owner) };
}

async function list(stage: RoundsChain, lane: Lane, params: FactorParams): Promise<void> {
  const id = assetId(Number(lane.factor), 0);
  const { clearinghouse: to, oracle, vault } = stage.chain.pool;
  const trust = [LONGEST_HEARTBEAT, 5_000_000, 1_000_000_000]; // heartbeat, deviation, volatility
  const clearinghouse = { to, abi: clearinghouseAbi };
  const charge = { chargeMaintenance: 0, chargeInitial: 0 };
  await send(stage, { to: oracle, abi: oracleAbi }, "setFeed", [id, stage.aggregator, ...trust]);
  await send(stage, clearinghouse, "setFactor", [lane.factor, factorStruct(params)]);
  await send(stage, clearinghouse, "setAsset", [id, lane.asset, charge]);
  await send(stage, clearinghouse, "setListing", [lane.asset, false, 1_000_000n * WAD]);
  const amount = parseUnits(String(UNITS), 18);
  const token = { to: lane.asset, abi: tokenAbi, from: lane.owner };
  await send(stage, token, "mint", [lane.owner, amount]);
  await send(stage, token, "approve", [vault, amount]);
  await verb(stage.chain, "deposit", [lane.account, lane.asset, amount], lane.owner, stage.clock);
}

/** Whom a call goes to; from actor 0 if nobody else is named. */
interface Called {
  readonly to: Address;
  readonly abi: Abi;
  readonly from?: Address;
}

function send(
  { chain, clock }: RoundsChain,
  called: Called,
  name: string,
  args: readonly unknown[],
) {
  return chain.send({ from: chain.actors[0]!, ...called, name, args, time: clock });
}

/** A round comes, at its own time and under its own id, by `updateRoundData`. */
export async function publish(stage: RoundsChain, round: FeedRound): Promise<void> {
  stage.clock = Math.max(stage.clock, round.came);
  await write(stage, round);
  if (round.id >= stage.latest.id) stage.latest = round;
  else await write(stage, stage.latest); // a proxy's latest round is the newest phase's
}

function write(stage: RoundsChain, { id, price, time }: FeedRound) {
  const answer = price / 10n ** BigInt(18 - stage.decimals);
  const args = [id, answer, BigInt(time), BigInt(time)];
  return send(stage, { to: stage.aggregator, abi: aggregatorAbi }, "updateRoundData", args);
}

/** `observe(factor, most)` by anyone. */
export async function observe(stage: RoundsChain, lane: Lane, most: number, by = 0): Promise<void> {
  const caller = stage.chain.actors[by]!;
  await verb(stage.chain, "observe", [lane.factor, BigInt(most)], caller, stage.clock);
}

/** The owner borrows one unit of cash: a risk-adding act. Throws what the chain reverts with. */
export async function borrow(stage: RoundsChain, lane: Lane): Promise<void> {
  await refreshCash(stage);
  const cash = stage.chain.pool.tokens[stage.cash]!;
  const args = [lane.account, cash, 1n, lane.owner];
  await verb(stage.chain, "withdraw", args, lane.owner, stage.clock);
}

async function refreshCash(stage: RoundsChain): Promise<void> {
  if (stage.clock - stage.told < CASH_LIFE) return;
  stage.told = stage.clock;
  const feed = stage.chain.pool.feeds[stage.cash]!;
  await send(stage, { to: feed, abi: aggregatorAbi }, "updateAnswer", [10n ** 8n]);
}

/** The estimates of a lane as the chain has stored them. */
export async function estimateOf({ chain }: RoundsChain, lane: Lane): Promise<Estimate> {
  const clearinghouse = { address: chain.pool.clearinghouse, abi: clearinghouseAbi } as const;
  const [, e] = await chain.client.readContract({
    ...{ ...clearinghouse, functionName: "factorOf", args: [lane.factor] },
  });
  return { ...e, time: Number(e.time) };
}

/** σIM as the chain's own portfolio of the lane's account has it, in the block of its last act. */
export async function initialRead({ chain }: RoundsChain, lane: Lane): Promise<bigint> {
  const clearinghouse = { address: chain.pool.clearinghouse, abi: clearinghouseAbi } as const;
  const book = await chain.client.readContract({
    ...{ ...clearinghouse, functionName: "portfolio", args: [lane.account] },
  });
  return book.exposures[0]!.volatility[1];
}
