import {
  curvesOf,
  expiryVega,
  largestLoss,
  marksOf,
  moveOf,
  movesOf,
  strikeAt,
} from "../math/CurveMath.ts";
import { expiryRate } from "../math/MarginMath.ts";
import { rootTimeOf } from "../math/OptionMath.ts";
import { perpMark } from "../math/PerpMath.ts";
import { AHEAD, INITIAL, OPEN, sharePart, WHOLE } from "../math/ScenarioMath.ts";
import { initialMode, maintenanceMode, maintenanceModeOf, shockOf } from "../math/ScenarioMath.ts";
import {
  exposedShare,
  forwardOf,
  settledShare,
  settlingForward,
  WINDOW,
} from "../math/SettlementMath.ts";
import { abs, mulDown, WAD } from "../math/WadMath.ts";
import { wadOf } from "../params/decimal.ts";
import { Invalid } from "../params/errors.ts";
import type { MarketParams } from "../params/params.ts";
import { decimalText } from "../decimal.ts";
import { total } from "../total.ts";
import type { BasisRates, Curves, Expiry, Exposure, Mode, Strike } from "../types/Portfolio.ts";
import type { Market } from "./Book.ts";
import { pairOf } from "./listed.ts";
import type { FutureLeg, Leg, OptionLeg } from "./legs.ts";
import { expiryStateOf } from "./quotes.ts";

// The derivatives of one factor, as contracts/logic/Portfolios.sol adds them to an exposure: same sums,
// same rounding. Nothing has accrued: what a position has earned so far is in the book's cash.

/** The part of an exposure that derivatives are. */
export type Derivatives = Pick<Exposure, "perps" | "mark" | "expiries" | "basis">;

/** One expiry, and what its options are worth. */
interface Dated {
  readonly expiry: Expiry;
  readonly marks: bigint;
}

/** The factor that derivatives are of. */
interface Underlying {
  readonly market: Market;
  readonly basis: BasisRates;
  readonly shocks: readonly [bigint, bigint];
}

/** What an exposure has before any derivative is held of it. */
export const NO_DERIVATIVES: Derivatives = {
  perps: 0n,
  mark: 0n,
  expiries: [],
  basis: { perp: [0n, 0n], expiry: 0n, expirySlope: 0n, expiryCap: 0n },
};

/**
 * The derivatives that `legs` of one factor are, and what options among them are worth, in cash.
 *
 * @param exposure what the factor is, with no derivative yet
 */
export function derivativesOf(
  legs: readonly Leg[],
  exposure: Exposure,
  market: Market,
  params: MarketParams,
): { readonly derivatives: Derivatives; readonly marks: bigint } {
  if (legs.length === 0) return { derivatives: NO_DERIVATIVES, marks: 0n };
  const basis = basisOf(params);
  const shocks = inBoth((mode) => shockOf(exposure, mode));
  const dated = byExpiry(legs).map((one) => datedOf(one, { market, basis, shocks }));
  const perps = legs.filter(({ kind }) => kind === "perp");
  const derivatives = {
    perps: total(perps.map(({ size }) => size)),
    mark: perps.length === 0 ? 0n : perpMark(market.price, market.perp.premium),
    expiries: dated.map(({ expiry }) => (dated.length < 2 ? { ...expiry, vega: 0n } : expiry)),
    basis,
  };
  return { derivatives, marks: total(dated.map(({ marks }) => marks)) };
}

/** A premium that fills can bring about: half of what a perp is charged. @throws Invalid */
export function requirePremium({ perp }: Market, { perpBasis }: MarketParams, path: string): void {
  const most = wadOf(perpBasis[0]) / 2n;
  if (abs(perp.premium) <= most) return;
  const given = Number(decimalText(perp.premium));
  throw new Invalid(path, given, `at most ${decimalText(most)} either way`);
}

function basisOf({ perpBasis, expiryBasis }: MarketParams): BasisRates {
  return {
    perp: pairOf(perpBasis),
    expiry: wadOf(expiryBasis.base),
    expirySlope: wadOf(expiryBasis.slope),
    expiryCap: wadOf(expiryBasis.cap),
  };
}

function inBoth<T>(ask: (mode: Mode) => T): readonly [T, T] {
  return [ask(maintenanceMode()), ask(initialMode())];
}

type DatedLeg = FutureLeg | OptionLeg;

/** The legs that expire, together with those that expire with them. */
function byExpiry(legs: readonly Leg[]): DatedLeg[][] {
  const dated = legs.filter((leg) => leg.kind !== "perp");
  const times = [...new Set(dated.map(({ left }) => left))];
  return times.map((time) => dated.filter(({ left }) => left === time));
}

