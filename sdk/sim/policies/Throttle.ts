// How much of each factor auctions may sell (DESIGN §8): a bucket per factor of a quarter of the 1 % depth,
// refilled in ten minutes, USD. The 1 % depth is what the square-root law sells for one per cent at
// a daily σ of five: (1/5)² of a day's volume.

const SHARE = 0.25;
const DEPTH = 0.04; // of a day's volume
const REFILL = 600; // seconds

/** The buckets of a pool. */
export class Throttle {
  private readonly size: readonly number[];
  private readonly left: number[];

  /** @param volumes a day's, USD */
  constructor(volumes: readonly number[]) {
    this.size = volumes.map((volume) => SHARE * DEPTH * volume);
    this.left = [...this.size];
  }

  /** Time passes. */
  step(seconds: number): void {
    for (const [i, size] of this.size.entries()) {
      this.left[i] = Math.min(size, this.left[i]! + (size * seconds) / REFILL);
    }
  }

  /** The fraction of a book of these deltas that may be sold now, at most 1. */
  room(deltas: readonly number[]): number {
    return deltas.reduce((least, delta, i) => {
      return delta === 0 ? least : Math.min(least, this.left[i]! / Math.abs(delta));
    }, 1);
  }

  /** What was sold; who may pass empties it too. */
  take(deltas: readonly number[], fraction: number): void {
    for (const [i, delta] of deltas.entries()) {
      this.left[i] = Math.max(0, this.left[i]! - Math.abs(delta) * fraction);
    }
  }
}
