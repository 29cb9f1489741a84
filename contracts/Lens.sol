// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "./interfaces/IClearinghouse.sol";
import {IFeeds} from "./interfaces/IFeeds.sol";
import {IOracle, SELF_TOLD} from "./interfaces/IOracle.sol";
import {AccountId, AssetId, InstrumentId, assetId} from "./types/Ids.sol";
import {Margin, Portfolio} from "./types/Portfolio.sol";
import {Round} from "./types/Price.sol";
import {
  AccountView,
  AssetView,
  ExpiryView,
  FactorView,
  FeedView,
  InstrumentView,
  PoolView,
  PositionView,
  Snapshot
} from "./types/Snapshot.sol";
import {Position} from "./types/State.sol";

/// @notice Many questions in one call, for screens and contracts; keeps nothing, changes nothing.
contract Lens {
  uint256 private constant PENDING = 9; // one more than an act walks by itself

  /// @notice A pool and some accounts as stored: all that a preview needs. As many of the accounts, in
  /// order, as the call's gas can read.
  function snapshot(
    IClearinghouse pool,
    AccountId[] calldata ids
  ) external view returns (Snapshot memory) {
    return Snapshot(poolOf(pool), accountsOf(pool, ids));
  }

  /// @notice Equity and requirements of many accounts.
  function margins(
    IClearinghouse pool,
    AccountId[] calldata ids
  ) external view returns (Margin[] memory list) {
    list = new Margin[](ids.length);
    for (uint256 i = 0; i < ids.length; ++i) list[i] = pool.margin(ids[i]);
  }

  /// @notice The portfolios of many accounts.
  function portfolios(
    IClearinghouse pool,
    AccountId[] calldata ids
  ) external view returns (Portfolio[] memory list) {
    list = new Portfolio[](ids.length);
    for (uint256 i = 0; i < ids.length; ++i) list[i] = pool.portfolio(ids[i]);
  }

  /// @notice Many accounts as stored: as many of them, in order, as two thirds of the call's gas can read,
  /// and at least one. The rest of the gas is for what answers.
  function accountsOf(
    IClearinghouse pool,
    AccountId[] calldata ids
  ) public view returns (AccountView[] memory list) {
    uint256 kept = gasleft() / 3;
    AccountView[] memory found = new AccountView[](ids.length);
    uint256 n;
    for (; n < ids.length && (n == 0 || gasleft() > kept); ++n) {
      found[n] = _account(pool, ids[n]);
    }
    if (n == ids.length) return found;
    list = new AccountView[](n);
    for (uint256 i = 0; i < n; ++i) list[i] = found[i];
  }

  /// @notice What the holders of some instruments share, and how much of some orders is filled.
  function tradingOf(
    IClearinghouse pool,
    InstrumentId[] calldata instruments,
    bytes32[] calldata orders
  ) external view returns (InstrumentView[] memory shared, uint256[] memory filled) {
    shared = new InstrumentView[](instruments.length);
    for (uint256 i = 0; i < instruments.length; ++i) shared[i] = _instrument(pool, instruments[i]);
    filled = new uint256[](orders.length);
    for (uint256 i = 0; i < orders.length; ++i) filled[i] = pool.filledOf(orders[i]);
  }

  /// @notice A pool as stored, with its prices.
  function poolOf(IClearinghouse pool) public view returns (PoolView memory view_) {
    view_.chainId = block.chainid;
    view_.blockNumber = block.number;
    view_.timestamp = block.timestamp;
    view_.version = pool.version();
    (view_.cash, view_.cashParams, view_.tiers, view_.liquidation) = pool.ledger();
    (view_.keeper, view_.keeperDay) = pool.keeper();
    view_.lock = pool.lockOf();
    AccountId recipient;
    (view_.trade, recipient) = pool.trade();
    view_.fees = _account(pool, recipient);
    AssetId[] memory ids = pool.assets();
    view_.assets = new AssetView[](ids.length);
    for (uint256 i = 0; i < ids.length; ++i) view_.assets[i] = _asset(pool, ids[i]);
    uint256[] memory factors = _factorsOf(ids);
    view_.factors = new FactorView[](factors.length);
    for (uint256 i = 0; i < factors.length; ++i) view_.factors[i] = _factor(pool, factors[i]);
  }

  /// @notice Up to `most` rounds of an asset's feed after round `id`, in order.
  function roundsAfter(
    IOracle oracle,
    AssetId asset,
    uint256 id,
    uint256 most
  ) public view returns (Round[] memory list) {
    Round[] memory found = new Round[](most);
    uint256 n;
    for (; n < most; ++n) {
      found[n] = oracle.next(asset, id);
      if (found[n].id == 0) break;
      id = found[n].id;
    }
    list = new Round[](n);
    for (uint256 i = 0; i < n; ++i) list[i] = found[i];
  }

  function _account(
    IClearinghouse pool,
    AccountId id
  ) private view returns (AccountView memory view_) {
    view_.id = id;
    view_.account = pool.accountOf(id);
    view_.counter = pool.counterOf(id);
    if (view_.account.call.brokeSeen != 0) view_.parts = pool.partsOf(id);
    if (view_.account.positions == 0 && !view_.account.gained) return view_;
    Position[] memory list;
    int256[] memory entries;
    (list, entries, view_.gains) = pool.positionsOf(id);
    view_.positions = new PositionView[](list.length);
    for (uint256 i = 0; i < list.length; ++i) {
      InstrumentView memory shared = _instrument(pool, list[i].instrument);
      view_.positions[i] = PositionView(list[i].size, entries[i], shared);
    }
  }

  function _instrument(
    IClearinghouse pool,
    InstrumentId id
  ) private view returns (InstrumentView memory view_) {
    view_.instrument = id;
    view_.interest = pool.interestOf(id);
    view_.cuts = pool.payoutHaircutsOf(id);
    uint256 expiry = id.expiryOf();
    if (expiry != 0) view_.term = pool.expiryStateOf(id.instrumentFactorOf(), expiry);
  }

  function _asset(IClearinghouse pool, AssetId id) private view returns (AssetView memory view_) {
    view_.asset = id;
    view_.token = pool.tokenOf(id);
    view_.listing = pool.listingOf(view_.token);
    view_.exit = pool.exitOf(view_.token);
    view_.params = pool.assetOf(id);
    view_.rate = pool.rateOf(id);
    view_.price = pool.oracle().read(id);
    view_.feed = _feed(pool.oracle(), id);
  }

  function _factor(
    IClearinghouse pool,
    uint256 factor
  ) private view returns (FactorView memory view_) {
    IOracle oracle = pool.oracle();
    AssetId underlying = assetId(factor, 0);
    view_.factor = factor;
    (view_.params, view_.estimate) = pool.factorOf(factor);
    if (view_.estimate.ramping) view_.ramp = pool.rampOf(factor);
    view_.price = oracle.read(underlying);
    view_.feed = _feed(oracle, underlying);
    view_.pending = roundsAfter(oracle, underlying, view_.estimate.round, PENDING);
    view_.life = oracle.life(underlying);
    view_.closed = oracle.closed(underlying);
    if (view_.closed != SELF_TOLD) view_.told = _last(oracle, underlying);
    uint32[] memory expiries;
    (view_.market, view_.marketParams, view_.depth, expiries) = pool.marketOf(factor);
    view_.bucket = pool.bucketOf(factor);
    view_.expiries = new ExpiryView[](expiries.length);
    for (uint256 i = 0; i < expiries.length; ++i) {
      view_.expiries[i] = ExpiryView(expiries[i], pool.expiryStateOf(factor, expiries[i]));
    }
  }

  function _last(IOracle oracle, AssetId asset) private view returns (Round memory last) {
    uint256 id = oracle.latest(asset);
    if (id > 0) last = oracle.next(asset, id - 1);
  }

  function _feed(IOracle oracle, AssetId asset) private view returns (FeedView memory) {
    try IFeeds(address(oracle)).feeds(asset) returns (
      address aggregator,
      uint24 heartbeat,
      uint32 deviation,
      uint32 volatility,
      uint8 decimals
    ) {
      return FeedView(aggregator, heartbeat, deviation, volatility, decimals);
    } catch {
      return FeedView(address(0), 0, 0, 0, 0);
    }
  }

  /// Each factor once, in the order of its first asset; its own underlying need not be listed.
  function _factorsOf(AssetId[] memory ids) private pure returns (uint256[] memory factors) {
    uint256[] memory found = new uint256[](ids.length);
    uint256 seen;
    uint256 n;
    for (uint256 i = 0; i < ids.length; ++i) {
      uint256 bit = 1 << ids[i].factorOf();
      if (ids[i].isStable() || seen & bit != 0) continue;
      seen |= bit;
      found[n++] = ids[i].factorOf();
    }
    factors = new uint256[](n);
    for (uint256 i = 0; i < n; ++i) factors[i] = found[i];
  }
}
