// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A feed that has an answer for every round it is asked for, whether or not it ever was: under the id
/// that was asked, or always under its latest. Asked what stands behind it, it burns all the gas it gets.
contract EagerFeed {
  int256 private _answer;
  uint80 private _latest;
  bool private _echoes;

  constructor(int256 answer, uint80 latest, bool echoes) {
    (_answer, _latest, _echoes) = (answer, latest, echoes);
  }

  function decimals() external pure returns (uint8) {
    return 8;
  }

  /// @notice Its latest round from now on.
  function move(uint80 latest) external {
    _latest = latest;
  }

  function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
    return (_latest, _answer, block.timestamp, block.timestamp, _latest);
  }

  function getRoundData(
    uint80 asked
  ) external view returns (uint80, int256, uint256, uint256, uint80) {
    uint80 id = _echoes ? asked : _latest;
    return (id, _answer, block.timestamp, block.timestamp, id);
  }

  function aggregator() external pure returns (address) {
    while (true) {}
    return address(0);
  }
}
