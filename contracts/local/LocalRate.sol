// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A rate that anyone moves, told as wstETH tells its own and as an ERC-4626 share does: for local
/// chains, never deployed elsewhere.
contract LocalRate {
  /// @notice Decimals of a share, and of what it converts into.
  uint8 public constant decimals = 18; // solhint-disable-line const-name-snakecase

  /// @notice Wads of the staked token in one wrapped token.
  uint256 public stEthPerToken;

  constructor(uint256 rate) {
    stEthPerToken = rate;
  }

  /// @notice Moves the rate.
  function setRate(uint256 rate) external {
    stEthPerToken = rate;
  }

  /// @notice What a share converts into: decimals are as its own.
  function asset() external view returns (address) {
    return address(this);
  }

  /// @notice What so many shares convert into.
  function convertToAssets(uint256 shares) external view returns (uint256) {
    return (shares * stEthPerToken) / 1e18;
  }
}
