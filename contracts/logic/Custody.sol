// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {max, min, mulDown} from "../math/WadMath.sol";
import {AccountId, AssetId, CASH, NO_ASSET, assetId} from "../types/Ids.sol";
import {CashParams, Listing} from "../types/Params.sol";
import {AccountHealth} from "../types/Portfolio.sol";
import {Price, Status} from "../types/Price.sol";
import {CashState, MAX_HOLDING, Phase, State} from "../types/State.sol";
import {Accounts} from "./Accounts.sol";
import {Cash} from "./Cash.sol";
import {Estimates} from "./Estimates.sol";
import {Locks} from "./Locks.sol";
import {View} from "./Portfolios.sol";
import {Positions} from "./Positions.sol";
import {Rates} from "./Rates.sol";
import {Sponsors} from "./Sponsors.sol";
import {AccountHealths} from "./AccountHealths.sol";

/// @notice Tokens in, tokens out, and between accounts. Token decimals end here.
library Custody {
  using SafeCast for uint256;

  int256 private constant MOST_TOPPED_UP = 1.25e18; // health up to which no cap stops a top-up
  uint256 private constant KNOWN = 1 hours; // how old a price may be that is not Ok, for what comes in

  /// @notice Credits what arrived.
  function deposit(State storage s, AccountId account, address token, uint256 amount) external {
    Listing memory listing = _listing(s, token);
    require(!listing.frozen, IClearinghouse.AssetFrozen(token));
    require(amount > 0, IClearinghouse.AmountZero());
    _requireReached(s, account.ownerOf());
    _requireWelcome(s, account, token, listing.asset);
    _requireKnown(s, account, listing.asset);
    uint256 arrived = s.vault.take(token, msg.sender, amount);
    require(arrived > 0, IClearinghouse.AmountZero());
    uint256 wads = _wads(listing, token, arrived);
    Locks.come(s, token, wads, _held(s, listing));
    if (Sponsors.isToppingUp(s, account)) {
      AccountHealth memory before = AccountHealths.accountHealth(s, account, View.Plain);
      _put(s, account, token, listing, wads);
      Sponsors.earn(s, account, before);
    } else {
      _put(s, account, token, listing, wads);
    }
    emit IClearinghouse.Deposit(account, token, msg.sender, arrived);
  }

  /// @notice Debits, then sends. Health is proved by the door.
  function withdraw(
    State storage s,
    AccountId account,
    address token,
    uint256 amount,
    address to
  ) external {
    Listing memory listing = _listing(s, token);
    require(amount > 0, IClearinghouse.AmountZero());
    _requireReached(s, to);
    require(to != address(0) && to != token, IClearinghouse.NoDestination(to));
    uint256 wads = _wads(listing, token, amount);
    _touch(s, account);
    Locks.leave(s, token, wads, _held(s, listing));
    if (listing.asset == CASH) {
      _takeCash(s, account, wads);
    } else {
      _remove(s, account, token, listing, amount);
      s.listings[token].total = listing.total - uint112(wads);
    }
    emit IClearinghouse.Withdraw(account, token, to, amount);
    s.vault.give(token, to, amount);
  }

  /// @notice Moves what one account has to another. A move inside the pool meets no cap.
  function transfer(
    State storage s,
    AccountId from,
    AccountId to,
    address token,
    uint256 amount
  ) external {
    require(amount > 0, IClearinghouse.AmountZero());
    require(from != to, IClearinghouse.TransferToSelf(from));
    _requireReached(s, to.ownerOf());
    Listing memory listing = _listing(s, token);
    _requireWelcome(s, to, token, listing.asset);
    _requireKnown(s, to, listing.asset);
    _touch(s, from);
    if (listing.asset == CASH) {
      Cash.accrue(s.cash);
      int256 moved = int256(_wads(listing, token, amount));
      Cash.change(s, from, -moved - Cash.lossShare(s, from, moved));
      Cash.change(s, to, moved);
      if (s.accounts[from].principal < 0) _requireBorrowable(s, 0);
      Cash.reprice(s);
    } else {
      _remove(s, from, token, listing, amount);
      Accounts.add(s, to, listing.asset, amount * _unit(listing));
    }
    emit IClearinghouse.Transfer(from, to, token, amount);
  }

  /// @notice Are the prices of a token, and of cash that may be repaid for it, good? What counts for less
  /// than it is worth, or for nothing, would leave a batch sent as reducing without a trace in its measure.
  function requireGood(State storage s, address token) external view {
    AssetId asset = _listing(s, token).asset;
    _requireOk(s, CASH);
    if (!asset.isStable()) _requireOk(s, assetId(asset.factorOf(), 0));
    if (!asset.isUnderlying()) _requireOk(s, asset);
  }

  /// @notice Repays up to `amount` of a debt. Returns what was repaid, in token units.
  function repay(State storage s, AccountId account, uint256 amount) external returns (uint256) {
    address token = s.tokens[CASH];
    Listing memory listing = _listing(s, token);
    Cash.accrue(s.cash);
    int256 cash = Cash.cashOf(s, account);
    require(cash < 0, IClearinghouse.NothingOwed(account));
    uint256 unit = _unit(listing);
    uint256 debt = (uint256(-cash) + unit - 1) / unit;
    uint256 arrived = s.vault.take(token, msg.sender, amount < debt ? amount : debt);
    require(arrived > 0, IClearinghouse.AmountZero());
    Locks.come(s, token, arrived * unit, s.cash.booked);
    _credit(s, account, arrived * unit);
    emit IClearinghouse.Repay(account, msg.sender, arrived);
    return arrived;
  }

  /// @notice What pays another's debt leaves lenders as if it were withdrawn: `paid`, and the `fraction` of
  /// the debt that the payer is about to take over. Returns what that leaves behind.
  function chargeWithdrawerLoss(
    State storage s,
    AccountId payer,
    AccountId debtor,
    int256 paid,
    int256 fraction
  ) external returns (int256 share) {
    int256 due = s.accounts[debtor].positions > 0 ? Positions.due(s, debtor) : int256(0);
    int256 debt = max(0, -Cash.cashOf(s, debtor) - due);
    int256 repaid = min(debt, paid + mulDown(fraction, debt));
    share = Cash.lossShare(s, payer, repaid);
    Cash.change(s, payer, -share);
  }

  /// What leaves is measured against what settlement has paid, not against what it might.
  function _touch(State storage s, AccountId account) private {
    if (s.accounts[account].positions == 0) return;
    Estimates.enter(s, account);
    Positions.settle(s, account);
  }

  function _put(
    State storage s,
    AccountId account,
    address token,
    Listing memory listing,
    uint256 wads
  ) private {
    if (listing.asset == CASH) _depositCash(s, account, token, listing, wads);
    else _depositAsset(s, account, token, listing, wads);
  }

  function _depositCash(
    State storage s,
    AccountId account,
    address token,
    Listing memory listing,
    uint256 wads
  ) private {
    Cash.accrue(s.cash);
    _credit(s, account, wads);
    bool lends = Cash.principalOf(s, account) > 0;
    uint256 lent = uint256(Cash.lent(s.cash));
    if (lends && lent > listing.cap) _requireTopUp(s, account, token, listing, lent);
  }

  /// Over its cap goes what an account in call is topped up with, in cash or a major, up to a health.
  function _requireTopUp(
    State storage s,
    AccountId account,
    address token,
    Listing memory listing,
    uint256 total
  ) private view {
    bool tops = s.accounts[account].phase != Phase.Clear && _isMajor(s, listing.asset);
    if (tops) tops = AccountHealths.accountHealth(s, account, View.Plain).health <= MOST_TOPPED_UP;
    require(tops, IClearinghouse.CapExceeded(token, listing.cap, total));
  }

  /// Cash, or the underlying of a factor that is no alt.
  function _isMajor(State storage s, AssetId asset) private view returns (bool) {
    if (asset.isStable()) return asset == CASH;
    return asset.isUnderlying() && !s.factors[asset.factorOf()].alt;
  }

  function _credit(State storage s, AccountId account, uint256 wads) private {
    s.cash.booked += wads.toUint128();
    Cash.change(s, account, wads.toInt256());
    Cash.reprice(s);
  }

  function _depositAsset(
    State storage s,
    AccountId account,
    address token,
    Listing memory listing,
    uint256 wads
  ) private {
    uint256 total = listing.total + wads;
    s.listings[token].total = total.toUint112();
    Accounts.add(s, account, listing.asset, wads);
    if (total > listing.cap) _requireTopUp(s, account, token, listing, total);
  }

  function _takeCash(State storage s, AccountId account, uint256 wads) private {
    CashState storage c = s.cash;
    Cash.accrue(c);
    require(wads <= c.booked, IClearinghouse.NotEnoughIdle(c.booked, 0, wads));
    int256 taken = wads.toInt256();
    Cash.change(s, account, -taken - Cash.lossShare(s, account, taken));
    c.booked -= uint128(wads);
    if (s.accounts[account].principal < 0) _requireBorrowable(s, wads);
    Cash.reprice(s);
  }

  /// Borrowing needs a good price of cash, room under the cap, and leaves some cash idle.
  function _requireBorrowable(State storage s, uint256 wads) private view {
    Locks.requireOpen(s);
    Price memory price = s.oracle.read(CASH);
    require(
      price.status == Status.Ok,
      IClearinghouse.PriceNotOk(CASH, price.price, price.updated, price.status)
    );
    CashParams memory p = s.cashParams;
    uint256 owed = uint256(Cash.owed(s.cash));
    uint256 cap = uint256(p.borrowCap) * 1e18;
    require(owed <= cap, IClearinghouse.BorrowCapExceeded(cap, owed));
    uint256 minimum = uint256(p.minimumIdle) * 1e18;
    uint256 idle = s.cash.booked;
    require(wads == 0 || idle >= minimum, IClearinghouse.NotEnoughIdle(idle + wads, minimum, wads));
  }

  function _remove(
    State storage s,
    AccountId account,
    address token,
    Listing memory listing,
    uint256 amount
  ) private {
    uint256 unit = _unit(listing);
    uint256 held = Accounts.amountOf(s.accounts[account], listing.asset);
    require(
      amount <= held / unit,
      IClearinghouse.MoreThanHeld(account, token, held / unit, amount)
    );
    Accounts.remove(s.accounts[account], listing.asset, amount * unit);
  }

  /// A stranger may add cash, or to what is already held: no one can fill another's slots.
  function _requireWelcome(
    State storage s,
    AccountId account,
    address token,
    AssetId asset
  ) private view {
    if (asset == CASH || Accounts.isAuthorized(s, account, Accounts.DEPOSIT)) return;
    uint256 held = Accounts.amountOf(s.accounts[account], asset);
    require(held > 0, IClearinghouse.NotHeld(account, token, msg.sender));
  }

  /// Margin calls count what is held at the last price known, however old: so nothing comes in at one that
  /// is old. Of an account in no call a round processed within the hour says enough.
  function _requireKnown(State storage s, AccountId account, AssetId asset) private {
    if (asset == CASH) return;
    if (asset.isStable()) return _requireRate(s, asset);
    uint256 factor = asset.factorOf();
    bool recent = block.timestamp <= uint256(s.estimates[factor].time) + KNOWN;
    if (!recent || s.accounts[account].phase != Phase.Clear) _requirePrice(s, assetId(factor, 0));
    if (!asset.isUnderlying()) _requireRate(s, asset);
  }

  /// It is noted, too: who brings in what follows at a rate keeps that rate known.
  function _requireRate(State storage s, AssetId asset) private {
    _requirePrice(s, asset);
    Rates.note(s, asset);
  }

  function _requireOk(State storage s, AssetId asset) private view {
    Price memory price = s.oracle.read(asset);
    require(
      price.status == Status.Ok,
      IClearinghouse.PriceNotOk(asset, price.price, price.updated, price.status)
    );
  }

  function _requirePrice(State storage s, AssetId asset) private view {
    Price memory price = s.oracle.read(asset);
    bool recent = block.timestamp <= price.updated + KNOWN;
    require(
      price.price > 0 && (price.status == Status.Ok || recent),
      IClearinghouse.PriceNotOk(asset, price.price, price.updated, price.status)
    );
  }

  /// What the pool holds of a token, by the books.
  function _held(State storage s, Listing memory listing) private view returns (uint256) {
    return listing.asset == CASH ? s.cash.booked : listing.total;
  }

  function _listing(State storage s, address token) private view returns (Listing memory listing) {
    listing = s.listings[token];
    require(listing.asset != NO_ASSET, IClearinghouse.UnknownAsset(token));
  }

  function _wads(
    Listing memory listing,
    address token,
    uint256 amount
  ) private pure returns (uint256) {
    uint256 most = MAX_HOLDING / _unit(listing);
    require(amount <= most, IClearinghouse.AmountTooLarge(token, amount, most));
    return amount * _unit(listing);
  }

  /// Neither the door nor its vault can ever send on what it is given.
  function _requireReached(State storage s, address to) private view {
    bool lost = to == address(this) || to == address(s.vault);
    require(!lost, IClearinghouse.NoDestination(to));
  }

  /// Wads in one unit of a listed asset's token.
  function unitOf(State storage s, AssetId asset) internal view returns (uint256) {
    return _unit(s.listings[s.tokens[asset]]);
  }

  /// Wads in one token unit.
  function _unit(Listing memory listing) private pure returns (uint256) {
    return 10 ** (18 - listing.decimals);
  }
}
