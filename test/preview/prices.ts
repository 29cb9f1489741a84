import type { Random } from "../../sdk/sim/random.ts";
import { SYMBOLS, type Market } from "./openMarket.ts";

const FIRST: Readonly<Record<string, number>> = {
  ...{ BTC: 7_900, ETH: 195, SOL: 40, LINK: 4, wstETH: 1.2, USDC: 1, USDT: 1, DAI: 1 },
};
const MORTAL: readonly string[] = ["wstETH", "USDT", "DAI"]; // whose feeds die at times
const QUIET: readonly string[] = ["wstETH", "USDC", "USDT", "DAI"];

/** Feeds that wander, crash and come back. */
export interface Prices {
  /** Nothing, one round, or one of every feed and all of them observed. Says whether it did. */
  move(): Promise<boolean>;
  /** One round of every feed, and all of them observed. */
  all(): Promise<void>;
  one(symbol: string): Promise<void>;
}

export function openPrices(market: Market, random: Random): Prices {
  const now = { ...FIRST };

  async function round(symbol: string) {
    const quiet = QUIET.includes(symbol);
    const crash = !quiet && random.integer(10) === 0 ? -0.25 : 0;
    const pull = (quiet ? 0.5 : 0.04) * Math.log(FIRST[symbol]! / now[symbol]!);
    now[symbol] = now[symbol]! * Math.exp((quiet ? 0.003 : 0.02) * random.normal() + crash + pull);
    const dies = MORTAL.includes(symbol) && random.integer(8) === 0;
    await market.setPrice(symbol, dies ? 0 : now[symbol].toFixed(8));
  }

  async function all() {
    for (const symbol of SYMBOLS) await round(symbol);
    for (const factor of [1n, 2n, 3n, 4n]) await market.clearinghouse.write.observe([factor, 64n]);
  }

  async function move() {
    const lot = random.integer(12);
    if (lot < 2) await round(random.pick(SYMBOLS));
    if (lot === 11) await all();
    return lot < 2 || lot === 11;
  }

  return { move, all, one: round };
}
