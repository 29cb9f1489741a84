import { WAD } from "../../sdk/math/WadMath.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { type AssetId, assetId, CASH } from "../../sdk/types/Ids.ts";
import type { Seen } from "./seen.ts";
import { lastOf, type World } from "./world.ts";

// What feeds do between two acts, and who tells Pyth's slots. The price of the underlying moves within a reach;
// rates and stables are worth the same throughout, whatever their feeds say.

const UNIT = 10n ** 10n; // wads: eight decimals
const STEP = 0.025; // of the price, a round
const TREND = 0.02;
const LONG = 7_200; // seconds: no window counts
const WRONG = 200; // seconds for which a feed may be wrong: less than the shortest fuse
const SILENCES = [600, 900, 1_800, 3_900, 5_400] as const; // seconds

type Mood = "right" | "silent" | "dead" | "wrong" | "twice";
const MOODS: readonly Mood[] = ["right", "right", "silent", "dead", "wrong", "twice"];

/** What one unit of what is no underlying is worth: of a follower, units of it; USD of a stable. */
export function worthOf({ follower }: World["windows"], asset: AssetId): bigint {
  return asset === follower ? (WAD * 12n) / 10n : WAD;
}

/** How a feed may be wrong, in percent: too high only by what IM covers of whoever borrows against it. */
const WRONGS: Readonly<Record<string, readonly bigint[]>> = {
  follower: [30n, 60n, 85n, 104n],
  stable: [70n, 90n, 102n],
  cash: [97n, 99n, 101n],
};

/** A feed whose asset is worth the same throughout. */
class Steady {
  mood: Mood = "right";
  private wrongSince = Infinity;
  private wasWrong = false;

  constructor(
    private readonly world: World,
    private readonly random: Random,
    private readonly asset: AssetId,
    private readonly wrongs: readonly bigint[],
  ) {}

  /** How long nothing else may happen, lest it is wrong for too long. */
  get room(): number {
    return this.wrongSince + WRONG - this.world.now;
  }

  get isWrong(): boolean {
    return this.wrongSince < Infinity;
  }

  async correct(): Promise<void> {
    await this.sayRight();
    this.mood = "right";
  }

  async move(seen: Seen): Promise<void> {
    const changes = this.random.uniform() < 0.12;
    if (changes) this.mood = this.drawMood();
    if (changes) seen.note(`${this.mood} ${this.asset === CASH ? "cash" : "feed"}`);
    if (changes && this.mood === "wrong") return this.sayWrong();
    if (changes && this.mood === "dead") return this.say(0n);
    const speaks = this.mood === "right" || this.mood === "twice";
    if (!speaks || (!changes && this.random.uniform() < 0.7)) return;
    await this.sayRight();
    if (this.mood === "twice") await this.sayRight();
  }

  /** Wrong once: of two wrong rounds with a right one between them that nobody noted R knows no better. */
  private drawMood(): Mood {
    const mood = this.isWrong ? "right" : this.random.pick(MOODS);
    if (mood !== "wrong") return mood;
    if (this.wasWrong) return "right";
    this.wasWrong = true;
    return "wrong";
  }

  private sayRight(): Promise<void> {
    return this.say(worthOf(this.world.windows, this.asset));
  }

  private async sayWrong(): Promise<void> {
    await this.say(
      (worthOf(this.world.windows, this.asset) * this.random.pick(this.wrongs)) / 100n,
    );
    this.wrongSince = this.world.now;
  }

  private async say(price: bigint): Promise<void> {
    this.wrongSince = Infinity;
    await this.world.say(this.asset, price);
  }
}

export class Course {
  private off = 0; // the price, by its distance from the first
  private silentUntil = 0;
  private awayUntil = 0; // who tells slots
  private readonly trend: number; // of a round
  private readonly steady: readonly Steady[];

  constructor(
    private readonly world: World,
    private readonly random: Random,
    private readonly seen: Seen,
  ) {
    const { follower, stable } = world.windows;
    const named = { follower, stable, cash: CASH };
    if (random.integer(8) === 0) this.silentUntil = world.now + LONG;
    this.trend = random.normal() * TREND;
    this.steady = Object.entries(named).map(
      ([name, asset]) => new Steady(world, random, asset, WRONGS[name]!),
    );
  }

  /** Does any feed say what is not so? */
  get isWrong(): boolean {
    return this.steady.some(({ isWrong }) => isWrong);
  }

  /** Some seconds later; no feed stays wrong for too long. */
  async wait(seconds: number): Promise<void> {
    const until = this.world.now + seconds;
    for (const feed of this.steady) {
      if (!feed.isWrong || feed.room > until - this.world.now) continue;
      this.world.now += Math.max(0, feed.room);
      await feed.correct();
    }
    this.world.now = Math.max(this.world.now, until);
  }

  async move(): Promise<void> {
    await this.moveSlots();
    await this.movePrice();
    for (const feed of this.steady) await feed.move(this.seen);
  }

  private async moveSlots(): Promise<void> {
    const { world, random, seen } = this;
    if (!world.isTold) return;
    if (random.integer(20) === 0) this.awayUntil = world.now + random.pick(SILENCES);
    if (world.now >= this.awayUntil && random.integer(4) > 0) {
      const late = world.now > world.slot + SILENCES[0];
      const told = await world.tell(random.pick([1, 64, 64]));
      if (late && told > 0) seen.note("late slots", told);
    }
    if (random.integer(3) === 0 && (await world.skip())) seen.note("skipped slots");
  }

  private async movePrice(): Promise<void> {
    const { world, random, seen } = this;
    const { first, reach, factor } = world.windows;
    if (world.now < this.silentUntil) return seen.note("silence");
    if (random.integer(25) === 0) this.silentUntil = world.now + random.pick(SILENCES);
    const dead = random.integer(25) === 0;
    if (dead) seen.note("dead underlying");
    const next = this.off + this.trend + random.normal() * STEP;
    this.off = Math.max(-reach, Math.min(reach, next));
    const price = BigInt(Math.round(first * (1 + this.off) * 1e8)) * UNIT;
    await world.say(assetId(factor, 0), dead ? 0n : price);
  }
}

/** Good rounds of everything, as a keeper of the pool would want them. */
export async function calm(world: World): Promise<void> {
  const { windows } = world;
  const price = lastOf(world.quoted);
  await world.say(assetId(windows.factor, 0), price);
  for (const asset of [windows.follower, windows.stable, CASH])
    await world.say(asset, worthOf(windows, asset));
  await world.tell(64);
  await world.skip();
}
