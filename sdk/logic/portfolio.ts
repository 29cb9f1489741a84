import { curvesOf, expiryVega, largestLoss, marksOf, strikeAt } from "../math/CurveMath.ts";
import { accruedOf } from "../math/PerpMath.ts";
import { debtQuote, longQuote } from "../math/PriceMath.ts";
import { AHEAD, INITIAL, OPEN, sharePart, WHOLE } from "../math/ScenarioMath.ts";
import { initialMode, maintenanceMode, shockOf } from "../math/ScenarioMath.ts";
import { abs, max, min, mulDown, mulUp, WAD } from "../math/WadMath.ts";
import type { Account, CashState, Holding, Position, Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, type AssetId, CASH, expiryOf, factorOf } from "../types/Ids.ts";
import {
  instrumentFactorOf,
  isStable,
  isUnderlying,
  Kind,
  kindOf,
  strikeOf,
} from "../types/Ids.ts";
import type { Expiry, Exposure, Pair, Portfolio, Stable, Strike } from "../types/Portfolio.ts";
import type { Quote } from "../types/Price.ts";
import type { Surface } from "../types/Surface.ts";
import { accountOf } from "./accounts.ts";
import { unsocialized, valueOf } from "./cash.ts";
import { openExposure } from "./exposure.ts";
import { expiryStateOf, UNLISTED } from "./factors.ts";
import { chargeAt, marketParamsAt, multiplierAt } from "./effectiveParams.ts";
import type { Look } from "./part.ts";
import { quotePerp } from "./perp.ts";
import { payoutHaircutOf, isCut, isOption, isSettled, payoffOf } from "./positions.ts";
import { quotedAt } from "./rates.ts";
import { expiryAt, waits } from "./expiries.ts";

// From a snapshot and a time to the waist: positions first, then cash with what they have earned, then
// holdings. Twin of contracts/logic/Portfolios.sol.

const NOTHING: Pair = [0n, 0n];

/**
 * All that an account's margin depends on, as the chain would build it at that time.
 *
 * @throws AccountNotInSnapshot, InstrumentNotInSnapshot, UnknownFactor, OutOfBounds, TimeReversed
 */
export function portfolioOf(s: Snapshot, id: AccountId, look: Look): Portfolio {
  return portfolioOfAccount(s, accountOf(s, id), look);
}

/** The same of an account that need not be in the snapshot. */
export function portfolioOfAccount(s: Snapshot, account: Account, look: Look): Portfolio {
  const draft = new Draft(s, look);
  for (const position of account.positions) draft.addPosition(position);
  draft.priceOptions();
  draft.addCash(account);
  for (const held of account.holdings) draft.addHolding(held);
  return draft.finished();
}

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** A portfolio in the making. */
class Draft {
  private readonly exposures: Open<Exposure>[] = [];
  private readonly stables: Stable[] = [];
  private equity = 0n;
  private initialEquity = 0n;
  private gross = 0n;
  private debt = 0n;
  private doubt = 0n;
  private graceMultiplier = WAD;
  private accrued = 0n; // profit of perps, futures and what has settled, cash
  private options = 0n; // marks, cash

  constructor(
    private readonly s: Snapshot,
    private readonly look: Look,
  ) {}

  finished(): Portfolio {
    const { equity, initialEquity, gross, debt, doubt, graceMultiplier, stables, exposures } = this;
    return { equity, initialEquity, gross, debt, doubt, graceMultiplier, stables, exposures };
  }

  addPosition(position: Position): void {
    const { instrument, size } = position;
    const cut = isCut(this.s, instrument);
    const entry = cut || !isOption(instrument) ? position.entry : 0n;
    const held = { ...position, entry: entry + payoutHaircutOf(this.s, instrument, size) };
    if (kindOf(instrument) === Kind.Perp) return this.addPerp(held);
    if (!isSettled(this.s, instrument, this.look.timestamp)) return this.addDated(held);
    const payoff = payoffOf(this.s, instrument, this.look.timestamp);
    this.accrued += accruedOf(size, payoff, held.entry);
  }

