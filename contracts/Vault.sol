// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IVault} from "./interfaces/IVault.sol";

/// @notice The strongroom: holds every token of the pool, moves one only for the door.
contract Vault is IVault {
  using SafeERC20 for IERC20;

  /// @notice The clearinghouse, the only caller.
  address public immutable door;

  constructor(address door_) {
    door = door_;
  }

  modifier onlyDoor() {
    require(msg.sender == door, NotClearinghouse(msg.sender));
    _;
  }

  /// @inheritdoc IVault
  function take(address token, address from, uint256 amount) external onlyDoor returns (uint256) {
    uint256 before = IERC20(token).balanceOf(address(this));
    IERC20(token).safeTransferFrom(from, address(this), amount);
    return IERC20(token).balanceOf(address(this)) - before;
  }

  /// @inheritdoc IVault
  function give(address token, address to, uint256 amount) external onlyDoor {
    IERC20(token).safeTransfer(to, amount);
  }
}
