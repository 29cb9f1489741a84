// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId} from "./Ids.sol";

/// @notice What an owner lets another address do, signed (EIP-712).
// solhint-disable-next-line gas-struct-packing
struct Grant {
  AccountId account;
  address operator;
  uint8 scopes; // zero revokes
  uint40 expiry; // Unix seconds: from then on it may no longer
  uint64 lossLimit; // of what its trades lose against the mark in a day, cash millionths
  uint256 nonce; // of the account: each change of an operator is the next
  uint256 deadline; // Unix seconds, the last at which it may be sent
}
