// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {exp, ln} from "./ExpMath.sol";
import {LN2} from "./VolatilityMath.sol";
import {MAX_AMOUNT, MAX_ELAPSED, MAX_PRICE, MAX_VALUE, WAD} from "./WadMath.sol";
import {abs, bounded, clamp, divDown, min, mulDown} from "./WadMath.sol";

// DESIGN §6. Mark of a perp, and what holding it costs:
//   mark = spot·(1 + premium)      index = mark − funding      P&L = size·(index − index at last touch)
//   premium(t) = premium·2^(−t/1 h)      funding += ∫ clamp(premium)·spot dt ÷ 8 h
// A fill moves the premium toward its own price, by at most what its fees pay for:
//   |Δpremium|·spot·max(open interest before, after) ≤ fees

int256 constant PREMIUM_HALF_LIFE = 3_600; // seconds
int256 constant FUNDING_PERIOD = 28_800; // seconds
int256 constant MAX_PREMIUM = 0.25e18;
int256 constant MAX_FUNDING = 1e28;
int256 constant MAX_INDEX_PRICE = 4e28; // of mark less funding, either sign
int256 constant MAX_INTEREST = 1e50; // value of all that is open: more than 128 bits of units come to

/// @notice 2^(−t/1 h): what is left of a premium.
function premiumDecay(int256 elapsed) pure returns (int256) {
  return exp(-((LN2 * bounded(elapsed, 0, MAX_ELAPSED)) / PREMIUM_HALF_LIFE));
}

/// @notice The premium after `elapsed` seconds without fills.
function premiumAfter(int256 premium, int256 elapsed) pure returns (int256) {
  if (premium == 0) return 0;
  return mulDown(bounded(premium, -MAX_PREMIUM, MAX_PREMIUM), premiumDecay(elapsed));
}

/// @notice Seconds, in wads, that a premium takes to decay to `cap`, which is above zero.
function timeAtCap(int256 premium, int256 cap) pure returns (int256) {
  int256 size = abs(bounded(premium, -MAX_PREMIUM, MAX_PREMIUM));
  if (size <= bounded(cap, 1, MAX_PREMIUM)) return 0;
  return (ln(divDown(size, cap)) * PREMIUM_HALF_LIFE * WAD) / LN2;
}

/// @notice What a long has paid per unit once `elapsed` more seconds passed: the premium, clamped to
/// `cap` for as long as it is above, as it decays.
function fundingAfter(
  int256 funding,
  int256 premium,
  int256 price,
  int256 elapsed,
  int256 cap
) pure returns (int256) {
  if (premium == 0 || cap == 0) return funding;
  int256 time = bounded(elapsed, 0, MAX_ELAPSED) * WAD;
  int256 flat = min(time, timeAtCap(premium, cap));
  int256 decayed = WAD - exp(-((LN2 * (time - flat)) / (PREMIUM_HALF_LIFE * WAD)));
  int256 periods = (flat + (decayed * WAD * PREMIUM_HALF_LIFE) / LN2) / FUNDING_PERIOD;
  int256 rate = mulDown(clamp(premium, -cap, cap), bounded(price, 0, MAX_PRICE));
  bounded(funding, -MAX_FUNDING, MAX_FUNDING);
  return clamp(funding + mulDown(rate, periods), -MAX_FUNDING, MAX_FUNDING);
}

/// @notice The mark of a perp.
function perpMark(int256 price, int256 premium) pure returns (int256) {
  bounded(premium, -MAX_PREMIUM, MAX_PREMIUM);
  return min(MAX_PRICE, bounded(price, 0, MAX_PRICE) + mulDown(price, premium));
}

/// @notice The premium after a fill at `fillPrice`, which its fees let move by `reach`.
function premiumAfterFill(
  int256 premium,
  int256 fillPrice,
  int256 price,
  int256 reach,
  int256 limit
) pure returns (int256) {
  bounded(premium, -MAX_PREMIUM, MAX_PREMIUM);
  bounded(limit, 0, MAX_PREMIUM);
  int256 implied = divDown(bounded(fillPrice, 0, MAX_PRICE), bounded(price, 1, MAX_PRICE)) - WAD;
  int256 wanted = clamp(implied, -limit, limit);
  int256 step = bounded(reach, 0, WAD);
  return clamp(clamp(wanted, premium - step, premium + step), -limit, limit);
}

/// @notice How far fees let a premium move: fees ÷ depth, rounded down.
function premiumReach(int256 fees, int256 depth) pure returns (int256) {
  bounded(fees, 0, MAX_VALUE);
  if (bounded(depth, 0, MAX_INTEREST) == 0) return 0;
  return clamp(divDown(fees, depth), 0, WAD);
}

/// @notice P&L of a position since it was last touched, rounded down on either side.
function accruedOf(int256 size, int256 index, int256 entry) pure returns (int256) {
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  bounded(index, -MAX_INDEX_PRICE, MAX_INDEX_PRICE);
  bounded(entry, -MAX_INDEX_PRICE, MAX_INDEX_PRICE);
  return mulDown(size, index - entry);
}
