import { AmbiguousSymbol, UnknownSymbol } from "./errors.ts";

/** Currencies that stand for the dollar on the right of a pair. */
const DOLLARS = new Set(["USD", "USDT", "USDC", "BUSD", "FDUSD", "TUSD"]);
const CONTRACTS = new Set(["PERP", "SPOT", "SWAP"]);
const GLUED = /^(.{2,})(?:USDT|USDC)$/;

/**
 * The base name of a data symbol: `ETH-USDT-PERP.BINANCE`, `ETH/USD` and `ETHUSDT` are `ETH`;
 * `STETH-ETH.CHAINLINK`, which is not priced in dollars, is `STETH-ETH`; `USDC-USD` is `USDC`.
 */
export function baseName(symbol: string): string {
  const [pair = symbol] = symbol.trim().toUpperCase().split(".");
  const parts = pair.split(/[-/_]/).filter((part) => part !== "");
  while (parts.length > 1 && CONTRACTS.has(parts.at(-1)!)) parts.pop();
  if (parts.length > 1 && DOLLARS.has(parts.at(-1)!)) parts.pop();
  return parts.length === 1 ? unglued(parts[0]!) : parts.join("-");
}

/**
 * Which series of a file make the tape: full name to base name, in the tape's order.
 *
 * @param series every full name of the file, in its order
 * @param wanted full or base names; empty for all
 * @throws UnknownSymbol a name the file does not hold
 * @throws AmbiguousSymbol two of the series share a base name
 */
export function chooseSeries(
  file: string,
  series: readonly string[],
  wanted: readonly string[],
): Map<string, string> {
  const chosen = wanted.length === 0 ? series : wanted.flatMap((name) => find(file, series, name));
  const distinct = [...new Set(chosen)];
  for (const base of new Set(distinct.map(baseName))) {
    const names = distinct.filter((name) => baseName(name) === base);
    if (names.length > 1) throw new AmbiguousSymbol(file, base, names);
  }
  return new Map(distinct.map((name) => [name, baseName(name)]));
}

function find(file: string, series: readonly string[], name: string): string[] {
  const wanted = name.trim().toUpperCase();
  const exact = series.filter((full) => full.toUpperCase() === wanted);
  const found = exact.length > 0 ? exact : series.filter((full) => baseName(full) === wanted);
  if (found.length === 0) throw new UnknownSymbol(file, name, series);
  return found;
}

function unglued(name: string): string {
  return GLUED.exec(name)?.[1] ?? name;
}
