// The waist: what margin is asked about. All numbers are wads; values are USD.
// A pair holds the maintenance figure first, the initial figure second.

/** [maintenance, initial] */
export type Pair = readonly [bigint, bigint];

/**
 * One figure per scenario, in [maintenance, initial]; and, while an expiry settles, in maintenance but for what
 * the clock has reached, and of whole legs. Empty where not asked for.
 */
export type Curves = readonly [bigint[], bigint[], bigint[], bigint[]];

/** Everything an account's requirement depends on. */
export interface Portfolio {
  readonly equity: bigint; // collateral at mark + (cash, accrued P&L, option marks) at the price of cash
  readonly initialEquity: bigint; // equity that IM is compared with: without degraded long assets
  readonly gross: bigint; // Σ spot value; with the derivatives' notional it is V
  readonly debt: bigint; // max(0, −cash), at its price
  readonly doubt: bigint; // by how much rates and prices of stables that are not Ok may be off, in a margin call
  readonly graceMultiplier: bigint; // m ≥ 1: what a longer grace costs
  readonly stables: Stable[];
  readonly exposures: Exposure[]; // one per factor held
}

/** The net face of one stable, cash among them. */
export interface Stable {
  readonly face: bigint; // units of the stable; negative for debt
  readonly price: bigint;
  readonly bandRate: bigint; // band ÷ price
  readonly longRate: Pair; // charge on a long face
}

/** The calls and puts of one strike and expiry. */
export interface Strike {
  readonly strike: bigint;
  readonly calls: bigint; // net units
  readonly puts: bigint; // net units
  readonly logMoneyness: bigint; // ln(forward ÷ strike)
  readonly volatility: bigint; // at the mark
  readonly call: bigint; // the mark of a call
  readonly delta: bigint; // of a call
}

/** All an account holds of one factor that expires at one time. */
export interface Expiry {
  readonly time: number; // Unix seconds
  readonly left: bigint; // seconds until then, not below zero
  readonly root: bigint; // √ of the years until then
  readonly forward: bigint;
  readonly exposed: bigint; // share of a move of spot that the forward still feels: 1 but while settling
  readonly unsettled: bigint; // share of the settlement window that is not known yet: what still counts as delta
  readonly ahead: bigint; // share of it that the clock has not reached; 1 but while settling
  readonly futures: bigint; // net units
  readonly strikes: Strike[];
  readonly vega: bigint; // Σ size·vega·(IV_up − IV), USD; asked for where a factor has several expiries
  readonly curves: Curves; // what the options' curves make in each scenario, squared wads; by part
  readonly largestLoss: bigint; // the most its options can lose, USD; ENDLESS if calls are sold beyond what is bought
}

/** What the derivatives of a factor are charged. */
export interface BasisRates {
  readonly perp: Pair; // of |net perp size|·S
  readonly expiry: bigint; // of |net delta of one expiry|·S, at once
  readonly expirySlope: bigint; // and per year until expiry
  readonly expiryCap: bigint;
}

/** All an account holds of one factor. */
export interface Exposure {
  readonly factor: number;
  readonly spot: bigint; // value of the underlying and of what follows it
  readonly price: bigint; // what a long of the underlying counts at
  readonly index: bigint; // S, what derivatives count at
  readonly mark: bigint; // of the perp
  readonly perps: bigint; // net units
  readonly expiries: Expiry[];
  readonly basis: BasisRates;
  readonly bandRate: bigint; // band ÷ price
  readonly rateBand: bigint; // value at stake in the bands of the rates of what follows the underlying
  readonly used: bigint; // σused
  readonly volatilityRatio: bigint; // max(1, √v1 ÷ σused)
  readonly shockFloor: bigint; // sMin
  readonly dailyVolume: bigint; // ADV in USD; zero for no size charge
  readonly volatility: Pair;
  readonly crowding: Pair; // g, the open-interest multiplier
  readonly exitRate: Pair;
  readonly lst: Pair; // charge on what follows the underlying, USD
  readonly low: Loading; // under the low set of correlations
  readonly high: Loading; // under the high set
  readonly counted: boolean; // is the factor's own price Ok
  readonly doubtRate: bigint; // by what share its price may be off; zero while it is Ok
  readonly behind: boolean; // do rounds wait to be observed
  readonly updated: number; // time of the factor's price
}

