// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IFeeds} from "../interfaces/IFeeds.sol";
import {IOracle, SELF_TOLD} from "../interfaces/IOracle.sol";
import {AssetId} from "../types/Ids.sol";
import {Price, Round, Status} from "../types/Price.sol";
import {Bounded} from "./Bounded.sol";

/// @notice For a pool whose assets have feeds of several kinds: each asset's own oracle.
contract RoutedOracle is IOracle, IFeeds, Bounded {
  /// @notice The oracle of an asset was named.
  event SetRoute(AssetId indexed asset, IOracle oracle);

  error RouteStands(AssetId asset, address oracle);

  /// @notice The oracle of each asset; none: its price is Dead.
  mapping(AssetId => IOracle) public routeOf;

  constructor(address authority) AccessManaged(authority) {}

  /// @notice Names the oracle of an asset, once: another would number its rounds otherwise, and a pool goes
  /// on from the last one it has seen. What that oracle asks can be named anew.
  function setRoute(AssetId asset, IOracle oracle) external restricted {
    address accountHealth = address(routeOf[asset]);
    bool free = accountHealth == address(0) || accountHealth == address(oracle);
    require(free, RouteStands(asset, accountHealth));
    routeOf[asset] = oracle;
    emit SetRoute(asset, oracle);
  }

  /// @inheritdoc IOracle
  function read(AssetId asset) external view returns (Price memory) {
    IOracle oracle = routeOf[asset];
    if (address(oracle) == address(0)) return Price(0, 0, 0, 0, Status.Dead);
    return oracle.read(asset);
  }

  /// @inheritdoc IOracle
  function life(AssetId asset) external view returns (uint256) {
    IOracle oracle = routeOf[asset];
    return address(oracle) == address(0) ? 0 : oracle.life(asset);
  }

  /// @inheritdoc IOracle
  function latest(AssetId asset) external view returns (uint256) {
    IOracle oracle = routeOf[asset];
    return address(oracle) == address(0) ? 0 : oracle.latest(asset);
  }

  /// @inheritdoc IOracle
  function closed(AssetId asset) external view returns (uint256) {
    IOracle oracle = routeOf[asset];
    return address(oracle) == address(0) ? SELF_TOLD : oracle.closed(asset);
  }

  /// @inheritdoc IOracle
  function next(AssetId asset, uint256 id) external view returns (Round memory) {
    IOracle oracle = routeOf[asset];
    if (address(oracle) == address(0)) return Round(0, 0, 0, false);
    return oracle.next(asset, id);
  }

  /// @inheritdoc IFeeds
  function feeds(AssetId asset) external view returns (address, uint24, uint32, uint32, uint8) {
    return IFeeds(address(routeOf[asset])).feeds(asset);
  }
}
