// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {AccountId} from "../types/Ids.sol";

/// @notice One verb at a time, and a list of the accounts a batch must still prove.
/// @dev OpenZeppelin's ReentrancyGuardTransient cannot let a batch call the door's own verbs; here a
/// batch issues a pass for exactly one verb at a time, so a token that calls back finds the lock shut.
abstract contract Guard {
  using SlotDerivation for bytes32;
  using TransientSlot for *;

  bytes32 private constant TOUCHED = keccak256("ballast.guard.touched");

  bool private transient _locked;
  bool private transient _pass;
  bool private transient _batching;
  bool private transient _filled;
  bool private transient _liquidated;
  uint256 private transient _touched;
  AccountId private transient _reducing;

  modifier verb() {
    bool nested = _enter();
    _;
    if (!nested) _locked = false;
  }

  function _enter() private returns (bool nested) {
    nested = _pass;
    require(nested || !_locked, IClearinghouse.Reentered());
    _pass = false;
    _locked = true;
  }

  function _beginBatch() internal {
    require(!_locked, IClearinghouse.Reentered());
    _locked = true;
    _batching = true;
    _touched = 0;
    _filled = false;
    _liquidated = false;
  }

  /// A batch that contains a fill may not contain a call, a bid or a takeover.
  function _noteFill() internal {
    require(!_batching || !_liquidated, IClearinghouse.BatchMixed());
    _filled = true;
  }

  /// Nor may one that is sent as reducing, in which no one looks at the account on the way.
  function _noteLiquidation() internal {
    bool alone = !_filled && AccountId.unwrap(_reducing) == 0;
    require(!_batching || alone, IClearinghouse.BatchMixed());
    _liquidated = true;
  }

  /// The next verb of this transaction, and only that one, may enter.
  function _issuePass() internal {
    _pass = true;
  }

  /// A call that was no verb of the door leaves its pass unused.
  function _revokePass() internal {
    _pass = false;
  }

  /// Until its end this batch is one act of `account`.
  function _markReducing(AccountId account) internal {
    _reducing = account;
  }

  function _endBatch() internal {
    _reducing = AccountId.wrap(0);
    _batching = false;
    _locked = false;
  }

  function _isBatching() internal view returns (bool) {
    return _batching;
  }

  function _isReducing(AccountId account) internal view returns (bool) {
    return _reducing == account;
  }

  function _touch(AccountId account) internal {
    uint256 n = _touched;
    for (uint256 i = 0; i < n; ++i) {
      if (_touchedAt(i) == account) return;
    }
    TOUCHED.deriveArray().offset(n).asBytes32().tstore(AccountId.unwrap(account));
    _touched = n + 1;
  }

  function _touchedCount() internal view returns (uint256) {
    return _touched;
  }

  function _touchedAt(uint256 i) internal view returns (AccountId) {
    return AccountId.wrap(TOUCHED.deriveArray().offset(i).asBytes32().tload());
  }
}
