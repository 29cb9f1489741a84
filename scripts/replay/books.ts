import { parseUnits } from "viem";

import { initialMargin } from "../../sdk/math/MarginMath.ts";
import { max, min, mulDown, WAD } from "../../sdk/math/WadMath.ts";
import { buildInstrument } from "../../sdk/orders/index.ts";
import type { Params } from "../../sdk/params/params.ts";
import type { Position } from "../../sdk/snapshot/Snapshot.ts";
import { EMPTY } from "../../sdk/logic/accounts.ts";
import { portfolioOfAccount } from "../../sdk/logic/portfolio.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import type { InstrumentId } from "../../sdk/types/Ids.ts";
import type { Random } from "../../sdk/sim/random.ts";
import type { View } from "./Exchange.ts";
import { datedOf } from "./expiries.ts";
import {
  type Book,
  type Leg,
  type Style,
  STYLES,
  type Trader,
  unitsOf,
} from "../../sdk/sim/traders.ts";

const GRAIN = 10n ** 12n; // sizes are millionths of a unit
const MOST_GEARED = 8n; // notional of one leg, in equities
const IN_CASH = 0.7; // of those who trade on margin alone post cash, the others spot

/** Styles that lean on spot of their underlying; the others lean on margin alone. */
const ON_SPOT: readonly Style[] = ["basis trade", "covered call", "collar", "long put"];

/** What there is to trade. */
export interface Menu {
  readonly params: Params;
  readonly prices: Readonly<Record<string, number>>; // USD
  readonly expiries: readonly number[]; // Unix seconds
}

/** Every second trader gets a book of derivatives; the others stay as they are. */
export function withBooks(traders: readonly Trader[], menu: Menu, random: Random): Trader[] {
  if (datedOf(menu.params).length === 0) return [...traders];
  const styles: Style[] = [];
  return traders.map((trader, i) => {
    if (i % 2 === 0) return trader;
    if (styles.length === 0) styles.push(...random.shuffle(STYLES));
    return withBook(trader, drawBook(styles.pop()!, menu, random), menu, random);
  });
}

function withBook(trader: Trader, book: Book, { params, prices }: Menu, random: Random): Trader {
  const inCash = random.uniform() < IN_CASH;
  if (ON_SPOT.includes(book.style)) {
    const others = trader.holdings.slice(1).filter(({ symbol }) => symbol !== book.symbol);
    const amount = unitsOf(params, book.symbol, trader.size / prices[book.symbol]!);
    return { ...trader, holdings: [{ symbol: book.symbol, amount }, ...others], cash: 0n, book };
  }
  if (!inCash) return { ...trader, leverage: 0, book };
  const cash = Object.keys(params.stables).find((s) => params.stables[s]!.cash)!;
  return { ...trader, holdings: [], cash: unitsOf(params, cash, trader.size), leverage: 0, book };
}

/** Draws the legs of a style. */
function drawBook(style: Style, menu: Menu, random: Random): Book {
  const { params } = menu;
  const dated = datedOf(params);
  const listed = Object.keys(params.listings).filter((s) => params.assets[s]?.index === 0);
  const symbol = random.pick(style === "directional perp" ? [...dated, ...listed] : dated);
  const [share, turn] = [0.4 + 0.55 * random.uniform(), random.uniform()];
  const on = { symbol, menu, expiry: random.pick(menu.expiries) };
  return { style, symbol, share, legs: legsOf(style, on, turn) };
}

interface On {
  readonly symbol: string;
  readonly menu: Menu;
  readonly expiry: number;
}

/** `turn`, from 0 to 1, chooses side and strikes. */
function legsOf(style: Style, on: On, turn: number): Leg[] {
  const [perp, future] = [perpOf(on), futureOf(on)];
  const put = optionOf(on, "put", turn < 0.5 ? 0.9 : 0.8);
  const call = optionOf(on, "call", turn < 0.5 ? 1.1 : 1.2);
  const long = (instrument: InstrumentId): Leg => ({ instrument, ratio: 1 });
  const short = (instrument: InstrumentId): Leg => ({ instrument, ratio: -1 });
  switch (style) {
    case "basis trade":
      return [short(perp)];
    case "directional perp":
      return [turn < 0.7 ? long(perp) : short(perp)];
    case "future against perp":
      return turn < 0.5 ? [long(future), short(perp)] : [short(future), long(perp)];
    case "covered call":
      return [short(call)];
    case "collar":
      return [long(put), short(call)];
    case "short strangle":
      return [short(put), short(call)];
    case "long put":
      return [long(put)];
  }
}

function factorOf({ symbol, menu }: On): number {
  return menu.params.factors[symbol]!.id;
}

function perpOf(on: On): InstrumentId {
  return buildInstrument({ factor: factorOf(on), kind: "perp" });
}

function futureOf(on: On): InstrumentId {
  return buildInstrument({ factor: factorOf(on), kind: "future", expiry: on.expiry });
}

/** The strike is `moneyness` of the first price, in two digits. */
function optionOf(on: On, kind: "call" | "put", moneyness: number): InstrumentId {
  const price = Number((on.menu.prices[on.symbol]! * moneyness).toPrecision(2));
  const strike = parseUnits(price.toFixed(8), 18);
  return buildInstrument({ factor: factorOf(on), kind, expiry: on.expiry, strike });
}

/** What a book is scaled by. */
export interface Means {
  readonly spot: bigint; // units held of the underlying, wad
  readonly equity: bigint; // USD
}

/** Units of a book that a trader starts with. */
export function scaleOf({ style, legs, share }: Book, means: Means, view: View): bigint {
  const part = BigInt(Math.floor(share * 1e6)) * 10n ** 12n;
  if (ON_SPOT.includes(style)) return grained(mulDown(part, means.spot));
  const { spot } = quoteOf(view.snapshot, legs[0]!.instrument, view.time);
  const room = mulDown(part, means.equity);
  const carried = (room * WAD) / max(1n, dearest(legs, view));
  return grained(min(carried, (MOST_GEARED * means.equity * WAD) / spot));
}

/** Units of one leg. */
export function unitsOfLeg({ ratio }: Leg, scale: bigint): bigint {
  return ratio < 0 ? -scale : scale;
}

/** The most IM that one unit asks for while its legs are opened one after the other. */
function dearest(legs: readonly Leg[], { snapshot, time }: View): bigint {
  const positions = legs.map((leg): Position => {
    const { index } = quoteOf(snapshot, leg.instrument, time);
    return { instrument: leg.instrument, size: unitsOfLeg(leg, WAD), entry: index };
  });
  const look = { timestamp: time, view: "conservative", modes: "initial" } as const;
  return positions
    .map((_, i) => ({ ...EMPTY, positions: positions.slice(0, i + 1) }))
    .map((account) => initialMargin(portfolioOfAccount(snapshot, account, look)))
    .reduce(max);
}

function grained(units: bigint): bigint {
  return units - (units % GRAIN);
}
