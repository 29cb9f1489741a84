import type { Random } from "../../sdk/sim/random.ts";
import { Stage } from "../../sdk/snapshot/Snapshot.ts";
import { instrumentId, Kind } from "../../sdk/types/Ids.ts";
import { chance, drawAge, drawWad, type Now, type Scene, upTo } from "./draws.ts";

// What trades on a factor, and what an account holds of it.

type SceneFactor = Scene["factors"][number];
type SceneTerm = SceneFactor["terms"][number];
type ScenePosition = Scene["positions"][number];

const WAD = 10n ** 18n;
const WINDOW = 1_800;
const PERIOD = 1_800;
const MOST = 11n * 10n ** 33n; // a little more than the model takes

export type Book = Pick<Scene, "positions" | "gains">;
export type Trading = Pick<SceneFactor, "market" | "marketParams" | "depth" | "terms">;

/** A share of a number, in millionths. */
function part(of: bigint, low: number, high: number, random: Random): bigint {
  return (of * BigInt(Math.floor((low + random.uniform() * (high - low)) * 1e6))) / 1_000_000n;
}

function signed(random: Random, size: bigint): bigint {
  return chance(random, 0.5) ? size : -size;
}

/** The market of a factor whose spot is about `price`. */
export function drawTrading(random: Random, price: bigint, now: Now): Trading {
  const market = drawMarket(random, price, now);
  return {
    market,
    marketParams: drawMarketParams(random),
    depth: drawDepth(random),
    terms: [...new Set(drawExpiries(random, now))].map((expiry) =>
      drawTerm(random, expiry, { price, market, now }),
    ),
  };
}

/** What a factor's derivatives are charged. */
export function drawMarketParams(random: Random): Trading["marketParams"] {
  const perpMaintenance = 1_000_000 + upTo(random, 99_000_000);
  return {
    listed: true,
    perpMaintenance,
    perpInitial: perpMaintenance + upTo(random, 50_000_000),
    expiryBase: upTo(random, 50_000_000),
    expirySlope: upTo(random, 500_000_000),
    expiryCap: 5_000_000 + upTo(random, 195_000_000),
    fundingCap: upTo(random, 50_000_000),
    tolerance: 5_000_000 + upTo(random, 195_000_000),
  };
}

function drawMarket(random: Random, price: bigint, now: Now): Trading["market"] {
  const premium = chance(random, 0.3) ? 0n : signed(random, drawWad(random, -6, -1.4));
  const age = upTo(random, random.pick([0, 60, 3_600, 86_400]));
  const openInterest = drawWad(random, 0, 7);
  return {
    premium,
    funding: signed(random, part(price, 0, 0.2, random)),
    time: now.timestamp - (chance(random, 0.02) ? drawAge(random) : age),
    boundary: 0,
    openInterest,
    earlier: chance(random, 0.5) ? openInterest : drawWad(random, 0, 7),
    changed: now.number - random.integer(2),
    crowding: chance(random, 0.3) ? 0n : part(WAD, 0, 1, random),
    crowdedAt: now.timestamp - drawAge(random),
    price: part(price, 0.9, 1.1, random),
    seen: now.timestamp - upTo(random, random.pick([0, 60, 600, 1_800, 5_000])),
    silence: upTo(random, 10_000),
    sum: price * 400_000n + drawWad(random, 0, 6),
    instruments: 0,
  };
}

/** At which open interest shocks grow. */
export function drawDepth(random: Random): Trading["depth"] {
  const low = BigInt(Math.floor(10 ** (6 + random.uniform() * 6)));
  const high = low + BigInt(upTo(random, Number(low) * 3));
  return { low, high, cap: low * 10n, onePercent: low };
}

/** Some months away, some within the hour, some in their window, some over. */
function drawExpiries(random: Random, { timestamp }: Now): number[] {
  const ahead = () => [
    timestamp + WINDOW + upTo(random, WINDOW),
    timestamp + 1 + random.integer(WINDOW),
    timestamp + 3_600 + random.integer(2),
    timestamp + upTo(random, 86_400),
    ...[30, 30, 400].map((days) => timestamp + WINDOW + upTo(random, days * 86_400)),
    timestamp - upTo(random, 5_000),
  ];
  return Array.from({ length: random.integer(random.pick([2, 3, 5])) }, () => random.pick(ahead()));
}

interface Place {
  readonly price: bigint;
  readonly market: Trading["market"];
  readonly now: Now;
}

