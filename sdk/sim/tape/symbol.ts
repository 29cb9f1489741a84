import { coinName, COINS, CONTRACTS, DOLLARS, OTHER_MONEY, VENUES } from "./coins.ts";
import { AmbiguousSymbol, UnknownSymbol } from "./errors.ts";

/** A market by its names: what is traded, and for what; no `quote` where the symbol says none. */
export interface Pair {
  readonly base: string;
  readonly quote?: string;
}

/** Bitfinex writes `tBTCUSD`, `tDOGE:USD`, `tBTCF0:USTF0`, and calls USDT `UST`. */
const BITFINEX = /^t(?=[A-Z0-9:]{6,}$)([A-Z0-9]+?)(?:F0)?(:?)(USD|UST|[A-Z]{3})(?:F0)?$/;
/** Kraken writes `XXBTZUSD`, `XETHZEUR`. */
const KRAKEN = /^(X[A-Z]{3})Z([A-Z]{3})$/;
const DAY = "(?:0[1-9]|[12]\\d|3[01])";
const EXPIRY = new RegExp(
  `^(?:\\d\\d(?:0[1-9]|1[0-2])${DAY}|\\d?\\d[a-z]{3}\\d\\d|[fghjkmnquvxz]\\d\\d|(?:bi)?quarter(?:ly)?)$`,
  "i",
);
const SHORTEST = 2; // letters of a coin that stands before its currency without a separator

/**
 * The base name of a data symbol, as a pool lists it: `ETH-USDT-PERP.BINANCE`, `ETHFDUSD`,
 * `BTCUSD_PERP`, `XXBTZUSD` and `tBTCUSD` are `ETH`, `ETH`, `BTC`, `BTC`, `BTC`. What is not
 * quoted in dollars is another market: `ETHBTC` is `ETH-BTC`, `STETH-ETH.CHAINLINK` is `STETH-ETH`.
 * A symbol that says neither, such as a dated future, keeps its whole name.
 */
export function baseName(symbol: string): string {
  const { base, quote } = pairOf(symbol);
  return quote === undefined || DOLLARS.has(quote) ? base : `${base}-${quote}`;
}

/** What a data symbol says of its market. */
export function pairOf(symbol: string): Pair {
  const text = unwrapped(symbol.trim());
  const [head = "", ...tail] = text.toUpperCase().split(".");
  const pair = pairOfParts(partsOf(head));
  const isVenue = VENUES.has(tail[0]!) || (pair.quote !== undefined && !isExpiry(tail[0]!));
  if (tail.length === 0 || isVenue) return pair;
  return pairOfParts(partsOf(text.toUpperCase().replaceAll(".", "-")));
}

/** When a future expires, as symbols say it: `230630`, `30JUN23`, `Z23`, `QUARTER`. */
export function isExpiry(text: string): boolean {
  return EXPIRY.test(text);
}

/**
 * Which series of a file make the tape: full name to base name, in the tape's order.
 *
 * @param series every full name of the file, in its order
 * @param wanted full or base names, or `ETH=NAME` for a NAME that is to be ETH; empty for all
 * @throws UnknownSymbol a name the file does not hold
 * @throws AmbiguousSymbol two of the series share a base name
 */
export function chooseSeries(
  file: string,
  series: readonly string[],
  wanted: readonly string[],
): Map<string, string> {
  const all = series.map((full) => [full, baseName(full)] as const);
  const chosen = new Map(wanted.length === 0 ? all : wanted.flatMap((one) => find(file, all, one)));
  for (const base of new Set(chosen.values())) {
    const names = [...chosen.keys()].filter((name) => chosen.get(name) === base);
    if (names.length > 1) throw new AmbiguousSymbol(file, base, names);
  }
  return chosen;
}

/** `ETH=NAME` in its halves; of another text, itself and no name to go by. */
export function halvesOf(wanted: string): { name: string; base?: string } {
  const at = wanted.indexOf("=");
  if (at < 0) return { name: wanted.trim() };
  return { name: wanted.slice(at + 1).trim(), base: wanted.slice(0, at).trim() };
}

