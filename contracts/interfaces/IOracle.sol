// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssetId} from "../types/Ids.sol";
import {Price, Round} from "../types/Price.sol";

/// @dev What `closed` answers where nobody has to tell rounds.
uint256 constant SELF_TOLD = type(uint256).max;

/// @notice Prices of a pool's assets. A bad price is a status, never a revert.
interface IOracle {
  /// @notice The latest price of an asset. USD for a factor's underlying and for a stable; units of
  /// the underlying for what follows it. Dead, with price zero, for an asset it does not know.
  function read(AssetId asset) external view returns (Price memory);

  /// @notice How many seconds after a round its price is still good.
  function life(AssetId asset) external view returns (uint256);

  /// @notice Id of the latest round; zero for an asset without rounds.
  function latest(AssetId asset) external view returns (uint256 id);

  /// @notice No round that is yet to come is older than this, or than now: `SELF_TOLD` for a feed that
  /// tells its rounds as they come.
  function closed(AssetId asset) external view returns (uint256 time);

  /// @notice The first round after `id`; its id is zero if there is none.
  function next(AssetId asset, uint256 id) external view returns (Round memory);
}
