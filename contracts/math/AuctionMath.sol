// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ramp} from "./RampMath.sol";
import {MAX_VALUE, WAD} from "./WadMath.sol";
import {bounded, clamp, divUp, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §8. A bidder takes a vertical slice f of a whole book for f·(E − D·V):
//   D = min(ramp, 0.8·E/V), so that no bid leaves the account less healthy
//   f_max = (ht·MM − E)/(ht·MM − D·V): a bid at f_max cures at ht
// Backed (E < min(1 % of V, MM/4)): the bidder is due f·X beyond the slice's equity, X = min(R·V, MM);
// the account pays f·min(X, 0.8·E) of it, the fund the rest and the slice's negative equity.

int256 constant FIRST_DISCOUNT = 0.0025e18;
int256 constant LAST_DISCOUNT = 0.1e18;
int256 constant DISCOUNT_SECONDS = 1_800;
int256 constant URGENT_SECONDS = 600;
int256 constant FIRST_BACKING = 0.0025e18;
int256 constant LAST_BACKING = 0.05e18;
int256 constant EQUITY_SHARE = 0.8e18; // of equity at most goes to bidders
int256 constant CURE = 1.1e18;
int256 constant URGENT_CURE = 1.3e18;
int256 constant URGENT_HEALTH = 0.5e18;
int256 constant SMALLEST_SLICE = 0.1e18;
int256 constant BACKED_RATE = 0.01e18;

/// @notice D·V in USD at `elapsed` seconds into the auction; `duration` is shorter below the floor.
function discountOf(
  int256 equity,
  int256 gross,
  int256 elapsed,
  int256 duration
) pure returns (int256) {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  bounded(gross, 0, MAX_VALUE);
  int256 rate = ramp(FIRST_DISCOUNT, LAST_DISCOUNT, elapsed, duration);
  return min(mulDown(rate, gross), mulDown(EQUITY_SHARE, max(0, equity)));
}

/// @notice Where a bid may lead the account: further when it is deep under.
function cureOf(int256 health) pure returns (int256) {
  return health < URGENT_HEALTH ? URGENT_CURE : CURE;
}

/// @notice f_max, rounded up so that a bid at it cures.
function largestSlice(
  int256 equity,
  int256 maintenance,
  int256 discount,
  int256 cure
) pure returns (int256) {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  bounded(discount, 0, MAX_VALUE);
  int256 wanted = mulUp(cure, bounded(maintenance, 0, MAX_VALUE));
  if (wanted <= discount) return WAD;
  return clamp(divUp(wanted - equity, wanted - discount), 0, WAD);
}

/// @notice The least a bid may take: a tenth, or all that is left to take.
function smallestSlice(int256 largest) pure returns (int256) {
  return min(SMALLEST_SLICE, largest);
}

/// @notice What the bidder pays for a slice in an unbacked auction, USD, rounded up.
function slicePrice(int256 fraction, int256 equity, int256 discount) pure returns (int256) {
  bounded(equity, -MAX_VALUE, MAX_VALUE);
  bounded(discount, 0, MAX_VALUE);
  return mulUp(bounded(fraction, 0, WAD), max(0, equity - discount));
}

/// @notice Is the equity so thin that the bidder must be paid?
function isBacked(int256 equity, int256 gross, int256 maintenance) pure returns (bool) {
  return equity < min(mulDown(BACKED_RATE, bounded(gross, 0, MAX_VALUE)), maintenance / 4);
}

/// @notice X: what a bidder for the whole book is due beyond its equity, USD.
function backingOf(int256 gross, int256 maintenance, int256 elapsed) pure returns (int256) {
  int256 rate = ramp(FIRST_BACKING, LAST_BACKING, elapsed, URGENT_SECONDS);
  return min(mulDown(rate, bounded(gross, 0, MAX_VALUE)), maintenance);
}

/// @notice What the account itself pays of X for the whole book, USD.
function ownBacking(int256 equity, int256 backing) pure returns (int256) {
  return min(backing, mulDown(EQUITY_SHARE, max(0, bounded(equity, -MAX_VALUE, MAX_VALUE))));
}

/// @notice What the waterfall pays for a slice: the rest of X and the negative equity; rounded up.
function waterfallShare(int256 fraction, int256 equity, int256 backing) pure returns (int256) {
  bounded(backing, 0, MAX_VALUE);
  int256 whole = backing - ownBacking(equity, backing) + max(0, -equity);
  return mulUp(bounded(fraction, 0, WAD), whole);
}