type Named = readonly (readonly [full: string, base: string])[];

function find(file: string, series: Named, asked: string): Named {
  const { name, base } = halvesOf(asked);
  const wanted = name.toUpperCase();
  const exact = series.filter(([full]) => full.toUpperCase() === wanted);
  const found = exact.length > 0 ? exact : series.filter(([, known]) => known === wanted);
  if (found.length > 0) return base === undefined ? found : found.map(([full]) => [full, base]);
  const remedy = `. If one of these is ${name}, say so: --symbol ${base ?? name}=NAME`;
  const known = series.map(([full]) => full);
  throw new UnknownSymbol(file, name, known, remedy);
}

/** Without what vendors wrap a pair in: `Crypto.ETH/USD`, `ETH/USDT:USDT`, Bitfinex's `t`. */
function unwrapped(text: string): string {
  if (BITFINEX.test(text)) {
    const [, base, separator, quote] = BITFINEX.exec(text)!;
    return `${base}${separator}${quote === "UST" ? "USDT" : quote}`;
  }
  const plain = text.replace(/^crypto\./i, "");
  return /^([^:]+\/[^:]+):[A-Za-z0-9]+$/.exec(plain)?.[1] ?? plain;
}

function partsOf(text: string): string[] {
  const parts = text.split(/[-/_:\s]+/).filter((part) => part !== "");
  const isVendors = VENUES.has(parts[0]!) && (parts.length > 2 || !isMoney(parts[1] ?? "USD"));
  const own = isVendors ? parts.slice(1) : parts;
  return isVendors && own.length > 2 && CONTRACTS.has(own[0]!) ? own.slice(1) : own;
}

function pairOfParts(parts: readonly string[]): Pair {
  const last = parts.at(-1) ?? "";
  if (parts.length > 1 && CONTRACTS.has(last))
    return contractOn(pairOfParts(parts.slice(0, -1)), last);
  if (parts.length === 1) return pairOfWord(last);
  const isPair = parts.length === 2 && isMoney(last);
  return isPair ? { base: coinName(parts[0]!), quote: last } : { base: parts.join("-") };
}

/** A perpetual that names no currency is one in dollars: Deribit's and FTX's. */
function contractOn(pair: Pair, contract: string): Pair {
  const isBare = pair.quote === undefined && COINS.has(pair.base);
  return isBare && contract.startsWith("PERP") ? { ...pair, quote: "USD" } : pair;
}

function isMoney(name: string): boolean {
  return DOLLARS.has(name) || OTHER_MONEY.has(name) || COINS.has(name);
}

/** A name without separators; where only the coin could tell where to cut, and none does, whole. */
function pairOfWord(word: string): Pair {
  if (COINS.has(word) || DOLLARS.has(word)) return { base: coinName(word) };
  const [, coin, money] = KRAKEN.exec(word) ?? [];
  if (coin !== undefined && isMoney(money!)) return { base: coinName(coin), quote: money! };
  const cuts = payoutHaircutsOf(word);
  const known = cuts.filter(({ base }) => COINS.has(base) || DOLLARS.has(base));
  const sure = known.length > 0 ? known : cuts.filter(({ quote }) => DOLLARS.has(quote));
  const [cut, ...others] = sure;
  if (cut !== undefined && others.length === 0) return { ...cut, base: coinName(cut.base) };
  const perp = coinName(/^(.{2,})PERP$/.exec(word)?.[1] ?? "");
  return COINS.has(perp) ? { base: perp, quote: "USD" } : { base: coinName(word) };
}

function payoutHaircutsOf(word: string): Required<Pair>[] {
  const quotes = [...DOLLARS, ...OTHER_MONEY].filter((quote) => word.endsWith(quote));
  const cuts = quotes.map((quote) => ({ base: word.slice(0, -quote.length), quote }));
  return cuts.filter(({ base }) => base.length >= SHORTEST && base !== "USD");
}
