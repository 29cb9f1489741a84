/** What is remembered of a factor's price moves. Variances and volatilities are annual wads. */
export interface Volatility {
  readonly hour: bigint; // v1: variance, half-life 1 h
  readonly day: bigint; // vF: variance, half-life 24 h
  readonly month: bigint; // vS: variance, half-life 30 d
  readonly used: bigint; // σused
  readonly maintenance: bigint; // σMM
  readonly price: bigint; // P_last, USD
}

/** What bounds a factor's volatility from below. */
export interface VolatilityBounds {
  readonly floor: bigint; // σfloor
  readonly stress: bigint; // σstress
}
