import { debtQuote, longQuote } from "../math/PriceMath.ts";
import { total } from "../total.ts";
import { max, min, mulDown, mulUp, WAD } from "../math/WadMath.ts";
import type { Account, CashState, Holding, Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, type AssetId, CASH, factorOf, isStable } from "../types/Ids.ts";
import type { Pair, Portfolio, Stable } from "../types/Portfolio.ts";
import type { Quote } from "../types/Price.ts";
import { accountOf, factorsHeld } from "./accounts.ts";
import { lent, valueOf } from "./cash.ts";
import { exposurePart } from "./exposure.ts";
import { longPart, type Look, type Part } from "./part.ts";
import { priceAt, seen } from "./price.ts";

// From a snapshot and a time to the waist. Twin of contracts/logic/Risk.sol.

/** A stable, and what it adds. */
interface Face extends Part {
  readonly stable: Stable;
}

const NOTHING: Pair = [0n, 0n];

/**
 * All that an account's margin depends on, as the chain would build it at that time.
 *
 * @throws AccountNotInSnapshot, UnknownFactor, OutOfBounds, TimeReversed
 */
export function portfolioOf(s: Snapshot, id: AccountId, look: Look): Portfolio {
  return portfolioOfAccount(s, accountOf(s, id), look);
}

/** The same of an account that need not be in the snapshot. */
export function portfolioOfAccount(s: Snapshot, account: Account, look: Look): Portfolio {
  const cash = valueOf(s.cash, account.principal, look.timestamp);
  const faces = facesOf(s, account, cash, look);
  const exposures = factorsHeld(account.holdings).map((factor) =>
    exposurePart(s, factor, holdingsOf(account, factor), look),
  );
  const parts: readonly Part[] = [...faces, ...exposures];
  return {
    equity: total(parts.map((part) => part.equity)),
    initialEquity: total(parts.map((part) => part.initialEquity)),
    gross: total(parts.map((part) => part.gross)),
    debt: cash < 0n ? -faces[0]!.equity : 0n,
    graceMultiplier: cash < 0n ? s.tiers[account.tier]!.multiplier : WAD,
    stables: faces.map(({ stable }) => stable),
    exposures: exposures.map(({ exposure }) => exposure),
  };
}

function holdingsOf({ holdings }: Account, factor: number): Holding[] {
  return holdings.filter(({ asset }) => factorOf(asset) === factor);
}

/** Cash first, then the stables in slot order. */
function facesOf(s: Snapshot, account: Account, cash: bigint, look: Look): Face[] {
  const stables = account.holdings.filter(({ asset }) => isStable(asset));
  const held = stables.map((one) => stableFace(s, one, look));
  return account.principal === 0n ? held : [cashFace(s, cash, look), ...held];
}

function cashFace(s: Snapshot, cash: bigint, look: Look): Face {
  const price = seen(priceAt(s, CASH, look.timestamp), look.view);
  if (cash < 0n) return debtFace(cash, debtQuote(price));
  const quote = longQuote(price);
  const held = cash - unborneLoss(s.cash, cash);
  const part = longPart(mulDown(held, quote.price), quote.counted);
  return { ...part, gross: 0n, stable: longFace(s, CASH, held, quote) };
}

/** A debt meets no long charge. */
function debtFace(cash: bigint, { price, bandRate }: Quote): Face {
  const debt = mulUp(-cash, price);
  const stable = { face: cash, price, bandRate, longRate: NOTHING };
  return { equity: -debt, initialEquity: -debt, gross: 0n, stable };
}

function stableFace(s: Snapshot, { asset, amount }: Holding, look: Look): Face {
  const quote = longQuote(seen(priceAt(s, asset, look.timestamp), look.view));
  const part = longPart(mulDown(amount, quote.price), quote.counted);
  return { ...part, stable: longFace(s, asset, amount, quote) };
}

function longFace(s: Snapshot, asset: AssetId, face: bigint, quote: Quote): Stable {
  const longRate = s.assets[asset]?.charge ?? NOTHING;
  return { face, price: quote.price, bandRate: quote.bandRate, longRate };
}

/** A lender's share of a booked loss that the index does not show yet. */
function unborneLoss(c: CashState, cash: bigint): bigint {
  if (c.deficit === 0n) return 0n;
  const all = max(1n, lent(c));
  return (cash * min(c.deficit, all)) / all;
}
