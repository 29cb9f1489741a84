// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IBidder} from "./interfaces/IBidder.sol";
import {IClearinghouse} from "./interfaces/IClearinghouse.sol";
import {IOracle} from "./interfaces/IOracle.sol";
import {IVerbs} from "./interfaces/IVerbs.sol";
import {Accounts} from "./logic/Accounts.sol";
import {Cash} from "./logic/Cash.sol";
import {Custody} from "./logic/Custody.sol";
import {Estimates} from "./logic/Estimates.sol";
import {PayoutHaircuts} from "./logic/PayoutHaircuts.sol";
import {Health} from "./logic/Health.sol";
import {ClearinghouseBase} from "./logic/ClearinghouseBase.sol";
import {Liquidation} from "./logic/Liquidation.sol";
import {Positions} from "./logic/Positions.sol";
import {Rates} from "./logic/Rates.sol";
import {Risk} from "./logic/Risk.sol";
import {Settlement} from "./logic/Settlement.sol";
import {Sponsors} from "./logic/Sponsors.sol";
import {Offer, Slice} from "./types/Offer.sol";
import {AccountId, AssetId} from "./types/Ids.sol";
import {Grant} from "./types/Grant.sol";
import {Fill, Order} from "./types/Order.sol";
import {Margin, OwnMargin} from "./types/Portfolio.sol";
import {Account, Phase} from "./types/State.sol";
import {Vault} from "./Vault.sol";

