// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Price, Status} from "../types/Price.sol";
import {rootUp} from "./VolatilityMath.sol";
import {MAX_ELAPSED, MAX_PRICE, MAX_RATE, WAD, YEAR} from "./WadMath.sol";
import {abs, bounded, max, min, mulDown, mulUp} from "./WadMath.sol";

// DESIGN §5. How far prices may be off, and what two sources make of one price.

int256 constant DAY = 86_400;
int256 constant GRID = 300; // seconds between the slots of a feed whose rounds are posted
int256 constant SKIPPABLE = 3_600; // seconds after which a slot that no one posted may be skipped

/// @notice price·σ·√(late/YEAR): how far a price may have wandered since its heartbeat; at most all.
function staleBand(int256 price, int256 volatility, int256 late) pure returns (int256) {
  bounded(price, 0, MAX_PRICE);
  bounded(volatility, 0, MAX_RATE);
  int256 span = (min(bounded(late, 0, MAX_ELAPSED * 100), MAX_ELAPSED) * WAD) / YEAR;
  return min(price, mulUp(price, mulUp(volatility, rootUp(span))));
}

/// @notice The band of a price `late` seconds past its heartbeat; at most all of it.
function agedBand(int256 price, int256 band, int256 volatility, int256 late) pure returns (int256) {
  return min(price, bounded(band, 0, MAX_PRICE) + staleBand(price, volatility, late));
}

/// @notice The band of a price that tells its own uncertainty: no narrower than the feed's threshold.
function confidenceBand(int256 price, int256 deviation, int256 confidence) pure returns (int256) {
  return min(bounded(price, 0, MAX_PRICE), max(deviation, confidence));
}

/// @notice Do two prices differ by more than `bound` of the lower one?
function disagree(int256 first, int256 second, int256 bound) pure returns (bool) {
  bounded(first, 0, MAX_PRICE);
  bounded(second, 0, MAX_PRICE);
  return abs(first - second) > mulDown(min(first, second), bounded(bound, 0, WAD));
}

/// @notice The same price, at best Degraded.
function degraded(Price memory price) pure returns (Price memory) {
  return
    Price({
      price: price.price,
      band: price.band,
      deviation: price.deviation,
      updated: price.updated,
      status: price.status == Status.Ok ? Status.Degraded : price.status
    });
}

/// @notice One price of two sources: the better by its status, the first of equals. It is Ok if both
/// are and agree; where they do not, its band reaches over the other's.
function guardedPrice(
  Price memory first,
  Price memory second,
  int256 bound
) pure returns (Price memory) {
  if (first.status != Status.Ok || second.status != Status.Ok) {
    return second.status < first.status ? degraded(second) : degraded(first);
  }
  if (!disagree(first.price, second.price, bound)) return first;
  int256 reach = abs(first.price - second.price) + bounded(second.band, 0, MAX_PRICE);
  return
    Price({
      price: first.price,
      band: min(first.price, max(first.band, reach)),
      deviation: first.deviation,
      updated: first.updated,
      status: Status.Degraded
    });
}

/// @notice The lower of what an asset trades at and what it can be redeemed for, with the wider band and
/// the worse status; if there is no price of one kind, the other, at best Degraded.
function lowerPrice(Price memory market, Price memory redemption) pure returns (Price memory) {
  if (redemption.price == 0) return degraded(market);
  if (market.price == 0) return degraded(redemption);
  int256 price = min(market.price, redemption.price);
  return
    Price({
      price: price,
      band: min(price, max(market.band, redemption.band)),
      deviation: min(price, max(market.deviation, redemption.deviation)),
      updated: market.updated < redemption.updated ? market.updated : redemption.updated,
      status: market.status > redemption.status ? market.status : redemption.status
    });
}

/// @notice A rate that may exceed what it last was by `growth` in a day, and by no more however long.
function cappedRate(int256 rate, int256 last, int256 growth, int256 elapsed) pure returns (int256) {
  bounded(rate, 0, MAX_RATE);
  bounded(last, 0, MAX_RATE);
  bounded(growth, 0, WAD);
  int256 time = min(bounded(elapsed, 0, MAX_ELAPSED * 100), DAY);
  return min(rate, last + mulDown(last, (growth * time) / DAY));
}

/// @notice A price of what one unit converts to, at `rate`: the price, rounded down, and its bands.
function convertedPrice(Price memory price, int256 rate) pure returns (Price memory) {
  bounded(price.price, 0, MAX_PRICE);
  bounded(price.band, 0, MAX_PRICE);
  bounded(price.deviation, 0, MAX_PRICE);
  int256 value = mulDown(price.price, bounded(rate, 0, MAX_RATE));
  bool dead = value == 0 || value > MAX_PRICE;
  return
    Price({
      price: dead ? int256(0) : value,
      band: dead ? int256(0) : min(value, mulUp(price.band, rate)),
      deviation: dead ? int256(0) : min(value, mulUp(price.deviation, rate)),
      updated: price.updated,
      status: dead ? Status.Dead : price.status
    });
}
