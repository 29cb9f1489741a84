// What sales do to the prices of the pool's assets.
//
// Square-root law (R. Almgren, C. Thum, E. Hauptmann, H. Li, "Direct estimation of equity market impact",
// Risk, 2005; B. Tóth et al., "Anomalous price impact and the critical nature of liquidity in financial
// markets", Phys. Rev. X 1, 2011): a net flow Q against a day's volume V moves the price by
//   I(Q) = sign(Q)·Y·σ_day·√(|Q|/V),  Y = 1
// and the flow is forgotten with a half-life: impact is transient (J.-P. Bouchaud, J. D. Farmer, F. Lillo,
// "How markets slowly digest changes in supply and demand", 2009). A sale of q on top of Q costs, against
// the price told, ∫I − q·I(told). Dollars; a sale is positive, a purchase negative.

const COEFFICIENT = 1; // Y
const HALF_LIFE = 1_800; // seconds
const MOST = 0.5; // of the price: an order book is not empty for ever

/** The pressure on each factor. */
export class Impact {
  private readonly flow: number[];
  private readonly queues: number[][]; // what holders hedge at each coming step
  private told: number[];

  /** @param volumes a day's, USD */
  constructor(private readonly volumes: readonly number[]) {
    this.flow = volumes.map(() => 0);
    this.told = volumes.map(() => 0);
    this.queues = volumes.map(() => []);
  }

  /** One step on: what was sold is half forgotten, what is hedged adds to it. Falls, as shares. */
  step(seconds: number, daily: readonly number[]): readonly number[] {
    const kept = Math.pow(2, -seconds / HALF_LIFE);
    this.told = this.flow.map((before, i) => {
      this.flow[i] = before * kept + (this.queues[i]!.shift() ?? 0);
      return this.at(i, this.flow[i]!, daily[i]!);
    });
    return this.told;
  }

  /** What selling `amount` of a factor at once costs below the price told. */
  costOf(i: number, amount: number, daily: number): number {
    const cost = this.spent(i, this.flow[i]! + amount, daily) - this.spent(i, this.flow[i]!, daily);
    return Math.max(0, cost - amount * this.told[i]!);
  }

  /** Sells at once. */
  sell(i: number, amount: number): void {
    this.flow[i]! += amount;
  }

  /** Who took a slice sells it against the market, evenly over so many steps. */
  hedge(i: number, amount: number, steps: number): void {
    const queue = this.queues[i]!;
    for (let k = 0; k < steps; ++k) queue[k] = (queue[k] ?? 0) + amount / steps;
  }

  /** How far a flow of `amount` alone would move a factor. */
  alone(i: number, amount: number, daily: number): number {
    return Math.abs(this.at(i, amount, daily));
  }

  private at(i: number, flow: number, daily: number): number {
    const move = COEFFICIENT * daily * Math.sqrt(Math.abs(flow) / this.volumes[i]!);
    return Math.sign(flow) * Math.min(MOST, move);
  }

  private spent(i: number, flow: number, daily: number): number {
    return (2 / 3) * Math.abs(flow) * Math.abs(this.at(i, flow, daily));
  }
}
