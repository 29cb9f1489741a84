import { maintenanceMode, shockOf } from "../../math/ScenarioMath.ts";
import type { Random } from "../random.ts";
import {
  judge,
  usd,
  weightOf,
  netOf,
  type Book,
  type Judged,
  type ConditionCheck,
} from "./Book.ts";
import { CLEAR, type Call } from "./Call.ts";
import { grown } from "./Estimates.ts";
import type { Owner } from "./population.ts";

const ROUNDING = 1.000_001; // floats
const CHARGES = 0.15; // of what is added to a book, beyond its shock
const LOOK = 600; // seconds that an owner's attention is a chance for

/** An account of a pool in a crash. */
export class Account {
  book: Book;
  call: Call = CLEAR;
  deadline = 0; // of a fixed grace; zero for none
  sold = false; // anything, in this call
  waits = false; // for the throttle
  heaviest = 0; // factor of its book as its auction opened
  scarce = 0n; // seconds that factor's bucket had been under half full by then, a wad
  reserve: number;
  private readonly attention: number;
  /** What it would be without any sale. */
  shadow: Shadow | undefined;
  private anchor: Anchor | undefined;

  constructor(
    owner: Owner,
    readonly multiplier: bigint,
    readonly random: Random,
  ) {
    this.book = owner.book;
    this.attention = owner.attention;
    this.reserve = owner.reserve;
  }

  /** Exactly as the chain would judge it. */
  judge(sight: ConditionCheck): Judged {
    const judged = judge(this.book, sight, this.multiplier);
    this.anchor = anchorOf(this.book, sight, judged, usd(this.multiplier));
    return judged;
  }

  /** Is it certain, without asking, that no call is open, nothing cools, and health is above `least`? */
  isQuiet(prices: readonly number[], time: number, least: number): boolean {
    const { anchor, call } = this;
    if (anchor === undefined || call.phase !== "clear" || call.fuse > 0n) return false;
    return isSafe(anchor, prices, time, least);
  }

  /** Does its owner look within so many seconds? One draw, whoever asks. */
  looks(seconds: number): boolean {
    return this.random.uniform() < 1 - Math.pow(1 - this.attention, seconds / LOOK);
  }
}

/** What was known when an account was last judged. */
interface Anchor {
  readonly time: number;
  readonly own: number; // its requirement
  readonly cash: number;
  readonly net: readonly number[];
  readonly weights: readonly number[];
  readonly prices: readonly number[];
}

function anchorOf(book: Book, sight: ConditionCheck, { own }: Judged, multiplier: number): Anchor {
  return {
    time: sight.time,
    own: usd(own),
    cash: usd(book.cash),
    net: netOf(book).map(usd),
    weights: sight.exposures.map((exposure, i) => {
      const shock = usd(shockOf(exposure, maintenanceMode()));
      return multiplier * (shock + CHARGES) * usd(weightOf(book, i));
    }),
    prices: sight.prices.map(usd),
  };
}

/**
 * A book now is the book then and what its prices moved by. RM is subadditive, and what was added asks for
 * its shock and 15 % of its value at most; no maintenance shock grows faster than 1 % an hour. So its
 * requirement is at most
 *   (own then + m·Σ (shock + 0.15)·weight·|price now − price then|)·1.01^hours
 * and equity above `least` times that leaves nothing to ask.
 */
function isSafe(anchor: Anchor, prices: readonly number[], time: number, least: number): boolean {
  const { net, weights } = anchor;
  let [equity, own] = [anchor.cash, anchor.own];
  for (let i = 0; i < prices.length; ++i) {
    equity += net[i]! * prices[i]!;
    own += weights[i]! * Math.abs(prices[i]! - anchor.prices[i]!);
  }
  const needed = own * least * ROUNDING;
  return equity > needed && equity > needed * grown(time - anchor.time);
}

/** Could it have stayed as it was? */
export class Shadow {
  private ruined = false;
  private readonly cash: number;
  private readonly net: readonly number[];

  constructor(
    private readonly book: Book,
    private readonly multiplier: bigint,
  ) {
    this.cash = usd(book.cash);
    this.net = netOf(book).map(usd);
  }

  /** Time passes. */
  step(prices: readonly number[]): void {
    const equity = this.net.reduce((sum, units, i) => sum + units * prices[i]!, this.cash);
    this.ruined ||= equity < 0;
  }

  /** Never below zero, and healthy in the end. */
  isWell(sight: ConditionCheck): boolean {
    if (this.ruined) return false;
    const { equity, maintenance } = judge(this.book, sight, this.multiplier);
    return equity >= maintenance;
  }
}