  private addPerp({ instrument, size, entry }: Position): void {
    const exposure = this.exposure(instrumentFactorOf(instrument));
    const factor = this.s.factors[exposure.factor]!;
    exposure.basis = marketParamsAt(factor, this.look.timestamp).basis;
    exposure.perps += size;
    const { mark, index } = quotePerp(factor, exposure.index, this.look.timestamp);
    exposure.mark = mark;
    this.accrued += accruedOf(size, index, entry);
  }

  private addDated({ instrument, size, entry }: Position): void {
    const exposure = this.exposure(instrumentFactorOf(instrument));
    const expiry = this.expiry(exposure, instrument);
    if (kindOf(instrument) === Kind.Future) {
      expiry.futures += size;
      this.accrued += accruedOf(size, expiry.forward, entry);
      return;
    }
    this.accrued += accruedOf(size, 0n, entry);
    const option = strikeOfExpiry(expiry, strikeOf(instrument));
    if (kindOf(instrument) === Kind.Call) option.calls += size;
    else option.puts += size;
  }

  /** Marks what options are held, and what their curves make under each shock. */
  priceOptions(): void {
    for (const exposure of this.exposures) {
      exposure.expiries = exposure.expiries.map((expiry) =>
        expiry.strikes.length > 0 ? this.priced(exposure, expiry) : expiry,
      );
    }
  }

  private priced(exposure: Exposure, expiry: Expiry): Expiry {
    const { surface } = this.s.factors[exposure.factor]!.terms[expiry.time] ?? UNLISTED;
    const strikes = expiry.strikes.map((option) => marked(option, expiry, surface));
    const book = { ...expiry, strikes };
    const parts = partsOf(expiry, this.look.modes);
    const curve = (part: number) => (parts.includes(part) ? curveOf(book, exposure, part) : []);
    const vega = exposure.expiries.length > 1 ? expiryVega(book) : 0n;
    const marks = marksOf(book);
    this.options += marks;
    return {
      ...book,
      vega,
      curves: [curve(OPEN), curve(INITIAL), curve(AHEAD), curve(WHOLE)],
      largestLoss: largestLoss(strikes, marks),
    };
  }

  /** Cash with what positions have earned; marks of options count beside it, at its price. */
  addCash(account: Account): void {
    const { s, options, look } = this;
    const cash = valueOf(s.cash, account.principal, look.timestamp);
    const face = cash + this.accrued;
    const owes = face < 0n || account.positions.length > 0;
    this.graceMultiplier = owes ? multiplierAt(s.tiers[account.tier]!, look.timestamp) : WAD;
    if (face === 0n && options === 0n) return;
    const { price, doubtRate } = quotedAt(s, { asset: CASH, face }, look);
    this.doubt += mulUp(mulUp(abs(face), price.price), doubtRate);
    const long = longQuote(price);
    const debt = debtQuote(price);
    if (face < 0n) this.addDebt(face, debt);
    else if (face > 0n) this.addLent(face - unborneLoss(s.cash, max(0n, cash)), long);
    if (options > 0n) this.count(mulDown(options, long.price), long.counted);
    else this.count(mulDown(options, debt.price), true);
  }

  private addDebt(face: bigint, debt: Quote): void {
    this.debt = mulUp(-face, debt.price);
    this.count(-this.debt, true);
    this.addFace(CASH, face, debt);
  }

  private addLent(held: bigint, long: Quote): void {
    this.count(mulDown(held, long.price), long.counted);
    this.addFace(CASH, held, long);
  }

  addHolding(held: Holding): void {
    if (isStable(held.asset)) return this.addStable(held);
    const exposure = this.exposure(factorOf(held.asset));
    if (!isUnderlying(held.asset)) return this.addFollower(exposure, held);
    const value = mulDown(held.amount, exposure.price);
    exposure.spot += value;
    this.gross += value;
    this.count(value, exposure.counted);
  }

