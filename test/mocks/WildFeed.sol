// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Answers every question with the same words, or reverts: what a feed can turn into.
contract WildFeed {
  bytes private _answer;
  bool private _silent;

  /// @notice What it answers from now on.
  function set(bytes calldata answer) external {
    (_answer, _silent) = (answer, false);
  }

  /// @notice From now on it reverts.
  function silence() external {
    _silent = true;
  }

  fallback(bytes calldata) external returns (bytes memory) {
    return _said();
  }

  function _said() private view returns (bytes memory) {
    require(!_silent);
    return _answer;
  }
}
