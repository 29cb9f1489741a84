import type { OwnMargin } from "../types/Portfolio.ts";
import { healthOf } from "./MarginMath.ts";
import { putOf } from "./OptionMath.ts";
import { MAX_AMOUNT, MAX_PRICE, MAX_VALUE, WAD } from "./WadMath.ts";
import { abs, bounded, max, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §6. What a fill may cost. No one can hand equity over by an absurd price:
//   perps, futures: mark ± max(tolerance·mark, 3·band)
//   options: Black-76 at half and at twice the mark volatility, ± 0.1 % of spot

export const OPTION_SLACK = 1_000_000_000_000_000n; // of spot
export const OPTION_FEE_CAP = 125_000_000_000_000_000n; // of the premium

/** How far from the mark of a perp or future a fill may be. */
export function fillTolerance(mark: bigint, rate: bigint, band: bigint): bigint {
  bounded(mark, 0n, MAX_PRICE);
  bounded(band, 0n, MAX_PRICE);
  return max(mulDown(bounded(rate, 0n, WAD), mark), 3n * band);
}

/** An option's price, of the price of the call beside it. */
export function optionPrice(
  call: bigint,
  forward: bigint,
  strike: bigint,
  isCall: boolean,
): bigint {
  bounded(call, 0n, MAX_PRICE);
  bounded(forward, 0n, MAX_PRICE);
  bounded(strike, 0n, MAX_PRICE);
  return isCall ? call : putOf(call, forward, strike);
}

/** Cash a fill moves: what the buyer pays is rounded up. */
export function costOf(size: bigint, price: bigint): bigint {
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  return mulUp(size, bounded(price, -MAX_PRICE, MAX_PRICE));
}

/** Fee of one side, rounded up. An option's is at most an eighth of its premium. */
export function feeOf(
  size: bigint,
  price: bigint,
  rate: bigint,
  premium: bigint,
  isOption: boolean,
): bigint {
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  const unit = mulUp(bounded(rate, 0n, WAD), bounded(price, 0n, MAX_PRICE));
  const most = mulUp(OPTION_FEE_CAP, bounded(premium, 0n, MAX_PRICE));
  return mulUp(abs(size), isOption ? min(unit, most) : unit);
}

/** What a fill loses against the mark, its fee among it. */
export function lossOf(size: bigint, price: bigint, mark: bigint, fee: bigint): bigint {
  bounded(fee, 0n, MAX_VALUE);
  const off = bounded(price, 0n, MAX_PRICE) - bounded(mark, 0n, MAX_PRICE);
  return max(0n, fee + costOf(size, off));
}

/** Long units after less those before, of both sides: by how much open interest grows. */
export function openedBy(before: bigint, size: bigint): bigint {
  bounded(before, -MAX_AMOUNT, MAX_AMOUNT);
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  return max(0n, before + size) - max(0n, before);
}

/** Would a fill grow a position, or turn it? */
export function growsPosition(before: bigint, size: bigint): boolean {
  bounded(before, -MAX_AMOUNT, MAX_AMOUNT);
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  const next = before + size;
  return abs(next) > abs(before) || (before > 0n && next < 0n) || (before < 0n && next > 0n);
}

/** Did an act leave an account no worse? Its requirement no larger, its slack and its health
 * no smaller, its equity not below zero. Where it is below already it is no smaller but for `fees`, and
 * health is not asked: the less such an account needs, the lower it is. */
export function isReducing(before: OwnMargin, after_: OwnMargin, fees: bigint): boolean {
  if (after_.maintenance > before.maintenance) return false;
  const health = healthOf(before.equity, before.maintenance);
  const next = healthOf(after_.equity, after_.maintenance);
  if (before.equity >= 0n && next < health) return false;
  const slack = before.equity - before.maintenance;
  if (after_.equity - after_.maintenance < slack) return false;
  bounded(fees, 0n, MAX_VALUE);
  return before.equity < 0n ? after_.equity + fees >= before.equity : after_.equity >= 0n;
}
