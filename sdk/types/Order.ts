import type { Address, Hex } from "viem";

import type { AccountId, InstrumentId } from "./Ids.ts";

export const MAKER = 1; // its price wins; a pair has exactly one
export const REDUCE_ONLY = 2; // never grows or turns the position
export const REDUCING = 4; // proved by before and after, not by initial margin

/** A signed wish to trade (EIP-712). Wads; prices are cash per unit of the underlying. */
export interface Order {
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  readonly size: bigint; // units of the underlying; positive buys
  readonly limitPrice: bigint; // the worst accepted
  readonly maxFee: bigint; // the most accepted, cash per unit, what waiting losses take among it
  readonly salt: bigint; // makes equal wishes differ
  readonly counter: bigint; // of the account, at least what it has cancelled below
  readonly deadline: bigint; // Unix seconds, the last that counts
  readonly signer: Address; // the owner, or an operator who may trade
  readonly taker: AccountId; // the only account it may meet; zero for any
  readonly flags: number;
}

/** Two orders that meet, and how much of them does. The maker's limit is the price. */
export interface Fill {
  readonly maker: Order;
  readonly taker: Order;
  readonly makerSignature: Hex;
  readonly takerSignature: Hex;
  readonly size: bigint; // units, above zero
}
