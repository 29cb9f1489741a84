// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that anyone may mint: for local chains, never deployed elsewhere.
contract Token is ERC20 {
  uint8 private immutable _decimals;

  constructor(string memory symbol, uint8 decimals_) ERC20(symbol, symbol) {
    _decimals = decimals_;
  }

  /// @notice Decimals of a unit.
  function decimals() public view override returns (uint8) {
    return _decimals;
  }

  /// @notice Mints to anyone, for anyone.
  function mint(address to, uint256 amount) external {
    _mint(to, amount);
  }
}
