// How much of each factor auctions may sell: the house's buckets, in USD. The 1 % depth is what the
// square-root law sells for one per cent at a daily σ of five: (1/5)² of a day's volume.

import * as ThrottleMath from "../../math/ThrottleMath.ts";
import { min, WAD } from "../../math/WadMath.ts";
import { wad } from "./Book.ts";

const DEPTH = 0.04; // of a day's volume

/** The buckets of a pool. */
export class Throttle {
  private readonly sizes: readonly bigint[];
  private used: readonly bigint[];
  private scarce: readonly bigint[]; // seconds ever under half full, wads

  /** @param volumes a day's, USD */
  constructor(volumes: readonly number[]) {
    this.sizes = volumes.map((volume) => ThrottleMath.sizeOf(wad(DEPTH * volume)));
    this.used = this.sizes.map(() => 0n);
    this.scarce = this.sizes.map(() => 0n);
  }

  /** Time passes. */
  step(seconds: number): void {
    this.scarce = this.scarce.map((before, i) => {
      return before + ThrottleMath.scarceFor(this.used[i]!, this.sizes[i]!, BigInt(seconds));
    });
    this.used = this.used.map((used, i) =>
      ThrottleMath.usedAfter(used, this.sizes[i]!, BigInt(seconds)),
    );
  }

  /** Seconds that a factor's bucket was ever under half full, a wad. */
  scarceOf(factor: number): bigint {
    return this.scarce[factor]!;
  }

  /** The fraction of a book of these deltas that may be sold now, a wad. */
  room(deltas: readonly number[]): bigint {
    return this.sizes
      .map((size, i) => ThrottleMath.roomOf(size - this.used[i]!, unitsOf(deltas[i]!)))
      .reduce(min, WAD);
  }

  /** What was sold; who may pass empties it too. */
  take(deltas: readonly number[], fraction: bigint): void {
    this.used = this.used.map((used, i) =>
      min(this.sizes[i]!, used + ThrottleMath.soldOf(fraction, unitsOf(deltas[i]!))),
    );
  }
}

/** The factor that a book of these deltas weighs most in. */
export function heaviestOf(deltas: readonly number[]): number {
  return deltas.reduce(
    (most, delta, i) => (Math.abs(delta) > Math.abs(deltas[most]!) ? i : most),
    0,
  );
}

function unitsOf(delta: number): bigint {
  return wad(Math.abs(delta));
}
