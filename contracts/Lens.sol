// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "./interfaces/IClearinghouse.sol";
import {IOracle} from "./interfaces/IOracle.sol";
import {AccountId, AssetId, assetId} from "./types/Ids.sol";
import {Margin, Portfolio} from "./types/Portfolio.sol";
import {Round} from "./types/Price.sol";
import {AccountView, AssetView, FactorView, PoolView, Snapshot} from "./types/Snapshot.sol";

/// @notice Many questions in one call, for screens and contracts; keeps nothing, changes nothing.
contract Lens {
  uint256 private constant PENDING = 9; // one more than an act walks by itself

  /// @notice A pool and some accounts as stored: all that a preview needs.
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

  /// @notice Many accounts as stored.
  function accountsOf(
    IClearinghouse pool,
    AccountId[] calldata ids
  ) public view returns (AccountView[] memory list) {
    list = new AccountView[](ids.length);
    for (uint256 i = 0; i < ids.length; ++i) {
      list[i] = AccountView(ids[i], pool.accountOf(ids[i]));
    }
  }

  /// @notice A pool as stored, with its prices.
  function poolOf(IClearinghouse pool) public view returns (PoolView memory view_) {
    view_.blockNumber = block.number;
    view_.timestamp = block.timestamp;
    view_.version = pool.version();
    (view_.cash, view_.cashParams, view_.tiers, view_.liquidation) = pool.ledger();
    AssetId[] memory ids = pool.assets();
    view_.assets = new AssetView[](ids.length);
    view_.factors = new FactorView[](_countUnderlyings(ids));
    uint256 n;
    for (uint256 i = 0; i < ids.length; ++i) {
      view_.assets[i] = _asset(pool, ids[i]);
      if (_isUnderlying(ids[i])) view_.factors[n++] = _factor(pool, ids[i].factorOf());
    }
  }

  function _asset(IClearinghouse pool, AssetId id) private view returns (AssetView memory view_) {
    view_.asset = id;
    view_.token = pool.tokenOf(id);
    view_.listing = pool.listingOf(view_.token);
    view_.params = pool.assetOf(id);
    view_.price = pool.oracle().read(id);
  }

  function _factor(
    IClearinghouse pool,
    uint256 factor
  ) private view returns (FactorView memory view_) {
    view_.factor = factor;
    (view_.params, view_.estimate) = pool.factorOf(factor);
    view_.price = pool.oracle().read(assetId(factor, 0));
    view_.pending = _pending(pool.oracle(), assetId(factor, 0), view_.estimate.round);
  }

  function _pending(
    IOracle oracle,
    AssetId asset,
    uint256 id
  ) private view returns (Round[] memory list) {
    Round[] memory found = new Round[](PENDING);
    uint256 n;
    for (; n < PENDING; ++n) {
      found[n] = oracle.next(asset, id);
      if (found[n].id == 0) break;
      id = found[n].id;
    }
    list = new Round[](n);
    for (uint256 i = 0; i < n; ++i) list[i] = found[i];
  }

  function _countUnderlyings(AssetId[] memory ids) private pure returns (uint256 n) {
    for (uint256 i = 0; i < ids.length; ++i) if (_isUnderlying(ids[i])) ++n;
  }

  function _isUnderlying(AssetId id) private pure returns (bool) {
    return id.isUnderlying() && !id.isStable();
  }
}
