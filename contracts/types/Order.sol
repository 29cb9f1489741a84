// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId, InstrumentId} from "./Ids.sol";

uint8 constant MAKER = 1; // its price wins; a pair has exactly one
uint8 constant REDUCE_ONLY = 2; // never grows or turns the position
uint8 constant REDUCING = 4; // proved by before and after, not by initial margin

/// @notice A signed wish to trade (EIP-712). Wads; prices are cash per unit of the underlying.
// solhint-disable-next-line gas-struct-packing
struct Order {
  AccountId account;
  InstrumentId instrument;
  int256 size; // units of the underlying; positive buys
  int256 limitPrice; // the worst accepted
  int256 maxFee; // the most accepted, cash per unit, what waiting losses take among it
  uint256 salt; // makes equal wishes differ
  uint256 counter; // of the account, at least what it has cancelled below
  uint256 deadline; // Unix seconds, the last that counts
  address signer; // the owner, or an operator who may trade
  AccountId taker; // the only account it may meet; zero for any
  uint8 flags;
}

/// @notice Two orders that meet, and how much of them does. The maker's limit is the price.
struct Fill {
  Order maker;
  Order taker;
  bytes makerSignature;
  bytes takerSignature;
  int256 size; // units, above zero
}
