// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {State} from "../types/State.sol";
import {ExecutionContext} from "./ExecutionContext.sol";

/// @notice What the door and its office share: whom they obey, one lock, one memory.
/// @dev Neither declares storage of its own, so that both see the same under the same names.
abstract contract ClearinghouseBase is AccessManaged, ExecutionContext {
  State internal _s;

  constructor(address authority) AccessManaged(authority) {}
}
