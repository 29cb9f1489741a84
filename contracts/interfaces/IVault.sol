// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice The strongroom: holds every token of the pool, moves one only for the door.
interface IVault {
  /// @notice Only the clearinghouse opens the vault.
  error NotClearinghouse(address caller);

  /// @notice Takes `amount` token units of `token` from `from`. Returns what arrived.
  function take(address token, address from, uint256 amount) external returns (uint256 arrived);

  /// @notice Sends `amount` token units of `token` to `to`.
  function give(address token, address to, uint256 amount) external;
}
