import { NO_DERIVATIVES } from "../../book/derivatives.ts";
import { pairOf } from "../../book/listed.ts";
import { portfolioOf as portfolioOfBook } from "../../book/portfolio.ts";
import {
  hourVolatility,
  listedVolatility,
  observeVolatility,
  rootUp,
  volatilityRatio,
} from "../../math/VolatilityMath.ts";
import { WAD } from "../../math/WadMath.ts";
import { wadOf } from "../../params/decimal.ts";
import { aggregatedOf, marketOf, publishedOf } from "../../params/feeds.ts";
import type { Params } from "../../params/params.ts";
import type { Exposure, Pair } from "../../types/Portfolio.ts";
import type { Volatility, VolatilityBounds } from "../../types/Volatility.ts";
import type { Tape } from "../tape/Tape.ts";
import { usd, type ConditionCheck } from "./Book.ts";
import { factorsOf } from "./Path.ts";

const YEAR_DAYS = 365;

/** What a pool knows of its factors' volatility, stepped at every round. */
export class Estimates {
  private readonly empty: readonly Exposure[];
  private readonly followed: readonly Pair[];
  private readonly cashCharge: Pair;
  private readonly bounds: readonly VolatilityBounds[];

  private constructor(
    params: Params,
    private states: readonly Volatility[],
    private time: number,
  ) {
    const factors = factorsOf(params);
    this.bounds = factors.map((factor) => boundsOf(params, factor));
    this.empty = factors.map((factor) => emptyExposure(params, factor));
    this.followed = factors.map((factor) => chargeOf(params, factor));
    this.cashCharge = pairOf(Object.values(params.stables).find(({ cash }) => cash)!.charge);
  }

  /**
   * The estimates as a crash begins: what the time before it taught, or as a factor is listed if nothing is
   * known. The record of the time before may be of another venue; its last price is forgotten.
   */
  static at(
    params: Params,
    prices: readonly bigint[],
    time: number,
    before?: Tape | undefined,
  ): Estimates {
    const learnt = before === undefined ? listed(params, prices) : learn(params, before);
    return new Estimates(
      params,
      learnt.map((one, i) => ({ ...one, price: prices[i]! })),
      time,
    );
  }

  /** One round of every factor. */
  observe(prices: readonly bigint[], time: number): void {
    const elapsed = BigInt(time - this.time);
    if (elapsed === 0n) return;
    this.states = this.states.map((state, i) =>
      observeVolatility(state, prices[i]!, elapsed, this.bounds[i]!),
    );
    this.time = time;
  }

  /** The market at these prices, as margin calls see it: IM at σused. */
  sight(prices: readonly bigint[]): ConditionCheck {
    const { time, followed, cashCharge } = this;
    const exposures = this.empty.map((exposure, i) => {
      const { used, hour, maintenance } = this.states[i]!;
      const hourly = hourVolatility(hour);
      const [price, index, mark] = [prices[i]!, prices[i]!, prices[i]!];
      const volatility = [maintenance, used] as const;
      const seen = { price, index, mark, used, volatility, updated: time };
      return { ...exposure, ...seen, volatilityRatio: volatilityRatio(used, hourly) };
    });
    return { time, prices, exposures, followed, cashCharge };
  }

  /** σ of the last day, per day. */
  daily(): number[] {
    return this.states.map(({ day }) => usd(rootUp(day)) / Math.sqrt(YEAR_DAYS));
  }

  /** σ of the last hour, per year. */
  hourly(): number[] {
    return this.states.map(({ hour }) => usd(hourVolatility(hour)));
  }
}

function listed(params: Params, prices: readonly bigint[]): Volatility[] {
  return factorsOf(params).map((factor, i) =>
    listedVolatility(prices[i]!, boundsOf(params, factor)),
  );
}

function learn(params: Params, { points }: Tape): Volatility[] {
  const factors = factorsOf(params);
  let last = points[0]!;
  let states = listed(
    params,
    factors.map((factor) => last.prices[factor]!),
  );
  for (const point of points.slice(1)) {
    const elapsed = BigInt(point.time - last.time);
    states = states.map((state, i) => {
      const factor = factors[i]!;
      return observeVolatility(state, point.prices[factor]!, elapsed, boundsOf(params, factor));
    });
    last = point;
  }
  return states;
}

function boundsOf({ factors }: Params, factor: string): VolatilityBounds {
  const { volatilityFloor, volatilityStress } = factors[factor]!;
  return { floor: wadOf(volatilityFloor), stress: wadOf(volatilityStress) };
}

/** What is true of a factor whoever holds it: as a book of one perp sees it, without the perp. */
function emptyExposure(params: Params, factor: string): Exposure {
  const feed = marketOf(params.listings[factor]!.feed)!;
  const { deviation } = (aggregatedOf(feed) ?? publishedOf(feed))!;
  const { dailyVolume } = params.factors[factor]!;
  const market = {
    ...{ price: WAD, sigma: WAD, band: wadOf(deviation), adv: wadOf(dailyVolume) },
    ...{ openInterest: 0n, perp: { premium: 0n }, expiries: [] },
  };
  const positions = [{ kind: "perp", factor, size: WAD }] as const;
  const book = { index: 0, factors: { [factor]: market }, assets: {}, stables: {}, positions };
  const exposure = portfolioOfBook(book, params).exposures[0]!;
  return { ...exposure, ...NO_DERIVATIVES, basis: exposure.basis };
}

/** What is charged on what follows a factor: the dearest of it. */
function chargeOf({ assets }: Params, factor: string): Pair {
  const charges = Object.values(assets)
    .filter((asset) => asset.factor === factor && asset.index > 0)
    .map(({ charge }) => pairOf(charge!));
  return charges.reduce((a, b) => (b[0] > a[0] ? b : a), [0n, 0n] as Pair);
}

/** How much a maintenance shock may have grown since: at most 1 % an hour. */
export function grown(seconds: number): number {
  return Math.pow(1.01, seconds / 3_600);
}
