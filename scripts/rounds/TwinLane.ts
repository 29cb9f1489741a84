import {
  hourVolatility,
  initialVolatility,
  listedVolatility,
} from "../../sdk/math/VolatilityMath.ts";
import type { Estimate, Factor, PendingRound, Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { catchUp, observe } from "../../sdk/logic/estimates.ts";
import type { VolatilityBounds } from "../../sdk/types/Volatility.ts";
import type { Feed } from "./Feed.ts";

const ID = 1;

/** One factor's estimates in the SDK, fed as the chain's are. */
export class TwinLane {
  estimate: Estimate;
  readonly #bounds: VolatilityBounds;
  readonly #feed: Feed;

  /** Lists a factor at the feed's latest round. */
  constructor(feed: Feed, bounds: VolatilityBounds) {
    const { id, price, time } = feed.at(feed.latest)!;
    this.#feed = feed;
    this.#bounds = bounds;
    const listed = listedVolatility(price, bounds);
    this.estimate = { ...listed, crowded: false, cut: false, time, round: id };
  }

  /** `observe(factor, most)` at a time. Returns how many rounds it took. */
  observe(most: number, timestamp: number): number {
    const s = this.#snapshot(this.#feed.after(this.estimate.round, most));
    const { state, processed } = observe(s, ID, most, timestamp);
    this.estimate = state.factors[ID]!.estimate;
    return processed;
  }

  /** What a risk-adding act does by itself. @throws EstimateBehind */
  catchUp(timestamp: number): void {
    const s = this.#snapshot(this.pending());
    this.estimate = catchUp(s, ID, timestamp).factors[ID]!.estimate;
  }

  /** Rounds that wait. */
  pending(): PendingRound[] {
    return this.#feed.after(this.estimate.round);
  }

  #snapshot(pending: PendingRound[]): Snapshot {
    const { floor, stress } = this.#bounds;
    const params = { volatilityFloor: floor, volatilityStress: stress };
    const factor = {
      params,
      estimate: this.estimate,
      pending,
      ramp: null,
      told: null,
      market: { boundary: 0 },
    };
    return { factors: { [ID]: factor as unknown as Factor } } as unknown as Snapshot;
  }
}

/** All that is stored of an estimate, as one text. */
export function keyOf(e: Estimate): string {
  const { hour, day, month, used, maintenance, price, time, round } = e;
  return [hour, day, month, used, maintenance, price, time, round].join(" ");
}

/** σIM as stored. */
export function initialOf({ used, hour }: Estimate): bigint {
  return initialVolatility(used, hourVolatility(hour));
}
