// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Price, SoundRate, Status} from "../types/Price.sol";
import {MAX_ELAPSED, MAX_PRICE} from "./WadMath.sol";
import {abs, bounded, clamp, max, min, mulDown} from "./WadMath.sol";

// DESIGN §5. R, the last sound rate of what follows an underlying, or price of a stable: what a margin call
// counts while the feed is dead, and what it asks for before one print is taken for true.
//   R ← clamp(R, min(heard, now), max(heard, now)),  upward at most to top·(1 + 1 %·dt/day)
// for two sound rounds `heard` and `now` at least 60 s apart; top is the highest R so far, dt the time
// since then, a day at most.

uint256 constant APART = 60; // seconds between two rounds that move R
int256 constant GROWTH = 0.01e18; // of the highest R, a day
int256 constant DAY = 86_400;

/// @notice May a round move R?
function isSound(Price memory price) pure returns (bool) {
  return price.status == Status.Ok && price.price > 0 && price.price <= MAX_PRICE;
}

/// @notice The most that R may be `elapsed` seconds after it was `top`.
function grownRate(int256 top, int256 elapsed) pure returns (int256) {
  int256 time = min(bounded(elapsed, 0, MAX_ELAPSED * 100), DAY);
  return bounded(top, 0, MAX_PRICE) + mulDown(top, (GROWTH * time) / DAY);
}

/// @notice R after a sound round that says `rate`, `elapsed` seconds after R was last the highest.
function movedRate(SoundRate memory known, int256 rate, int256 elapsed) pure returns (int256) {
  bounded(rate, 0, MAX_PRICE);
  int256 said = clamp(known.sound, min(known.heard, rate), max(known.heard, rate));
  return said <= known.sound ? said : max(known.sound, min(said, grownRate(known.top, elapsed)));
}

/// @notice What a rate counts at where a call is confirmed, for whom a `face` of it is owed: no less than R, and
/// no more for who owes. One within the feed's threshold of R is no wrong print.
function steadyRate(Price memory price, int256 sound, int256 face) pure returns (int256) {
  if (abs(price.price - sound) <= price.deviation) return price.price;
  return face < 0 ? min(price.price, sound) : max(price.price, sound);
}

/// @notice R `elapsed` seconds after governance named one: on its way there for a day.
function soundRate(SoundRate memory known, int256 elapsed) pure returns (int256) {
  int256 time = min(bounded(elapsed, 0, MAX_ELAPSED * 100), DAY);
  bounded(known.sound, 0, MAX_PRICE);
  if (known.named == 0) return known.sound;
  return known.sound + ((bounded(known.named, 0, MAX_PRICE) - known.sound) * time) / DAY;
}
