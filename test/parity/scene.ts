import type { Random } from "../../sdk/sim/random.ts";
import { assetId, CASH, FUND, isUnderlying, ownerOf, STABLES } from "../../sdk/types/Ids.ts";
import type { AssetId } from "../../sdk/types/Ids.ts";
import { Status } from "../../sdk/types/Price.ts";
import { chance, drawAge, drawWad, type Now, type Scene, upTo } from "./draws.ts";
import { drawBook, drawDepth, drawMarketParams, drawTrading } from "./market.ts";

// Accounts as no verb would leave them: every member drawn on its own.

export { type Now, type Scene } from "./draws.ts";

type SceneFactor = Scene["factors"][number];
type SceneAsset = Scene["assets"][number];

const FACTORS = [1, 2, 3, 4, 5, 6, 7, 250];
const SPOT = [...FACTORS.map((factor) => assetId(factor, 0)), ...[2, 3].map((f) => assetId(f, 1))];
const POOL: readonly AssetId[] = [
  ...SPOT,
  ...[assetId(2, 2), assetId(3, 2), assetId(1, 1), assetId(4, 1)],
  ...[1, 2, 3].map((index) => assetId(STABLES, index)),
];

/** One random account, its pool and its prices, in about the block `now`. */
export function drawScene(random: Random, now: Now): Scene {
  const held = random.shuffle(POOL).slice(0, random.integer(random.pick([2, 3, 3, 8])));
  const kept = chance(random, 0.05) ? random.shuffle(POOL).slice(0, 16) : held;
  const traded = random.shuffle(FACTORS).slice(0, random.integer(random.pick([2, 2, 3, 3, 4, 9])));
  const factors = FACTORS.filter(
    (factor) => traded.includes(factor) || kept.some((asset) => asset >> 8 === factor),
  );
  const underlyings = factors.map((factor) => assetId(factor, 0));
  const ids = [...new Set([CASH, ...kept, ...underlyings])];
  const assets = ids.map((asset) => drawAsset(random, asset, now));
  const scene = factors.map((factor) => drawFactor(random, { factor, assets, now }));
  const priceOf = (factor: number) => spotOf(scene, assets, factor);
  const board = { factors: scene, priceOf, now };
  const none = { positions: [], gains: { period: 0, current: 0n, previous: 0n } };
  const book = factors.length === 0 ? none : drawBook(random, board);
  const count = { positions: book.positions.length, gained: book.gains.current !== 0n };
  return {
    account: { ...drawAccount(random, kept), ...count },
    ...book,
    cash: drawCash(random, now.timestamp),
    tiers: [0, 1, 2, 3].map(() => drawTier(random, now)) as unknown as Scene["tiers"],
    factors: scene,
    assets,
  };
}

function drawTier(random: Random, now: Now): Scene["tiers"][number] {
  return {
    longest: upTo(random, 86_400),
    multiplier: 1_000_000_000 + upTo(random, 2_000_000_000),
    before: 1_000_000_000 + upTo(random, 2_000_000_000),
    changed: drawChanged(random, now),
  };
}

/** When parameters were changed: mostly long ago, and at times just now. */
function drawChanged(random: Random, { timestamp }: Now): number {
  const lasted = [0, 1, 3_599, 3_600, 100_000, 259_199, 259_200, 9_000_000];
  return chance(random, 0.6) ? 0 : timestamp - upTo(random, random.pick(lasted));
}

/** Of a dead feed, the last price known. */
function spotOf(factors: readonly SceneFactor[], assets: readonly SceneAsset[], id: number) {
  const { price } = assets.find(({ asset }) => asset === assetId(id, 0))!.price;
  if (price > 0n) return price;
  return factors.find(({ factor }) => factor === BigInt(id))!.estimate.price;
}

function drawAccount(random: Random, assets: readonly AssetId[]) {
  const slots = assets.map((asset) => (drawAmount(random) << 16n) | BigInt(asset));
  return {
    principal: drawPrincipal(random),
    phase: random.integer(3),
    tier: random.integer(4),
    fuse: 0n,
    finder: ownerOf(FUND),
    warned: false,
    heaviest: 0,
    scarce: 0n,
    owes: false,
    sponsorship: { sponsor: ownerOf(FUND), fee: 0, owed: 0n },
    poked: 0,
    holdings: [...slots, ...Array<bigint>(16 - slots.length).fill(0n)] as never,
    call: {
      ...{ cover: 0n, health: 0n, certain: false, longest: 0, opened: 0, lowSeen: 0 },
      ...{ low: 0, thinSeen: 0, backed: 0, sold: 0, unbookedLoss: 0n, brokeSeen: 0 },
    },
  };
}

function drawAmount(random: Random): bigint {
  return chance(random, 0.02) ? drawWad(random, 7, 14.9) : drawWad(random, -18, 7);
}

function drawPrincipal(random: Random): bigint {
  const size = chance(random, 0.02) ? drawWad(random, 9, 12) : drawWad(random, -6, 8);
  return [0n, size, -size, -size, -size][random.integer(5)]!;
}

