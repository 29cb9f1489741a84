// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// The waist: what margin is asked about. All numbers are wads; values are USD.
// A pair [2] holds the maintenance figure first, the initial figure second.

/// @notice Everything an account's requirement depends on.
struct Portfolio {
  int256 equity; // collateral at mark + cash at its price
  int256 initialEquity; // equity that IM is compared with: without degraded long assets
  int256 gross; // V = Σ spot value + Σ |derivative delta notional|
  int256 debt; // max(0, −cash), at its price
  int256 graceMultiplier; // m ≥ 1: what a longer grace costs
  Stable[] stables;
  Exposure[] exposures; // one per factor held
}

/// @notice The net face of one stable, cash among them.
struct Stable {
  int256 face; // units of the stable; negative for debt
  int256 price;
  int256 bandRate; // band ÷ price
  int256[2] longRate; // charge on a long face
}

/// @notice All an account holds of one factor.
struct Exposure {
  uint256 factor;
  int256 spot; // value of the underlying and of what follows it
  int256 price;
  int256 bandRate; // band ÷ price; zero where the price already is the conservative one
  int256 rateBand; // value at stake in the bands of the rates of what follows the underlying
  int256 used; // σused
  int256 wildness; // max(1, √v1 ÷ σused)
  int256 shockFloor; // sMin
  int256 dailyVolume; // ADV in USD; zero for no size charge
  int256[2] volatility;
  int256[2] crowding; // g, the open-interest multiplier
  int256[2] exitRate;
  int256[2] lst; // charge on what follows the underlying, USD
  Loading low; // under the low set of correlations
  Loading high; // under the high set
  bool counted; // is the factor's own price Ok
  bool fresh; // is every price behind it Ok
  bool behind; // do rounds wait to be observed
  uint256 updated; // time of the factor's price
}

/// @notice One mode of the model: maintenance (may I stay?) or initial (may I add risk?).
struct Mode {
  uint256 index; // into the pairs
  int256 multiplier; // k
  int256 floorScale; // × sMin
  int256 cap; // largest shock
  int256 halfStep; // x of the half steps
  int256 minimumRate; // of derivative delta notional and debt
  int256 depegSlope; // what a long stable is charged per unit it slips below 0.99
}

/// @notice Profit of one factor in each scenario; two of them tell all of a linear book.
struct Ladder {
  int256 shock; // the relative move it was tested with
  int256[] profit;
  int256 down; // the worst over x ≤ 0
  int256 up; // the worst over x ≥ 0
}

/// @notice How a factor loads on the common move, on its sector's, and on its own.
struct Loading {
  int256 common;
  int256 sector;
  int256 own; // variance share
}

/// @notice A figure under the low and under the high set of correlations.
struct BothSets {
  int256 low;
  int256 high;
}

/// @notice The charges added to the risk of the book, USD.
struct AddOns {
  int256 lst;
  int256 stable;
  int256 exit;
  int256 oracleBand;
  int256 size;
}

/// @notice What a book needs in one mode, and why.
struct Requirement {
  int256 risk; // RM
  AddOns addOns;
  Ladder[] ladders; // of each exposure
  int256 required;
}

/// @notice The answer to "is this account healthy?", USD.
struct Margin {
  int256 equity;
  int256 initialEquity;
  int256 maintenance;
  int256 initial;
}

/// @notice An account as margin calls see it.
struct Standing {
  int256 equity;
  int256 maintenance;
  int256 gross;
  int256 health;
  int256 floor; // health at which no time is left
  int256 calm; // κ
  bool fresh; // no factor that weighs is silent
  uint256 heavyRound; // time of the newest round of a heavy factor
}
