import type { Address } from "viem";

/** One deployment: a clearinghouse, its vault, and what they know. */
export interface Pool {
  readonly clearinghouse: Address;
  readonly vault: Address; // tokens are approved to it
  readonly lens: Address;
  readonly oracle: Address;
  readonly authority: Address;
  readonly tokens: Readonly<Record<string, Address>>; // by symbol
  readonly feeds: Readonly<Record<string, Address>>; // by symbol
}