/// @notice The one door of a pool: who may, what happens, proof of health.
/// @dev `IClearinghouse` is all it answers: what is not here, its office does.
contract Clearinghouse is IVerbs, ClearinghouseBase, EIP712 {
  address private immutable _office;

  constructor(
    address authority,
    IOracle oracle,
    address ext
  ) ClearinghouseBase(authority) EIP712("Ballast", "1") {
    _office = ext;
    _s.oracle = oracle;
    _s.vault = new Vault(address(this));
    _s.cash.supplyIndex = 1e18;
    _s.cash.borrowIndex = 1e18;
    _s.cash.accrued = uint32(block.timestamp);
  }

  /// @notice The rest of `IClearinghouse`, by the office over the door's own memory.
  /// @dev OpenZeppelin's Proxy would take ether, and its assembly, which is not memory-safe, keeps the
  /// compiler from moving to memory what the stack cannot hold.
  fallback(bytes calldata asked) external returns (bytes memory) {
    return Address.functionDelegateCall(_office, asked);
  }

  /// @inheritdoc IVerbs
  function deposit(AccountId account, address token, uint256 amount) external verbOf(account) {
    _poke(account);
    Custody.deposit(_s, account, token, amount);
    _poke(account);
  }

  /// @inheritdoc IVerbs
  function withdraw(
    AccountId account,
    address token,
    uint256 amount,
    address to
  ) external verbOf(account) {
    Accounts.authorize(_s, account, Accounts.WITHDRAW);
    _pokeBefore(account, token);
    Custody.withdraw(_s, account, token, amount, to);
    _prove(account, true);
  }

  /// @inheritdoc IVerbs
  function transfer(
    AccountId from,
    AccountId to,
    address token,
    uint256 amount
  ) external verbOf(from) {
    if (_isCalling()) _requireClear(to);
    Accounts.authorize(_s, from, Accounts.TRANSFER);
    _pokeBefore(from, token);
    _poke(to);
    Custody.transfer(_s, from, to, token, amount);
    _poke(to);
    _prove(from, true);
  }

  /// @inheritdoc IVerbs
  function repay(
    AccountId account,
    uint256 amount
  ) external verbOf(account) returns (uint256 repaid) {
    _poke(account);
    repaid = Custody.repay(_s, account, amount);
    _poke(account);
  }

  /// @inheritdoc IVerbs
  function setOperator(
    AccountId account,
    address operator,
    uint8 scopes,
    uint40 expiry,
    uint64 lossLimit
  ) external verb {
    Accounts.authorize(_s, account, Accounts.OWNER);
    uint256 nonce = _s.nonces[account];
    uint256 never = type(uint256).max;
    Accounts.allow(_s, Grant(account, operator, scopes, expiry, lossLimit, nonce, never));
  }

  /// @inheritdoc IVerbs
  function setOperatorBySignature(Grant calldata grant, bytes calldata signature) external verb {
    Accounts.requireSigned(grant, signature, _domainSeparatorV4());
    Accounts.allow(_s, grant);
  }

  /// @inheritdoc IVerbs
  function setGrace(AccountId account, uint8 tier) external verb {
    Accounts.authorize(_s, account, Accounts.OWNER);
    _poke(account);
    Accounts.setTier(_s, account, tier);
    _prove(account, false);
  }

  /// @inheritdoc IVerbs
  function setSponsor(AccountId account, address sponsor, uint32 fee) external verb {
    Accounts.authorize(_s, account, Accounts.OWNER);
    _poke(account);
    Sponsors.set(_s, account, sponsor, fee);
  }

  /// @inheritdoc IVerbs
  function batch(bytes[] calldata calls) external {
    _beginBatch();
    _run(calls);
    for (uint256 i = 0; i < _touchedCount(); ++i) _proveLeft(_touchedAt(i));
    _endBatch();
  }

  /// @inheritdoc IVerbs
  function batchReducing(AccountId account, bytes[] calldata calls) external {
    _beginBatch();
    (uint256 factors, uint256 rounds) = Estimates.enterAll(_s, account);
    _poke(account);
    _markReducing(account);
    uint8 tier = _s.accounts[account].tier;
    OwnMargin memory before = Health.ownMargin(_s, account);
    _run(calls);
    bool leaves;
    for (uint256 i = 0; i < _touchedCount(); ++i) {
      AccountId touched = _touchedAt(i);
      if (touched == account) leaves = true;
      else _proveLeft(touched);
    }
    bool reduced = Risk.hasReduced(_s, account, before);
    // What leaves may not lean on recent gains, nor on another tier, even if all else became better.
    bool lighter = _s.accounts[account].tier != tier;
    bool leans = leaves && (lighter || Positions.recentGains(_s, account) > 0);
    // Rounds walked on the way move what it is measured by.
    if (Estimates.roundsOf(_s, factors) != rounds) leans = true;
    if (reduced && !leans) leaves = false;
    else Risk.requireInitial(_s, account, leaves);
    _endBatch();
    _poke(account);
    if (leaves) Sponsors.requirePaid(_s, account);
  }

  /// @inheritdoc IVerbs
  function settle(Fill[] calldata fills, bool atomic) external verbInBid {
    _noteFill();
    bytes32 domain = _domainSeparatorV4();
    for (uint256 i = 0; i < fills.length; ++i) {
      if (atomic) _fill(fills[i], domain);
      else _tryFill(fills[i], i);
    }
  }

  /// @inheritdoc IVerbs
  function cancel(Order[] calldata orders) external verb {
    Settlement.cancel(_s, orders, _domainSeparatorV4());
  }

  /// @inheritdoc IVerbs
  function cancelBelow(AccountId account, uint256 counter) external verb {
    Settlement.cancelBelow(_s, account, counter);
  }

  /// @inheritdoc IVerbs
  function settleExpiries(uint256 factor) external verb {
    Estimates.settleTerms(_s, factor);
  }

  /// @inheritdoc IVerbs
  function settleExpired(AccountId account) external verb {
    if (PayoutHaircuts.isRuined(_s, account)) _call(account);
    _poke(account);
    Positions.settle(_s, account);
    _poke(account);
  }

  /// @inheritdoc IVerbs
  function observe(uint256 factor, uint256 maxRounds) external verb returns (uint256) {
    return Estimates.observe(_s, factor, maxRounds);
  }

  /// @inheritdoc IVerbs
  function observeRate(AssetId asset) external verb {
    Rates.note(_s, asset);
  }

  /// @inheritdoc IVerbs
  function accrue() external verb {
    Cash.accrue(_s.cash);
    Cash.reprice(_s);
  }

  /// @inheritdoc IVerbs
  function call(AccountId account) external verb {
    Accounts.requireOwned(account);
    _call(account);
  }

  /// @inheritdoc IVerbs
  function bid(Offer calldata offer) external verb returns (Slice memory slice) {
    _noteLiquidation();
    bool calls = offer.data.length > 0;
    if (calls) _requireAlone();
    Accounts.authorize(_s, offer.receiver, Accounts.LIQUIDATE);
    _poke(offer.receiver);
    slice = Liquidation.bid(_s, offer);
    (bool owes, bool left) = calls ? _callBidder(offer, slice) : (false, false);
    if (owes) Risk.requireInitial(_s, offer.receiver, left);
    else Risk.requireCapacity(_s, offer.receiver);
    _poke(offer.receiver);
    if (left) Sponsors.requirePaid(_s, offer.receiver);
  }

  /// @inheritdoc IVerbs
  function takeOver(AccountId account) external verb returns (AccountId) {
    _noteLiquidation();
    Accounts.requireOwned(account);
    return Liquidation.takeOver(_s, account);
  }

  /// @inheritdoc IVerbs
  function domainSeparator() external view returns (bytes32) {
    return _domainSeparatorV4();
  }

  /// @inheritdoc IVerbs
  function health(AccountId account) external view returns (int256 equity, int256 maintenance) {
    Margin memory now_ = Health.margin(_s, account);
    return (now_.equity, now_.maintenance);
  }

  /// @inheritdoc IVerbs
  function initial(AccountId account) external view returns (int256 equity, int256 required) {
    return Risk.initial(_s, account);
  }

  /// An account in call or auction is poked before and after every act that touches it; a batch sent as
  /// reducing is one act, so that nothing lent to it for a moment can cure it; nor can what a bidder lends
  /// itself while it is called.
  function _look(AccountId account) private {
    bool clear = _s.accounts[account].phase == Phase.Clear;
    if (clear || _isReducing(account) || _isCalling()) return;
    Liquidation.poke(_s, account);
  }

  function _call(AccountId account) private {
    _noteLiquidation();
    Liquidation.call(_s, account);
    Sponsors.pay(_s, account);
  }

  /// Every act but a fill lets an account that owes its sponsor pay what it can, too.
  function _poke(AccountId account) private {
    Account storage a = _s.accounts[account];
    if ((a.phase == Phase.Clear && !a.owes) || _isReducing(account) || _isCalling()) return;
    _look(account);
    if (a.owes) Sponsors.pay(_s, account);
  }

  /// Before a token leaves: out of a batch sent as reducing only at good prices.
  function _pokeBefore(AccountId account, address token) private {
    if (_isReducing(account)) Custody.requireGood(_s, token);
    else _poke(account);
  }

  /// Each call runs as if its sender had sent it alone.
  function _run(bytes[] calldata calls) private {
    for (uint256 i = 0; i < calls.length; ++i) {
      _issuePass();
      Address.functionDelegateCall(address(this), calls[i]);
      _revokePass();
    }
  }

  /// What a bidder does with the receiver when it is called is proved after it: did it add risk, did anything leave?
  function _callBidder(
    Offer calldata offer,
    Slice memory slice
  ) private returns (bool owes, bool left) {
    _openTo(offer.receiver, offer.account);
    IBidder(msg.sender).onBid(offer, slice);
    return _shut();
  }

  function _fill(Fill calldata fill, bytes32 domain) private {
    (AccountId maker, AccountId taker) = (fill.maker.account, fill.taker.account);
    if (_isCalling()) _requireClear(_requireOpenFill(maker, taker));
    _look(maker);
    _look(taker);
    if (Settlement.fill(_s, fill, domain, _unproved())) _noteOwed(false);
    _look(maker);
    _look(taker);
  }

  /// In the middle of a bid no one is poked, so nothing reaches an account in call.
  function _requireClear(AccountId other) private view {
    _requireOpenTo(other, _s.accounts[other].phase == Phase.Clear);
  }

  /// A fill that may not be undoes itself alone.
  function _tryFill(Fill calldata fill, uint256 index) private {
    _issuePass();
    Fill[] memory one = new Fill[](1);
    one[0] = fill;
    bytes memory data = abi.encodeCall(IVerbs.settle, (one, true));
    (bool done, bytes memory reason) = address(this).delegatecall(data);
    _revokePass();
    if (!done) emit IClearinghouse.FillFailed(index, reason);
  }

  /// Risk-adding acts need IM: at once, or once at the end of a batch. What `leaves` may not lean on
  /// recent gains.
  function _prove(AccountId account, bool leaves) private {
    if (_isCalling()) return _noteOwed(leaves);
    bool batching = _isBatching();
    if (batching) _touch(account);
    else Risk.requireInitial(_s, account, leaves);
    _poke(account);
    if (leaves && !batching) Sponsors.requirePaid(_s, account);
  }

  /// What a batch took out is proved at its end.
  function _proveLeft(AccountId account) private {
    Risk.requireInitial(_s, account, true);
    Sponsors.pay(_s, account);
    Sponsors.requirePaid(_s, account);
  }
}
