// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice How far a price can be trusted.
enum Status {
  Ok,
  Degraded, // sources disagree, or the venue was down a moment ago
  Stale, // older than its heartbeat
  Dead // no price at all
}

/// @notice What an oracle says of an asset: USD per unit, or units of the underlying for an asset
/// that follows one. Wads.
struct Price {
  int256 price;
  int256 band; // half-width of its uncertainty, in units of the price
  int256 deviation; // the feed's own threshold; all of the price while the chain's sequencer is out
  uint256 updated; // time of the round
  Status status;
}

/// @notice What is known of a rate, or of a stable's price, beside what its feed says now.
struct SoundRate {
  int256 sound; // R: the last that sound rounds agree on
  int256 heard; // that of the last sound round noted
  int256 top; // the highest R has been: its growth counts from there
  int256 named; // what governance moves R to; zero for nothing
}

/// @notice One round of a feed.
struct Round {
  uint256 id; // zero for none
  int256 price;
  uint256 updated;
  bool skipped; // were there rounds before it that no one told?
}

/// @notice What an instrument is worth, and between which prices it may trade. USD per unit.
struct InstrumentQuote {
  int256 spot;
  int256 mark;
  int256 index; // from which profit counts: zero for an option
  int256 delta; // |delta| of a unit
  int256 low; // of fills
  int256 high;
  uint256 updated; // time of the spot price
  Status status; // of the spot price
}

/// @notice A price as a margin formula takes it.
struct Quote {
  int256 price; // what a long counts at
  int256 bandRate; // band ÷ price, still to be charged
  bool counted; // may initial margin lean on it?
}
