import type { Address } from "viem";

/** One deployment: a clearinghouse, its vault, and what they know. */
export interface Pool {
  readonly clearinghouse: Address;
  readonly vault: Address; // tokens are approved to it
  readonly lens: Address;
  readonly oracle: Address; // which the clearinghouse asks
  readonly oracles: Readonly<Record<string, Address>>; // what that is made of, by kind
  readonly authority: Address;
  readonly tokens: Readonly<Record<string, Address>>; // by symbol
  readonly feeds: Readonly<Record<string, Address>>; // Chainlink's, by symbol
  readonly sources: Readonly<Record<string, Address>>; // of rates, by symbol
}
