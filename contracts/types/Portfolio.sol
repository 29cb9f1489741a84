// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// The waist: what margin is asked about. All numbers are wads; values are USD.
// A pair [2] holds the maintenance figure first, the initial figure second.

/// @notice Everything an account's requirement depends on.
struct Portfolio {
  int256 equity; // collateral at mark + (cash, accrued P&L, option marks) at the price of cash
  int256 initialEquity; // equity that IM is compared with: without degraded long assets
  int256 gross; // Σ spot value; with the derivatives' notional it is V
  int256 debt; // max(0, −cash), at its price
  int256 doubt; // by how much rates and prices of stables that are not Ok may be off, in a margin call
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

/// @notice The calls and puts of one strike and expiry.
struct Strike {
  int256 strike;
  int256 calls; // net units
  int256 puts; // net units
  int256 logMoneyness; // ln(forward ÷ strike)
  int256 volatility; // at the mark
  int256 call; // the mark of a call
  int256 delta; // of a call
}

/// @notice All an account holds of one factor that expires at one time.
struct Expiry {
  uint256 time; // Unix seconds
  int256 left; // seconds until then, not below zero
  int256 root; // √ of the years until then
  int256 forward;
  int256 exposed; // share of a move of spot that the forward still feels: 1 but while settling
  int256 unsettled; // share of the settlement window that is not known yet: what still counts as delta
  int256 ahead; // share of it that the clock has not reached; 1 but while settling
  int256 futures; // net units
  Strike[] strikes;
  int256 vega; // Σ size·vega·(IV_up − IV), USD; asked for where a factor has several expiries
  int256[][4] curves; // what the options' curves make in each scenario, squared wads; by part
  int256 largestLoss; // the most its options can lose, USD; ENDLESS if calls are sold beyond what is bought
}

/// @notice What the derivatives of a factor are charged.
struct BasisRates {
  int256[2] perp; // of |net perp size|·S
  int256 expiry; // of |net delta of one expiry|·S, at once
  int256 expirySlope; // and per year until expiry
  int256 expiryCap;
}

/// @notice All an account holds of one factor.
// solhint-disable-next-line gas-struct-packing
struct Exposure {
  uint256 factor;
  int256 spot; // value of the underlying and of what follows it
  int256 price; // what a long of the underlying counts at
  int256 index; // S, what derivatives count at
  int256 mark; // of the perp
  int256 perps; // net units
  Expiry[] expiries;
  BasisRates basis;
  int256 bandRate; // band ÷ price
  int256 rateBand; // value at stake in the bands of the rates of what follows the underlying
  int256 used; // σused
  int256 volatilityRatio; // max(1, √v1 ÷ σused)
  int256 shockFloor; // sMin
  int256 dailyVolume; // ADV in USD; zero for no size charge
  int256[2] volatility;
  int256[2] crowding; // g, the open-interest multiplier
  int256[2] exitRate;
  int256[2] lst; // charge on what follows the underlying, USD
  Loading low; // under the low set of correlations
  Loading high; // under the high set
  bool counted; // is the factor's own price Ok
  int256 doubtRate; // by what share its price may be off; zero while it is Ok
  bool behind; // do rounds wait to be observed
  uint256 updated; // time of the factor's price
}

/// @notice One mode of the model: maintenance (may I stay?) or initial (may I add risk?).
struct Mode {
  uint256 index; // into the pairs
  uint256 part; // of a leg that settles, that is shocked: OPEN, AHEAD, or all of it
  int256 multiplier; // k
  int256 floorScale; // × sMin
  int256 cap; // largest shock
  int256 halfStep; // x of the half steps
  int256 minimumRate; // of derivative delta notional and debt
  int256 shortOptionRate; // of unpaired short options' notional
  int256 depegSlope; // what a long stable is charged per unit it slips below 0.99
  int256 soonest; // what expires within so many seconds is left out; −1 for nothing
  int256 limited; // options of an expiry that can lose at most so much are left out; −1 for none
}

/// @notice Profit of one factor in each scenario; three of them tell all of a linear book.
struct Ladder {
  int256 shock; // the relative move it was tested with
  int256[] profit;
  int256 down; // the worst over x ≤ 0
  int256 up; // the worst over x ≥ 0
  int256 net; // delta of spot and derivatives, USD
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

/// @notice What the derivatives of one exposure come to, USD.
struct Notional {
  int256 net; // delta of spot and derivatives, signed
  int256 derivatives; // delta, signed
  int256 legs; // Σ |delta|, leg by leg
  int256 expiryBasis; // the charge of DESIGN §7.5
  int256 shortOptions; // Σ over strikes of what is sold beyond what is bought, at S
  int256 calendarVega; // the charge
}

/// @notice Net and leg-by-leg delta of one expiry, units.
struct Delta {
  int256 net;
  int256 legs;
}

/// @notice The charges added to the risk of the book, USD.
struct AddOns {
  int256 perpBasis;
  int256 expiryBasis;
  int256 lst;
  int256 stable;
  int256 exit;
  int256 shortOption;
  int256 calendarVega;
  int256 liquidationCost;
  int256 oracleBand;
  int256 size;
}

/// @notice What a book needs in one mode, and why.
struct Requirement {
  int256 risk; // RM
  AddOns addOns;
  Ladder[] ladders; // of each exposure
  int256 notional; // Σ |derivative delta notional|, leg by leg
  int256 required;
}

/// @notice The answer to "is this account healthy?", USD.
struct Margin {
  int256 equity;
  int256 initialEquity;
  int256 maintenance;
  int256 initial;
}

/// @notice What an act sent as reducing may not make worse, USD: equity, and what the book itself needs for MM.
struct OwnMargin {
  int256 equity;
  int256 maintenance;
}

/// @notice What one factor of a book weighs in a margin call.
struct FactorRisk {
  uint256 factor;
  int256 loss; // W: its worst loss alone, USD
  int256 units; // |delta|
  int256 volatilityRatio; // max(1, √v1 ÷ σused)
  uint256 updated; // time of its price
}

/// @notice What a margin call measures of a book, USD.
struct Measure {
  int256 equity;
  int256 maintenance;
  int256 gross;
  int256 doubt; // by how much prices that are not Ok may be off, in all
  FactorRisk[] factors;
}

/// @notice An account as margin calls see it.
struct AccountHealth {
  int256 equity;
  int256 maintenance;
  int256 gross;
  int256 health;
  int256 floor; // health at which no time is left
  int256 calmness; // κ
  int256 best; // equity, if all that is in doubt is in the account's favour
  uint256 heavyRound; // time of the newest round of a heavy factor
  FactorDelta[] deltas; // of each factor held
}

/// @notice What a book holds of one factor, all told.
struct FactorDelta {
  uint256 factor;
  int256 units; // |delta|
}
