import { COINS } from "./coins.ts";
import { baseName, isExpiry, pairOf } from "./symbol.ts";

/** A file's name without folders and endings. */
export function stemOf(file: string): string {
  const [last = file] = file.split(/[\\/]/).slice(-1);
  return last.replace(/\.gz$/i, "").replace(/\.[a-z]+$/i, "");
}

/**
 * The market that a file's name says: `ETHUSDT` of `ETHUSDT-1h-2020-03.csv`, `ETH-EUR` of
 * `kraken_ETH-EUR_60.csv`. It must name a known coin and what it is quoted in, and no second pair.
 *
 * @returns null where it says none, or more than one
 */
export function marketIn(file: string): string | null {
  const words = stemOf(file).split(/[^A-Za-z0-9]+/);
  const found = words.flatMap((word, i) => {
    const pair = [word, `${word}-${words[i + 1]}`].find(isPair);
    if (pair === undefined) return [];
    const next = words[i + (pair === word ? 1 : 2)] ?? "";
    return [isExpiry(next) ? `${pair}_${next}` : pair];
  });
  return new Set(found.map(baseName)).size === 1 ? found.at(-1)! : null;
}

function isPair(name: string): boolean {
  const { base, quote } = pairOf(name);
  return quote !== undefined && COINS.has(base);
}
