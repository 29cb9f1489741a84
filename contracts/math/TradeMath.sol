// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OwnMargin} from "../types/Portfolio.sol";
import {healthOf} from "./MarginMath.sol";
import {putOf} from "./OptionMath.sol";
import {MAX_AMOUNT, MAX_PRICE, MAX_VALUE, WAD} from "./WadMath.sol";
import {abs, bounded, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §6. What a fill may cost. No one can hand equity over by an absurd price:
//   perps, futures: mark ± max(tolerance·mark, 3·band)
//   options: Black-76 at half and at twice the mark volatility, ± 0.1 % of spot

int256 constant OPTION_SLACK = 0.001e18; // of spot
int256 constant OPTION_FEE_CAP = 0.125e18; // of the premium

/// @notice How far from the mark of a perp or future a fill may be.
function fillTolerance(int256 mark, int256 rate, int256 band) pure returns (int256) {
  bounded(mark, 0, MAX_PRICE);
  bounded(band, 0, MAX_PRICE);
  return max(mulDown(bounded(rate, 0, WAD), mark), 3 * band);
}

/// @notice An option's price, of the price of the call beside it.
function optionPrice(
  int256 call,
  int256 forward,
  int256 strike,
  bool isCall
) pure returns (int256) {
  bounded(call, 0, MAX_PRICE);
  bounded(forward, 0, MAX_PRICE);
  bounded(strike, 0, MAX_PRICE);
  return isCall ? call : putOf(call, forward, strike);
}

/// @notice Cash a fill moves: what the buyer pays is rounded up.
function costOf(int256 size, int256 price) pure returns (int256) {
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  return mulUp(size, bounded(price, -MAX_PRICE, MAX_PRICE));
}

/// @notice Fee of one side, rounded up. An option's is at most an eighth of its premium.
function feeOf(
  int256 size,
  int256 price,
  int256 rate,
  int256 premium,
  bool isOption
) pure returns (int256) {
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  int256 unit = mulUp(bounded(rate, 0, WAD), bounded(price, 0, MAX_PRICE));
  int256 most = mulUp(OPTION_FEE_CAP, bounded(premium, 0, MAX_PRICE));
  return mulUp(abs(size), isOption ? min(unit, most) : unit);
}

/// @notice What a fill loses against the mark, its fee among it.
function lossOf(int256 size, int256 price, int256 mark, int256 fee) pure returns (int256) {
  bounded(fee, 0, MAX_VALUE);
  int256 off = bounded(price, 0, MAX_PRICE) - bounded(mark, 0, MAX_PRICE);
  return max(0, fee + costOf(size, off));
}

/// @notice Long units after less those before, of both sides: by how much open interest grows.
function openedBy(int256 before, int256 size) pure returns (int256) {
  bounded(before, -MAX_AMOUNT, MAX_AMOUNT);
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  return max(0, before + size) - max(0, before);
}

/// @notice Would a fill grow a position, or turn it?
function growsPosition(int256 before, int256 size) pure returns (bool) {
  bounded(before, -MAX_AMOUNT, MAX_AMOUNT);
  bounded(size, -MAX_AMOUNT, MAX_AMOUNT);
  int256 next = before + size;
  return abs(next) > abs(before) || (before > 0 && next < 0) || (before < 0 && next > 0);
}

/// @notice Did an act leave an account no worse? Its requirement no larger, its slack and its health
/// no smaller, its equity not below zero. Where it is below already it is no smaller but for `fees`, and
/// health is not asked: the less such an account needs, the lower it is.
function isReducing(
  OwnMargin memory before,
  OwnMargin memory after_,
  int256 fees
) pure returns (bool) {
  if (after_.maintenance > before.maintenance) return false;
  int256 health = healthOf(before.equity, before.maintenance);
  int256 next = healthOf(after_.equity, after_.maintenance);
  if (before.equity >= 0 && next < health) return false;
  int256 slack = before.equity - before.maintenance;
  if (after_.equity - after_.maintenance < slack) return false;
  bounded(fees, 0, MAX_VALUE);
  return before.equity < 0 ? after_.equity + fees >= before.equity : after_.equity >= 0;
}
