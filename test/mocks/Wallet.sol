// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";

/// @notice A wallet that is a contract: it signs by saying yes, and may call back while it is asked.
contract Wallet is IERC1271 {
  bool private _willing;
  address private _target;
  bytes[] private _calls;

  /// @notice Whether it says yes from now on.
  function decide(bool willing) external {
    _willing = willing;
  }

  /// @notice What to call back when asked.
  function arm(address target, bytes[] calldata calls) external {
    _target = target;
    delete _calls;
    for (uint256 i = 0; i < calls.length; ++i) _calls.push(calls[i]);
  }

  /// @notice Yes, unless one of the calls was let in, or refused for another reason than the lock.
  function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
    for (uint256 i = 0; i < _calls.length; ++i) {
      (bool entered, bytes memory answer) = _target.staticcall(_calls[i]);
      if (entered || bytes4(answer) != IClearinghouse.Reentered.selector) return 0xffffffff;
    }
    return _willing ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
  }
}
