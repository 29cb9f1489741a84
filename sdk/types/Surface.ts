/** The volatility smile of one expiry: σ(K) = atm·(1 + skew·x + curvature·x²). Wads. */
export interface Surface {
  readonly atm: bigint;
  readonly skew: bigint;
  readonly curvature: bigint;
}
