// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Price, Quote, Status} from "../types/Price.sol";
import {MAX_PRICE, WAD} from "./WadMath.sol";
import {bounded, divUp, max, min} from "./WadMath.sol";

// DESIGN §5. How a price with a band enters margin. A price that is not Ok is taken at its low end
// and carries no band charge; the plain view, by which calls open and fuses burn, sees every band
// as narrow as the feed's own threshold, so that a silent feed liquidates no one.

function bandRateOf(int256 price, int256 band) pure returns (int256) {
  return price == 0 ? int256(0) : min(WAD, divUp(max(0, band), price));
}

function quoteOf(int256 price, int256 bandRate, bool counted) pure returns (Quote memory) {
  return Quote({price: price, bandRate: bandRate, counted: counted});
}

/// @notice What a long counts at: below Ok, the low end, and IM does not lean on it.
function longQuote(Price memory price) pure returns (Quote memory) {
  bounded(price.price, 0, MAX_PRICE);
  bounded(price.band, 0, MAX_PRICE);
  if (price.status == Status.Ok) {
    return quoteOf(price.price, bandRateOf(price.price, price.band), true);
  }
  return quoteOf(max(0, price.price - price.band), 0, false);
}

/// @notice What a debt in a stable counts at; at par if its feed is dead, never at nothing.
function debtQuote(Price memory price) pure returns (Quote memory) {
  bounded(price.price, 0, MAX_PRICE);
  bounded(price.band, 0, MAX_PRICE);
  int256 mark = price.price == 0 ? WAD : price.price;
  return quoteOf(mark, bandRateOf(mark, price.band), true);
}

/// @notice By what share a price that is not Ok may be off; one that is dead is off by nothing known.
function doubtRateOf(Price memory price) pure returns (int256) {
  bounded(price.price, 0, MAX_PRICE);
  if (price.status == Status.Ok) return 0;
  return bandRateOf(price.price, max(price.band, price.deviation));
}

/// @notice A price as margin calls see it: no band wider than the feed's own threshold.
function narrowed(Price memory price) pure returns (Price memory) {
  return
    Price({
      price: price.price,
      band: min(price.band, price.deviation),
      deviation: price.deviation,
      updated: price.updated,
      status: Status.Ok
    });
}
