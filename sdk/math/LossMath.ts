import { MAX_AMOUNT, MAX_PRICE, MAX_VALUE, WAD } from "./WadMath.ts";
import { bounded, clamp, divDown, min, mulDown, mulUp } from "./WadMath.ts";

// DESIGN §8. What equity and the insurance fund leave of a loss d of a book that failed:
//   derivative part = d·N/(N + debt), N = Σ over factors of |net derivative delta notional|
// It falls on each factor by |net|, there on the legs of the net side by delta; those on the other side
// of a leg give up part ÷ open size of every unit, at most the tolerance of spot in a day. The rest is lenders'.

export const INSURED = 10_000_000_000_000_000n; // of open interest
export const INSURED_THIN = 50_000_000_000_000_000n; // more, of the thin
export const THIN_EXIT = 50_000_000_000_000_000n;
export const MAX_WEIGHT = 1_000_000_000_000_000_000_000_000_000_000_000_000n;
export const MAX_CUT = 10_000_000_000_000_000_000_000_000_000n; // of one side of an instrument, ever

/** What the fund should hold for `units` open at `price`, USD; rounds up. Thin is what an exit */
/** haircut of 5 % and more is charged on. */
export function requiredOf(units: bigint, price: bigint, exitRate: bigint): bigint {
  const open = min(MAX_VALUE, mulUp(bounded(units, 0n, MAX_AMOUNT), bounded(price, 0n, MAX_PRICE)));
  const thin = bounded(exitRate, 0n, WAD) < THIN_EXIT ? 0n : INSURED_THIN;
  return mulUp(open, INSURED + thin);
}

/** The share of `amount` that falls on `weight` of `all`; rounds down. */
export function shareOf(amount: bigint, weight: bigint, all: bigint): bigint {
  bounded(weight, 0n, bounded(all, 0n, MAX_WEIGHT));
  if (all == 0n) return 0n;
  return (bounded(amount, 0n, MAX_VALUE) * weight) / all;
}

/** How much of a unit's worth a side may yet give up today. */
export function cutRoom(price: bigint, rate: bigint, today: bigint, sum: bigint): bigint {
  bounded(rate, 0n, WAD);
  const most = mulDown(rate, bounded(price, 0n, MAX_PRICE)) - bounded(today, 0n, MAX_CUT);
  return clamp(most, 0n, MAX_CUT - bounded(sum, 0n, MAX_CUT));
}

/** Of `room`, what a long option may give up: never more in all than it is worth, `mark`. */
export function longRoom(room: bigint, mark: bigint, sum: bigint): bigint {
  const most = bounded(mark, 0n, MAX_PRICE) - bounded(sum, 0n, MAX_CUT);
  return clamp(most, 0n, bounded(room, 0n, MAX_CUT));
}

/** What each of `open` units gives up for a loss, at most `room`; rounds down. */
export function payoutHaircutOf(loss: bigint, open: bigint, room: bigint): bigint {
  bounded(loss, 0n, MAX_VALUE);
  if (bounded(open, 0n, MAX_AMOUNT) == 0n) return 0n;
  return min(divDown(loss, open), bounded(room, 0n, MAX_CUT));
}
