// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

/// @notice A feed whose answer costs one storage read, so that benches compare protocols, not feeds.
contract SlotFeed is AggregatorV3Interface {
  struct Answer {
    int128 price;
    uint64 updated;
    uint64 id;
  }

  Answer private _last;
  mapping(uint256 => Answer) private _rounds;

  constructor(int128 price) {
    set(price);
  }

  function set(int128 price) public {
    _last = Answer(price, uint64(block.timestamp), _last.id + 1);
    _rounds[_last.id] = _last;
  }

  function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
    Answer memory a = _last;
    return (a.id, a.price, a.updated, a.updated, a.id);
  }

  function getRoundData(
    uint80 id
  ) external view returns (uint80, int256, uint256, uint256, uint80) {
    Answer memory a = _rounds[id];
    return (id, a.price, a.updated, a.updated, id);
  }

  function decimals() external pure returns (uint8) {
    return 8;
  }

  function description() external pure returns (string memory) {
    return "one slot";
  }

  function version() external pure returns (uint256) {
    return 1;
  }
}
