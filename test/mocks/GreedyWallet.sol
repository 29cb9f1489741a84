// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @notice A wallet that burns so much gas before it says yes, or all it gets, or answers with a megabyte.
contract GreedyWallet is IERC1271 {
  uint256 private _burns;
  bool private _bombs;

  /// @notice What it does from now on.
  function choose(uint256 burns, bool bombs) external {
    (_burns, _bombs) = (burns, bombs);
  }

  function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
    uint256 start = gasleft();
    while (start - gasleft() < _burns) {}
    if (_bombs) {
      assembly {
        return(0, 1000000)
      }
    }
    return IERC1271.isValidSignature.selector;
  }
}
