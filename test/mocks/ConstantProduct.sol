// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice An exchange of two tokens: x·y never falls, and 0.3 % of what comes in stays.
contract ConstantProduct {
  using SafeERC20 for IERC20;

  error Unpaid(uint256 product, uint256 least);

  IERC20 public immutable one;
  IERC20 public immutable other;

  constructor(IERC20 one_, IERC20 other_) {
    (one, other) = (one_, other_);
  }

  /// @notice Takes `amount` of one of the two, gives what the product allows of the other.
  function swap(IERC20 sold, uint256 amount, address to) external returns (uint256 bought) {
    IERC20 paid = address(sold) == address(one) ? other : one;
    (uint256 x, uint256 y) = (sold.balanceOf(address(this)), paid.balanceOf(address(this)));
    sold.safeTransferFrom(msg.sender, address(this), amount);
    uint256 counted = (amount * 997) / 1_000;
    bought = (y * counted) / (x + counted);
    paid.safeTransfer(to, bought);
    uint256 product = sold.balanceOf(address(this)) * paid.balanceOf(address(this));
    require(product >= x * y, Unpaid(product, x * y));
  }
}
