// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {AssetId} from "../types/Ids.sol";

/// @notice What somebody tells an oracle keeps its bounds.
abstract contract Bounded is AccessManaged {
  error FeedOutOfBounds(AssetId asset, string name, uint256 value, uint256 low, uint256 high);

  function _within(
    AssetId asset,
    string memory name,
    uint256 value,
    uint256 low,
    uint256 high
  ) internal pure {
    require(value >= low && value <= high, FeedOutOfBounds(asset, name, value, low, high));
  }
}
