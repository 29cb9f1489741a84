// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {exp} from "./ExpMath.sol";
import {MAX_AMOUNT, MAX_ELAPSED, MAX_RATE, MAX_VALUE, WAD, YEAR} from "./WadMath.sol";
import {bounded, clamp, divDown, floorDiv, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §4. Signed cash as a principal under two indexes; what is rounded falls to the house.
//   cash = principal·index      index ← index·e^(rate·elapsed)
// Totals of the pool may outgrow the largest book, by interest too: they are amounts.
// The exponential is per-second compounding, (1 + r)^n, to within r²·n/2 relative: at 100 % a year
// under 2e-8 a year, in both indexes alike.

int256 constant MAX_INDEX = 4e21;
int256 constant MAX_RATE_PER_SECOND = 1e12; // what 40 bits hold; 31 a year
int256 constant MAX_EXPONENT = 8e18;
int256 constant MAX_DAILY_LOSS = 0.2e18;

/// @notice Share of what was lent that is out of the vault.
function utilisationOf(int256 booked, int256 lent) pure returns (int256) {
  bounded(booked, -MAX_AMOUNT, MAX_AMOUNT);
  if (bounded(lent, 0, MAX_AMOUNT) == 0) return 0;
  return clamp(WAD - divDown(booked, lent), 0, WAD);
}

/// @notice Share of what was lent that earns interest; a booked loss earns none.
function earningShare(int256 owed, int256 lent) pure returns (int256) {
  bounded(owed, 0, MAX_AMOUNT);
  if (bounded(lent, 0, MAX_AMOUNT) == 0) return 0;
  return min(WAD, divDown(owed, lent));
}

/// @notice Kinked borrow rate per second; `base`, `low`, `high` are annual. Rounds up.
function borrowRateOf(
  int256 utilisation,
  int256 kink,
  int256 base,
  int256 low,
  int256 high
) pure returns (int256) {
  bounded(utilisation, 0, WAD);
  bounded(kink, 0, WAD);
  bounded(base, 0, MAX_RATE);
  int256 below = mulUp(bounded(low, 0, MAX_RATE), min(utilisation, kink));
  int256 above = mulUp(bounded(high, 0, MAX_RATE), max(0, utilisation - kink));
  return min(MAX_RATE_PER_SECOND, (base + below + above) / YEAR + 1);
}

/// @notice What lenders earn per second; the rest is the house's. Rounds down.
function supplyRateOf(int256 borrowRate, int256 utilisation, int256 spread) pure returns (int256) {
  bounded(borrowRate, 0, MAX_RATE_PER_SECOND);
  bounded(utilisation, 0, WAD);
  return mulDown(mulDown(borrowRate, utilisation), WAD - bounded(spread, 0, WAD));
}

/// @notice e^(rate·elapsed) of a rate per second.
function growthOf(int256 rate, int256 elapsed) pure returns (int256) {
  bounded(rate, 0, MAX_RATE_PER_SECOND);
  return exp(min(MAX_EXPONENT, rate * min(bounded(elapsed, 0, MAX_ELAPSED * 100), MAX_ELAPSED)));
}

function supplyIndexAfter(int256 index, int256 rate, int256 elapsed) pure returns (int256) {
  bounded(index, 0, MAX_INDEX);
  return min(MAX_INDEX, mulDown(index, growthOf(rate, elapsed)));
}

function borrowIndexAfter(int256 index, int256 rate, int256 elapsed) pure returns (int256) {
  bounded(index, 0, MAX_INDEX);
  return min(MAX_INDEX, mulUp(index, growthOf(rate, elapsed)));
}

/// @notice Cash of a principal: lent at the supply index, owed at the borrow index. Rounds down.
function cashOf(int256 principal, int256 supplyIndex, int256 borrowIndex) pure returns (int256) {
  bounded(principal, -MAX_AMOUNT, MAX_AMOUNT);
  int256 index = principal < 0 ? borrowIndex : supplyIndex;
  return mulDown(principal, bounded(index, 0, MAX_INDEX));
}

/// @notice Principal of an amount of cash. Rounds down.
function principalOf(int256 cash, int256 supplyIndex, int256 borrowIndex) pure returns (int256) {
  bounded(cash, -MAX_VALUE, MAX_VALUE);
  int256 index = cash < 0 ? borrowIndex : supplyIndex;
  return divDown(cash, bounded(index, 1, MAX_INDEX));
}

/// @notice How much of a deficit lenders can be made to bear today.
function lossToday(int256 deficit, int256 lent, int256 lostToday) pure returns (int256) {
  bounded(lostToday, 0, MAX_AMOUNT);
  int256 most = mulDown(MAX_DAILY_LOSS, bounded(lent, 0, MAX_AMOUNT) + lostToday) - lostToday;
  return clamp(most, 0, bounded(deficit, 0, MAX_AMOUNT));
}

/// @notice The supply index after lenders bear a loss; rounds down.
function indexAfterLoss(int256 index, int256 lent, int256 loss) pure returns (int256) {
  bounded(index, 0, MAX_INDEX);
  bounded(loss, 0, bounded(lent, 0, MAX_AMOUNT));
  return lent == 0 ? index : floorDiv(index * (lent - loss), lent);
}