/** One mode of the model: maintenance (may I stay?) or initial (may I add risk?). */
export interface Mode {
  readonly index: number; // into the pairs
  readonly part: number; // of a leg that settles, that is shocked: OPEN, AHEAD, or all of it
  readonly multiplier: bigint; // k
  readonly floorScale: bigint; // × sMin
  readonly cap: bigint; // largest shock
  readonly halfStep: bigint; // x of the half steps
  readonly minimumRate: bigint; // of derivative delta notional and debt
  readonly shortOptionRate: bigint; // of unpaired short options' notional
  readonly depegSlope: bigint; // what a long stable is charged per unit it slips below 0.99
  readonly soonest: bigint; // what expires within so many seconds is left out; −1 for nothing
  readonly limited: bigint; // options of an expiry that can lose at most so much are left out; −1 for none
}

/** Profit of one factor in each scenario; three of them tell all of a linear book. */
export interface Ladder {
  readonly shock: bigint; // the relative move it was tested with
  readonly profit: bigint[];
  readonly down: bigint; // the worst over x ≤ 0
  readonly up: bigint; // the worst over x ≥ 0
  net: bigint; // delta of spot and derivatives, USD
}

/** How a factor loads on the common move, on its sector's, and on its own. */
export interface Loading {
  readonly common: bigint;
  readonly sector: bigint;
  readonly own: bigint; // variance share
}

/** A figure under the low and under the high set of correlations. */
export interface BothSets {
  readonly low: bigint;
  readonly high: bigint;
}

/** What the derivatives of one exposure come to, USD. */
export interface Notional {
  readonly net: bigint; // delta of spot and derivatives, signed
  readonly derivatives: bigint; // delta, signed
  readonly legs: bigint; // Σ |delta|, leg by leg
  readonly expiryBasis: bigint; // the charge of DESIGN §7.5
  readonly shortOptions: bigint; // Σ over strikes of what is sold beyond what is bought, at S
  readonly calendarVega: bigint; // the charge
}

/** Net and leg-by-leg delta of one expiry, units. */
export interface Delta {
  readonly net: bigint;
  readonly legs: bigint;
}

/** The charges added to the risk of the book, USD. */
export interface AddOns {
  perpBasis: bigint;
  expiryBasis: bigint;
  lst: bigint;
  stable: bigint;
  exit: bigint;
  shortOption: bigint;
  calendarVega: bigint;
  liquidationCost: bigint;
  oracleBand: bigint;
  size: bigint;
}

/** What a book needs in one mode, and why. */
export interface Requirement {
  readonly risk: bigint; // RM
  readonly addOns: AddOns;
  readonly ladders: Ladder[]; // of each exposure
  readonly notional: bigint; // Σ |derivative delta notional|, leg by leg
  required: bigint;
}

/** The answer to "is this account healthy?", USD. */
export interface Margin {
  readonly equity: bigint;
  readonly initialEquity: bigint;
  readonly maintenance: bigint;
  readonly initial: bigint;
}

/** What an act sent as reducing may not make worse, USD: equity, and what the book itself needs for MM. */
export interface OwnMargin {
  readonly equity: bigint;
  readonly maintenance: bigint;
}

/** What one factor of a book weighs in a margin call. */
export interface FactorRisk {
  readonly factor: number;
  readonly loss: bigint; // W: its worst loss alone, USD
  readonly units: bigint; // |delta|
  readonly volatilityRatio: bigint; // max(1, √v1 ÷ σused)
  readonly updated: number; // time of its price
}

/** What a margin call measures of a book, USD. */
export interface Measure {
  readonly equity: bigint;
  readonly maintenance: bigint;
  readonly gross: bigint;
  readonly doubt: bigint; // by how much prices that are not Ok may be off, in all
  readonly factors: FactorRisk[];
}

/** An account as margin calls see it. */
export interface AccountHealth {
  readonly equity: bigint;
  readonly maintenance: bigint;
  readonly gross: bigint;
  readonly health: bigint;
  readonly floor: bigint; // health at which no time is left
  readonly calmness: bigint; // κ
  readonly best: bigint; // equity, if all that is in doubt is in the account's favour
  readonly heavyRound: number; // time of the newest round of a heavy factor
  readonly deltas: FactorDelta[]; // of each factor held
}

/** What a book holds of one factor, all told. */
export interface FactorDelta {
  readonly factor: number;
  readonly units: bigint; // |delta|
}
