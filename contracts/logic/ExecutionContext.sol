// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SlotDerivation} from "@openzeppelin/contracts/utils/SlotDerivation.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {AccountId} from "../types/Ids.sol";

/// @notice One verb at a time, and a list of the accounts a batch must still prove.
/// @dev OpenZeppelin's ReentrancyGuardTransient cannot let a batch call the door's own verbs; here a
/// batch issues a pass for exactly one verb at a time, so a token that calls back finds the lock shut.
abstract contract ExecutionContext {
  using SlotDerivation for bytes32;
  using TransientSlot for *;

  bytes32 private constant TOUCHED = keccak256("ballast.guard.touched");

  bool private transient _locked;
  bool private transient _pass;
  bool private transient _batching;
  bool private transient _filled;
  bool private transient _liquidated;
  bool private transient _calling;
  bool private transient _owes;
  bool private transient _left;
  uint256 private transient _touched;
  AccountId private transient _reducing;
  AccountId private transient _receiver;
  AccountId private transient _sold;

  modifier verb() {
    bool nested = _enter();
    require(!_calling, IClearinghouse.Reentered());
    _;
    if (!nested) _locked = false;
  }

  /// A verb that a bidder who is called may use too, as far as it looks itself at whose accounts it is for.
  modifier verbInBid() {
    bool nested = _enter();
    _;
    if (!nested) _locked = false;
  }

  /// A verb that a bidder who is called may use too, on the account that bought.
  modifier verbOf(AccountId account) {
    bool nested = _enter();
    if (_calling) _requireOpenTo(account, account == _receiver);
    _;
    if (!nested) _locked = false;
  }

  function _enter() private returns (bool nested) {
    nested = _pass;
    if (nested) _pass = false;
    else require(!_locked, IClearinghouse.Reentered());
    _locked = true;
  }

  function _beginBatch() internal {
    require(!_locked && !_calling, IClearinghouse.Reentered());
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

  /// Nor may one that is sent as reducing, in which no one looks at the account on the way; nor one that
  /// owes a proof: an account that is sold would have nothing left to prove, and what another lacks for a
  /// moment counts against all who lend.
  function _noteLiquidation() internal {
    if (!_batching) return;
    bool alone = !_filled && AccountId.unwrap(_reducing) == 0;
    require(alone && _touched == 0, IClearinghouse.BatchMixed());
    _liquidated = true;
  }

  /// A bidder is not called from a batch, which has yet to prove what it did before.
  function _requireAlone() internal view {
    require(!_batching, IClearinghouse.BatchMixed());
  }

  /// Until it is shut the door is open to the receiver of a bid alone.
  function _openTo(AccountId receiver, AccountId sold) internal {
    (_receiver, _sold) = (receiver, sold);
    (_owes, _left) = (false, false);
    (_calling, _locked) = (true, false);
  }

  /// Does the receiver owe a proof of IM since, and has anything left it?
  function _shut() internal returns (bool owes, bool left) {
    (_calling, _locked) = (false, true);
    return (_owes, _left);
  }

  function _isCalling() internal view returns (bool) {
    return _calling;
  }

  function _noteOwed(bool leaves) internal {
    _owes = true;
    if (leaves) _left = true;
  }

  /// A fill in the middle of a bid has the receiver on one side. Returns the other.
  function _requireOpenFill(AccountId maker, AccountId taker) internal view returns (AccountId) {
    if (maker == _receiver) return taker;
    require(taker == _receiver, IClearinghouse.ClosedDuringBid(maker, _receiver));
    return maker;
  }

  /// Whose proof waits for the end of the bid, if one is on: no account is zero.
  function _unproved() internal view returns (AccountId) {
    return _calling ? _receiver : AccountId.wrap(0);
  }

  /// A bidder who is called moves nothing to the account that it buys from.
  function _requireOpenTo(AccountId account, bool open) internal view {
    require(open && account != _sold, IClearinghouse.ClosedDuringBid(account, _receiver));
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
