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

  /** @param volumes a day's, USD */
  constructor(volumes: readonly number[]) {
    this.sizes = volumes.map((volume) => ThrottleMath.sizeOf(wad(DEPTH * volume)));
    this.used = this.sizes.map(() => 0n);
  }

  /** Time passes. */
  step(seconds: number): void {
    this.used = this.used.map((used, i) =>
      ThrottleMath.usedAfter(used, this.sizes[i]!, BigInt(seconds)),
    );
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

function unitsOf(delta: number): bigint {
  return wad(Math.abs(delta));
}
