// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AssetId} from "../types/Ids.sol";

/// @notice An oracle that says how its prices age, so that a later price can be told beforehand.
interface IFeeds {
  /// @notice The feed of an asset: seconds, and 1e-9 shares of price.
  function feeds(
    AssetId asset
  )
    external
    view
    returns (
      address aggregator,
      uint24 heartbeat,
      uint32 deviation,
      uint32 volatility,
      uint8 decimals
    );
}