  private addStable({ asset, amount }: Holding): void {
    const { price, doubtRate } = quotedAt(this.s, { asset, face: amount }, this.look);
    const quote = longQuote(price);
    const value = mulDown(amount, quote.price);
    this.doubt += mulUp(value, doubtRate);
    this.gross += value;
    this.count(value, quote.counted);
    this.addFace(asset, amount, quote);
  }

  /** What follows an underlying at a rate: LST, share. */
  private addFollower(exposure: Open<Exposure>, { asset, amount }: Holding): void {
    const { price, doubtRate } = quotedAt(this.s, { asset, face: amount }, this.look);
    const quote = longQuote(price);
    const value = mulDown(mulDown(amount, quote.price), exposure.price);
    const charge = chargeAt(this.s.assets[asset], this.look.timestamp);
    const [maintenance, initial] = exposure.lst;
    exposure.spot += value;
    exposure.rateBand += mulUp(value, quote.bandRate);
    exposure.lst = [maintenance + mulUp(value, charge[0]), initial + mulUp(value, charge[1])];
    this.doubt += mulUp(value, doubtRate);
    this.gross += value;
    this.count(value, exposure.counted && quote.counted);
  }

  /** A debt meets no long charge. */
  private addFace(asset: AssetId, face: bigint, { price, bandRate }: Quote): void {
    const longRate = face < 0n ? NOTHING : chargeAt(this.s.assets[asset], this.look.timestamp);
    this.stables.push({ face, price, bandRate, longRate });
  }

  /** A long value counts in equity; IM leans on it only while its price is Ok. */
  private count(value: bigint, counted: boolean): void {
    this.equity += value;
    if (counted) this.initialEquity += value;
  }

  /** The exposure of a factor, opened at its first asset. */
  private exposure(factor: number): Open<Exposure> {
    const found = this.exposures.find((one) => one.factor === factor);
    if (found !== undefined) return found;
    const opened = { ...openExposure(this.s, factor, this.look) };
    this.exposures.push(opened);
    return opened;
  }

  private expiry(exposure: Open<Exposure>, instrument: bigint): Open<Expiry> {
    const time = expiryOf(instrument);
    const found = exposure.expiries.find((one) => one.time === time);
    if (found !== undefined) return found;
    const { timestamp } = this.look;
    const factor = this.s.factors[exposure.factor]!;
    exposure.basis = marketParamsAt(factor, this.look.timestamp).basis;
    const term = expiryStateOf(this.s, instrument, timestamp);
    const opened = { ...expiryAt(factor, term, time, exposure.index, timestamp), strikes: [] };
    if (waits(factor, term, timestamp)) exposure.behind = true;
    exposure.expiries = [...exposure.expiries, opened];
    return opened;
  }
}

/** While an expiry settles maintenance asks for two curves more. */
function partsOf({ ahead }: Expiry, modes: Look["modes"]): number[] {
  if (modes === "initial") return [INITIAL];
  return ahead === WAD ? [OPEN, INITIAL] : [OPEN, INITIAL, AHEAD, WHOLE];
}

function curveOf(book: Expiry, exposure: Exposure, part: number): bigint[] {
  const mode = part === INITIAL ? initialMode() : maintenanceMode();
  const exposed = sharePart(book, book.exposed, part);
  return curvesOf({ ...book, exposed }, shockOf(exposure, mode), mode.halfStep);
}

function strikeOfExpiry(expiry: Expiry, strike: bigint): Open<Strike> {
  const found = expiry.strikes.find((one) => one.strike === strike);
  if (found !== undefined) return found;
  const unmarked = { logMoneyness: 0n, volatility: 0n, call: 0n, delta: 0n };
  const opened = { strike, calls: 0n, puts: 0n, ...unmarked };
  expiry.strikes.push(opened);
  return opened;
}

function marked({ strike, calls, puts }: Strike, { forward, root }: Expiry, surface: Surface) {
  return { ...strikeAt(strike, forward, root, surface), calls, puts };
}

/** A lender's share of losses that the index does not show yet. */
function unborneLoss(c: CashState, cash: bigint): bigint {
  const { loss, bearing } = unsocialized(c);
  const all = max(1n, bearing);
  return (cash * min(loss, all)) / all;
}
