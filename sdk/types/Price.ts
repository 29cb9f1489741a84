/** How far a price can be trusted. */
export const Status = { Ok: 0, Degraded: 1, Stale: 2, Dead: 3 } as const;
export type Status = (typeof Status)[keyof typeof Status];

/** What an oracle says of an asset: USD per unit, or units of the underlying for an asset that follows
 * one. Wads. */
export interface Price {
  readonly price: bigint;
  readonly band: bigint; // half-width of its uncertainty, in units of the price
  readonly deviation: bigint; // the feed's own threshold; all of the price while the chain's sequencer is out
  readonly updated: number; // time of the round
  readonly status: Status;
}

/** What is known of a rate, or of a stable's price, beside what its feed says now. */
export interface SoundRate {
  readonly sound: bigint; // R: the last that sound rounds agree on
  readonly heard: bigint; // that of the last sound round noted
  readonly top: bigint; // the highest R has been: its growth counts from there
  readonly named: bigint; // what governance moves R to; zero for nothing
}

/** One round of a feed. */
export interface Round {
  readonly id: number; // zero for none
  readonly price: bigint;
  readonly updated: number;
  readonly skipped: boolean; // were there rounds before it that no one told?
}

/** What an instrument is worth, and between which prices it may trade. USD per unit. */
export interface InstrumentQuote {
  readonly spot: bigint;
  readonly mark: bigint;
  readonly index: bigint; // from which profit counts: zero for an option
  readonly delta: bigint; // |delta| of a unit
  readonly low: bigint; // of fills
  readonly high: bigint;
  readonly updated: number; // time of the spot price
  readonly status: Status; // of the spot price
}

/** A price as a margin formula takes it. */
export interface Quote {
  readonly price: bigint; // what a long counts at
  readonly bandRate: bigint; // band ÷ price, still to be charged
  readonly counted: boolean; // may initial margin lean on it?
}