function drawTerm(random: Random, expiry: number, place: Place): SceneTerm {
  const { price, market, now } = place;
  const late = expiry <= now.timestamp && chance(random, 0.3) ? WINDOW * random.integer(3) : 0;
  const windowStart = expiry - WINDOW + late;
  const stage = atLeast(drawStage(random, windowStart, now), market.seen - windowStart);
  return {
    expiry: BigInt(expiry),
    term: {
      atm: 50_000_000 + upTo(random, random.pick([800_000_000, 800_000_000, 3_950_000_000])),
      skew: drawShape(random),
      curvature: drawShape(random),
      basis: chance(random, 0.4) ? 0n : signed(random, drawWad(random, -4, -0.01)),
      posted: now.timestamp - upTo(random, 10_000),
      ...{ stage, windowStart },
      settlement: stage === Stage.Settled ? part(price, 0.5, 1.5, random) : 0n,
      startSum: startSumOf(random, windowStart, place),
      startSilence: 0,
    },
  };
}

function drawShape(random: Random): number {
  const most = random.pick([0, 200_000_000, 200_000_000, 1_000_000_000]);
  return chance(random, 0.5) ? upTo(random, most) : -upTo(random, most);
}

function drawStage(random: Random, windowStart: number, { timestamp }: Now): Stage {
  if (timestamp < windowStart) return Stage.Trading;
  if (timestamp < windowStart + WINDOW) return random.pick([Stage.Trading, Stage.Settling]);
  return random.pick([Stage.Trading, Stage.Settling, Stage.Settled, Stage.Settled]);
}

/** The round `seen` seconds into a window opened it, and one after its end settled it. */
function atLeast(stage: Stage, seen: number): Stage {
  if (seen > WINDOW) return Stage.Settled;
  return seen > 0 && stage === Stage.Trading ? Stage.Settling : stage;
}

/** So that the average so far is near the price, mostly. */
function startSumOf(random: Random, windowStart: number, { price, market, now }: Place): bigint {
  const elapsed = BigInt(Math.max(0, now.timestamp - windowStart));
  const sum = market.sum + market.price * BigInt(now.timestamp - market.seen);
  const average = chance(random, 0.05) ? drawWad(random, -4, 9) : part(price, 0.9, 1.1, random);
  const start = sum - average * elapsed;
  return start < 0n ? 0n : start;
}

/** What a draw of positions looks at. */
export interface Board {
  readonly factors: readonly SceneFactor[];
  readonly priceOf: (factor: number) => bigint;
  readonly now: Now;
}

/** Up to 32 derivatives, and gains of late. */
export function drawBook(random: Random, board: Board): Book {
  const count = random.integer(random.pick([1, 3, 4, 4, 6, 8, 12, 33]));
  const ids = Array.from({ length: count }, () => drawInstrument(random, board));
  const held = [...new Set(ids)];
  return {
    positions: held.map((id) => drawPosition(random, id, board)),
    gains: {
      period: Math.floor(board.now.timestamp / PERIOD) - random.integer(3),
      current: signed(random, drawWad(random, 0, 6)),
      previous: signed(random, drawWad(random, 0, 6)),
    },
  };
}

function drawInstrument(random: Random, { factors, priceOf }: Board): bigint {
  const one = random.pick(factors);
  const factor = Number(one.factor);
  if (one.terms.length === 0 || chance(random, 0.25)) return instrumentId(factor, Kind.Perp);
  const expiry = Number(random.pick(one.terms).expiry);
  const kind = random.pick([Kind.Future, Kind.Call, Kind.Call, Kind.Put, Kind.Put]);
  if (kind === Kind.Future) return instrumentId(factor, kind, expiry);
  return instrumentId(factor, kind, expiry, drawStrike(random, priceOf(factor)));
}

/** One of a few about the price, so that calls and puts meet; now and then far off. */
function drawStrike(random: Random, price: bigint): bigint {
  const shares = [500n, 800n, 900n, 1_000n, 1_000n, 1_100n, 1_250n, 2_000n];
  const strike = chance(random, 0.05)
    ? part(price, 0.01, 20, random)
    : (price * random.pick(shares)) / 1_000n;
  const most = (1n << 48n) - 1n;
  const units = strike / 10n ** 10n;
  return (units < 1n ? 1n : units > most ? most : units) * 10n ** 10n;
}

function drawPosition(random: Random, id: bigint, { priceOf }: Board): ScenePosition {
  const price = priceOf(Number(id >> 88n));
  const dollars = drawWad(random, 0, chance(random, 0.02) ? 9 : 5);
  const whole = (dollars * WAD) / price + 1n;
  const size = whole < MOST ? whole : MOST;
  const kind = Number((id >> 80n) & 0xffn);
  const cut = chance(random, 0.5) ? 0n : part(price, 0, 0.2, random);
  const touched = part(price, -0.1, 0.1, random);
  const entry = kind > Kind.Future ? touched : part(price, 0.8, 1.2, random);
  return { position: { instrument: id, size: signed(random, size) }, entry, cut };
}