function drawCash(random: Random, now: number): Scene["cash"] {
  const supplied = drawWad(random, 0, 11);
  const deficit = chance(random, 0.25) ? drawWad(random, -6, 9) : 0n;
  const shortfall = chance(random, 0.25) ? drawWad(random, -6, 9) : 0n;
  const fund = chance(random, 0.5) ? drawWad(random, -6, 0) : 0n;
  return {
    supplyIndex: drawWad(random, -0.5, 1),
    borrowIndex: drawWad(random, 0, 1),
    accrued: now - drawAge(random),
    supplyRate: upTo(random, 10 ** 11),
    borrowRate: upTo(random, 10 ** 11),
    ...{ supplied, borrowed: supplied / 2n, fund, booked: supplied / 2n, deficit, shortfall },
    ...{ lossToday: 0n, lossDay: 0 },
  };
}

interface Spot {
  readonly factor: number;
  readonly assets: readonly SceneAsset[];
  readonly now: Now;
}

function drawFactor(random: Random, { factor, assets, now }: Spot): SceneFactor {
  const { price } = assets.find(({ asset }) => asset === assetId(factor, 0))!.price;
  const estimate = drawEstimate(random, now.timestamp);
  const params = drawFactorParams(random);
  return {
    factor: BigInt(factor),
    params,
    estimate,
    ...drawTrading(random, price > 0n ? price : estimate.price, now),
    ramp: drawRamp(random, params, now),
  };
}

/** What parameters were before; what no line leads between was the same. */
function drawRamp(random: Random, now_: SceneFactor["params"], now: Now): SceneFactor["ramp"] {
  const before = drawFactorParams(random);
  const dailyVolume = now_.dailyVolume === 0 ? 0 : before.dailyVolume + 1;
  return {
    factor: { ...before, alt: now_.alt, dailyVolume },
    ...{ market: drawMarketParams(random), depth: drawDepth(random) },
    factorChanged: drawChanged(random, now),
    marketChanged: drawChanged(random, now),
  };
}

function drawFactorParams(random: Random): SceneFactor["params"] {
  const exitMaintenance = upTo(random, 100_000_000);
  return {
    shockFloor: 10_000_000 + upTo(random, 390_000_000),
    volatilityFloor: 50_000_000 + upTo(random, 2_900_000_000),
    volatilityStress: 50_000_000 + upTo(random, 3_950_000_000),
    correlation: upTo(random, 1_000_000_000),
    exitMaintenance,
    exitInitial: exitMaintenance + upTo(random, 50_000_000),
    alt: chance(random, 0.5),
    listed: true,
    dailyVolume: chance(random, 0.3) ? 0 : Math.floor(10 ** (random.uniform() * 11)),
  };
}

function drawEstimate(random: Random, now: number): SceneFactor["estimate"] {
  const used = drawWad(random, -1.5, 0.6);
  return {
    used,
    maintenance: chance(random, 0.5) ? used : drawWad(random, -1.5, 0.6),
    hour: drawWad(random, -6, 3.5),
    time: chance(random, 0.005) ? 0 : now - drawAge(random),
    crowded: chance(random, 0.4),
    ramping: chance(random, 0.4),
    cut: chance(random, 0.3),
    day: drawWad(random, -6, 3.5),
    month: drawWad(random, -6, 3.5),
    price: drawWad(random, -9, 9.9),
    round: 0n,
  };
}

function drawAsset(random: Random, asset: AssetId, now: Now): SceneAsset {
  const chargeMaintenance = upTo(random, 100_000_000);
  const chargeInitial = chargeMaintenance + upTo(random, 30_000_000);
  return {
    asset,
    params: {
      ...{ chargeMaintenance, chargeInitial },
      maintenanceBefore: upTo(random, 100_000_000),
      initialBefore: upTo(random, 130_000_000),
      changed: drawChanged(random, now),
    },
    rate: drawRate(random, asset, now),
    price: drawPrice(random, asset, now.timestamp),
  };
}

/** What is known of a rate; of an underlying it is never read. */
function drawRate(random: Random, asset: AssetId, now: Now): SceneAsset["rate"] {
  const times = { heardAt: now.timestamp - drawAge(random), grown: 0 };
  const [sound, top, heard] = [0, 0, 0].map(() => drawMark(random, asset)) as [
    bigint,
    bigint,
    bigint,
  ];
  const named = chance(random, 0.7) ? 0n : drawMark(random, asset);
  return { sound, top, heard, ...times, named, namedAt: now.timestamp - upTo(random, 200_000) };
}

function drawPrice(random: Random, asset: AssetId, now: number): SceneAsset["price"] {
  const status = chance(random, 0.7) ? Status.Ok : 1 + random.integer(3);
  const price = status === Status.Dead ? 0n : drawMark(random, asset);
  const share = (part: number) =>
    (price * BigInt(Math.floor(random.uniform() * part))) / 1_000_000n;
  const deviation = share(20_000);
  const wide = chance(random, 0.1) ? share(1_500_000) : share(200_000);
  const band = status === Status.Ok && chance(random, 0.7) ? deviation : wide;
  return { price, band, deviation, updated: BigInt(now - drawAge(random)), status };
}

/** USD: of stables near one, of what follows an underlying a rate, of the rest anything. */
function drawMark(random: Random, asset: AssetId): bigint {
  if (asset >> 8 === STABLES) return drawWad(random, -0.1, 0.05);
  if (!isUnderlying(asset)) return drawWad(random, -0.5, 0.5);
  return chance(random, 0.05) ? drawWad(random, -18, 9.9) : drawWad(random, -4, 5);
}
