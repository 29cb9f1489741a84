// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MAX_AMOUNT, MAX_PRICE, MAX_VALUE, WAD} from "./WadMath.sol";
import {bounded, clamp, divDown, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §8. What equity and the insurance fund leave of a loss d of a book that failed:
//   derivative part = d·N/(N + debt), N = Σ over factors of |net derivative delta notional|
// It falls on each factor by |net|, there on the legs of the net side by delta; those on the other side
// of a leg give up part ÷ open size of every unit, at most the tolerance of spot in a day. The rest is lenders'.

int256 constant INSURED = 0.01e18; // of open interest
int256 constant INSURED_THIN = 0.05e18; // more, of the thin
int256 constant THIN_EXIT = 0.05e18;
int256 constant MAX_WEIGHT = 1e36;
int256 constant MAX_CUT = 1e28; // of one side of an instrument, ever

/// @notice What the fund should hold for `units` open at `price`, USD; rounds up. Thin is what an exit
/// haircut of 5 % and more is charged on.
function requiredOf(int256 units, int256 price, int256 exitRate) pure returns (int256) {
  int256 open = min(MAX_VALUE, mulUp(bounded(units, 0, MAX_AMOUNT), bounded(price, 0, MAX_PRICE)));
  int256 thin = bounded(exitRate, 0, WAD) < THIN_EXIT ? int256(0) : INSURED_THIN;
  return mulUp(open, INSURED + thin);
}

/// @notice The share of `amount` that falls on `weight` of `all`; rounds down.
function shareOf(int256 amount, int256 weight, int256 all) pure returns (int256) {
  bounded(weight, 0, bounded(all, 0, MAX_WEIGHT));
  if (all == 0) return 0;
  return (bounded(amount, 0, MAX_VALUE) * weight) / all;
}

/// @notice How much of a unit's worth a side may yet give up today.
function cutRoom(int256 price, int256 rate, int256 today, int256 sum) pure returns (int256) {
  bounded(rate, 0, WAD);
  int256 most = mulDown(rate, bounded(price, 0, MAX_PRICE)) - bounded(today, 0, MAX_CUT);
  return clamp(most, 0, MAX_CUT - bounded(sum, 0, MAX_CUT));
}

/// @notice Of `room`, what a long option may give up: never more in all than it is worth, `mark`.
function longRoom(int256 room, int256 mark, int256 sum) pure returns (int256) {
  int256 most = bounded(mark, 0, MAX_PRICE) - bounded(sum, 0, MAX_CUT);
  return clamp(most, 0, bounded(room, 0, MAX_CUT));
}

/// @notice What each of `open` units gives up for a loss, at most `room`; rounds down.
function payoutHaircutOf(int256 loss, int256 open, int256 room) pure returns (int256) {
  bounded(loss, 0, MAX_VALUE);
  if (bounded(open, 0, MAX_AMOUNT) == 0) return 0;
  return min(divDown(loss, open), bounded(room, 0, MAX_CUT));
}