/**
 * One expiry. A book may price an option on another forward than the future beside it: such options
 * are a part of their own, and since the ladder moves all puts by the expiry's forward, their curves
 * hold the difference.
 */
function datedOf(legs: readonly DatedLeg[], underlying: Underlying): Dated {
  const options = legs.filter((leg) => leg.kind !== "future");
  const futures = legs.filter((leg) => leg.kind === "future");
  const left = legs[0]!.left;
  const term = expiryStateOf(underlying.market, left);
  const quoted = [
    term?.basis,
    ...futures.map(({ basis }) => basis),
    ...options.map(({ basis }) => basis),
  ];
  const whole = expiryAt(left, quoted.find((basis) => basis) ?? 0n, underlying);
  const bases = [...new Set(options.map(({ basis }) => basis))];
  const parts = bases.map((basis) => {
    const part = expiryAt(left, basis, underlying);
    return {
      ...part,
      strikes: strikesOf(
        options.filter((leg) => leg.basis === basis),
        part,
      ),
    };
  });
  const curves = parts.map((part) => curvesIn(part, whole, underlying.shocks));
  const strikes = parts.flatMap((part) => part.strikes);
  const marks = total(parts.map(marksOf));
  return {
    expiry: {
      ...whole,
      futures: total(futures.map(({ size }) => size)),
      strikes,
      vega: total(parts.map(expiryVega)),
      curves: partsOf((part) => sumOf(curves.map((one) => one[part]!))),
      largestLoss: largestLoss(strikes, marks),
    },
    marks,
  };
}

/** An expiry with nothing held of it yet; inside its window what has been averaged moves no more. */
function expiryAt(left: bigint, basis: bigint, { market, basis: rates }: Underlying): Expiry {
  const limit = expiryRate(rates, left) / 2n;
  const open = forwardOf(market.price, basis, left, limit);
  const share = settledShare(WINDOW - left);
  const average = expiryStateOf(market, left)?.average ?? market.price;
  const settling = left < WINDOW;
  const forward = settling ? settlingForward(open, average, share) : open;
  return {
    time: Number(left),
    left,
    root: rootTimeOf(left),
    forward,
    exposed: settling ? exposedShare(open, forward, share) : WAD,
    unsettled: settling ? WAD - share : WAD,
    ahead: settling ? WAD - share : WAD,
    futures: 0n,
    strikes: [],
    vega: 0n,
    curves: [[], [], [], []],
    largestLoss: 0n,
  };
}

function strikesOf(legs: readonly OptionLeg[], { forward, root }: Expiry): Strike[] {
  const strikes = [...new Set(legs.map(({ strike }) => strike))];
  return strikes.map((strike) => {
    const here = legs.filter((leg) => leg.strike === strike);
    const held = (kind: string) =>
      total(here.filter((leg) => leg.kind === kind).map(({ size }) => size));
    const marked = strikeAt(strike, forward, root, here[0]!.surface);
    return { ...marked, calls: held("call"), puts: held("put") };
  });
}

function curvesIn(part: Expiry, whole: Expiry, shocks: readonly [bigint, bigint]): Curves {
  const puts = total(part.strikes.map((option) => option.puts));
  return partsOf((kind) => {
    const mode = kind === INITIAL ? initialMode() : maintenanceModeOf(kind);
    const [size, half] = [shocks[mode.index]!, mode.halfStep];
    const [felt, moves] = [asFelt(part, kind), movesOf(size, half)];
    const astray = -puts * (feltOf(felt) - feltOf(asFelt(whole, kind)));
    return curvesOf(felt, size, half).map((made, j) => made + (astray * moves[moveOf(j)]!) / WAD);
  });
}

/** One figure for each part of a leg that settles. */
function partsOf<T>(of: (part: number) => T): readonly [T, T, T, T] {
  return [of(OPEN), of(INITIAL), of(AHEAD), of(WHOLE)];
}

/** An expiry that feels what a part of it does. */
function asFelt(expiry: Expiry, part: number): Expiry {
  return { ...expiry, exposed: sharePart(expiry, expiry.exposed, part) };
}

/** What of a forward moves with spot. */
function feltOf({ forward, exposed }: Expiry): bigint {
  return mulDown(forward, exposed);
}

function sumOf(curves: readonly bigint[][]): bigint[] {
  if (curves.length === 0) return [];
  return curves[0]!.map((_, j) => total(curves.map((curve) => curve[j]!)));
}
