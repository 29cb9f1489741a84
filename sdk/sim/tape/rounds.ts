/**
 * A tape from the rounds of a Chainlink feed, over RPC.
 *
 * A proxy numbers its rounds phase * 2^64 + round of the phase's aggregator
 * (https://docs.chain.link/data-feeds/historical-data). Inside a phase ids count up by one; a new
 * aggregator starts a new phase at 1, so the walk back goes through `phaseAggregators`.
 */
import {
  BaseError,
  ContractFunctionRevertedError,
  parseAbi,
  zeroAddress,
  type Address,
  type PublicClient,
} from "viem";
import { EmptyTape } from "./errors.ts";
import { merge, type Tape } from "./Tape.ts";

const PROXY = parseAbi([
  "function decimals() view returns (uint8)",
  "function description() view returns (string)",
  "function phaseAggregators(uint16 phase) view returns (address)",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
  "function getRoundData(uint80 id) view returns (uint80, int256, uint256, uint256, uint80)",
]);
const AGGREGATOR = parseAbi(["function latestRound() view returns (uint256)"]);
const PHASE_BITS = 64n;
/** Rounds asked for at once; a client that batches sends them as one request. */
const AT_ONCE = 50n;
const WAD_PLACES = 18;

/** What `loadRounds` needs of a viem client. */
export type RoundsClient = Pick<PublicClient, "readContract">;

/** Which rounds to load. */
export interface RoundsOptions {
  /** The proxy of the feed. */
  readonly feed: Address;
  /** Unix seconds, both included. */
  readonly from: number;
  readonly to: number;
  /** The base name in the tape. */
  readonly symbol: string;
  /** Called after each request. */
  readonly onProgress?: ((progress: RoundsProgress) => void) | undefined;
}

/** How far the walk back has come. */
export interface RoundsProgress {
  /** Rounds read so far. */
  readonly rounds: number;
  /** Time of the oldest of them, unix seconds; it falls towards `from`. */
  readonly oldest: number;
}

interface Round {
  readonly symbol: string;
  readonly time: number;
  readonly price: bigint;
}

interface Walk extends RoundsOptions {
  readonly client: RoundsClient;
  readonly decimals: number;
}

interface Phase {
  /** Id of its round 0, which does not exist. */
  readonly base: bigint;
  /** Its rounds count from 1 to this. */
  readonly last: bigint;
}

/**
 * Walks a feed back from its latest round to `from`, through all phases. Rounds that were never
 * answered, and answers of zero or less, are left out. Where an old phase kept running beside the
 * new one, the new one's rounds stand. Of two rounds in one second the later id stands.
 *
 * @throws EmptyTape no round lies between `from` and `to`
 */
export async function loadRounds(client: RoundsClient, options: RoundsOptions): Promise<Tape> {
  const { feed: address, from, to, symbol } = options;
  const proxy = { address, abi: PROXY } as const;
  const decimals = await client.readContract({ ...proxy, functionName: "decimals" });
  const title = await client.readContract({ ...proxy, functionName: "description" });
  const rounds = await collect({ ...options, client, decimals });
  const points = merge(rounds.toReversed()).filter(({ time }) => from <= time && time <= to);
  const source = `Chainlink ${title} ${address}`;
  if (points.length > 0) return { name: symbol, source, symbols: [symbol], points };
  const times = rounds.map((round) => round.time);
  throw new EmptyTape(source, { from, to }, { from: Math.min(...times), to: Math.max(...times) });
}

/** Rounds from the newest wanted back to the first before `from`. */
async function collect(walk: Walk): Promise<Round[]> {
  const rounds: Round[] = [];
  for await (const batch of walkBack(walk)) {
    rounds.push(...batch);
    const oldest = rounds.at(-1)?.time ?? Infinity;
    walk.onProgress?.({ rounds: rounds.length, oldest });
    if (oldest < walk.from) break;
  }
  return rounds;
}

async function* walkBack(walk: Walk): AsyncGenerator<Round[]> {
  let before = Infinity;
  for await (const phase of phasesBack(walk)) {
    let oldest = before;
    for await (const batch of walkPhase(walk, phase, before)) {
      oldest = batch.at(-1)?.time ?? oldest;
      yield batch;
    }
    before = oldest;
  }
}

async function* phasesBack({ client, feed: address }: Walk): AsyncGenerator<Phase> {
  const proxy = { address, abi: PROXY } as const;
  const [latest] = await client.readContract({ ...proxy, functionName: "latestRoundData" });
  const newest = latest >> PHASE_BITS;
  yield { base: newest << PHASE_BITS, last: latest - (newest << PHASE_BITS) };
  for (let phase = newest - 1n; phase > 0n; phase--) {
    const args = [Number(phase)] as const;
    const old = await client.readContract({ ...proxy, functionName: "phaseAggregators", args });
    const aggregator = { address: old, abi: AGGREGATOR, functionName: "latestRound" } as const;
    if (old === zeroAddress) continue;
    yield { base: phase << PHASE_BITS, last: await client.readContract(aggregator) };
  }
}

/** The rounds of one phase that are older than `before`, newest first, some at a time. */
async function* walkPhase(walk: Walk, phase: Phase, before: number): AsyncGenerator<Round[]> {
  const until = Math.min(walk.to, before);
  for (let next = await newestUntil(walk, phase, until); next > 0n; next -= AT_ONCE) {
    const size = Number(next < AT_ONCE ? next : AT_ONCE);
    const ids = Array.from({ length: size }, (_, i) => phase.base + next - BigInt(i));
    const read = await Promise.all(ids.map((id) => readRound(walk, id)));
    yield read.filter((round) => round !== null).filter(({ time }) => time < before);
  }
}

/**
 * The highest round of a phase that is not known to be newer than a time, by bisection. A round
 * without an answer counts as not newer: that can only make the walk longer, never lose a round.
 */
async function newestUntil(walk: Walk, { base, last }: Phase, until: number): Promise<bigint> {
  let [low, high] = [0n, last];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    const round = await readRound(walk, base + middle);
    if (round !== null && round.time > until) high = middle - 1n;
    else low = middle;
  }
  return low;
}

async function readRound(walk: Walk, id: bigint): Promise<Round | null> {
  const { client, feed: address, symbol, decimals } = walk;
  const call = { address, abi: PROXY, functionName: "getRoundData", args: [id] } as const;
  try {
    const [, answer, , updatedAt] = await client.readContract(call);
    if (updatedAt === 0n || answer <= 0n) return null;
    return { symbol, time: Number(updatedAt), price: toWad(answer, decimals) };
  } catch (error) {
    if (isRevert(error)) return null;
    throw error;
  }
}

/** Old aggregators revert ("No data present") for a round without an answer. */
function isRevert(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  return error.walk((cause) => cause instanceof ContractFunctionRevertedError) !== null;
}

function toWad(answer: bigint, decimals: number): bigint {
  const places = BigInt(Math.abs(WAD_PLACES - decimals));
  return decimals > WAD_PLACES ? answer / 10n ** places : answer * 10n ** places;
}
