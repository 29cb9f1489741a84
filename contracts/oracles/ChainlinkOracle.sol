// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IOracle, SELF_TOLD} from "../interfaces/IOracle.sol";
import * as OracleMath from "../math/OracleMath.sol";
import {MAX_PRICE, WAD} from "../math/WadMath.sol";
import {AssetId} from "../types/Ids.sol";
import {PART} from "../types/Params.sol";
import {Price, Round, Status} from "../types/Price.sol";
import {Bounded} from "./Bounded.sol";

/// @notice One asset's feed. One slot.
struct Feed {
  address aggregator;
  uint24 heartbeat; // seconds
  uint32 deviation; // the feed's threshold, share of price, 1e-9
  uint32 volatility; // by which the band grows past the heartbeat, annual, 1e-9
  uint8 decimals;
}

/// @notice Prices from Chainlink aggregators.
contract ChainlinkOracle is IOracle, Bounded {
  /// @notice The feed of an asset was named.
  event SetFeed(AssetId indexed asset, Feed feed);

  /// @notice The feed of each asset; no aggregator for none.
  mapping(AssetId => Feed) public feeds;

  constructor(address authority) AccessManaged(authority) {}

  /// @notice Names the feed of an asset. The decimals are the feed's own.
  function setFeed(
    AssetId asset,
    address aggregator,
    uint24 heartbeat,
    uint32 deviation,
    uint32 volatility
  ) external restricted {
    _within(asset, "heartbeat", heartbeat, 60, 7 days);
    _within(asset, "deviation", deviation, 0, 0.1e9);
    _within(asset, "volatility", volatility, 0, 4e9);
    uint8 decimals = AggregatorV3Interface(aggregator).decimals();
    _within(asset, "decimals", decimals, 0, 18);
    feeds[asset] = Feed(aggregator, heartbeat, deviation, volatility, decimals);
    emit SetFeed(asset, feeds[asset]);
  }

  /// @inheritdoc IOracle
  function read(AssetId asset) external view returns (Price memory) {
    Feed memory feed = feeds[asset];
    (, int256 price, uint256 updated) = _latest(feed);
    if (price == 0) return Price(0, 0, 0, 0, Status.Dead);
    unchecked {
      int256 deviation = (price * int256(uint256(feed.deviation)) * PART) / WAD;
      uint256 age = block.timestamp - updated;
      if (age <= feed.heartbeat) {
        Status best = _best();
        int256 threshold = best == Status.Ok ? deviation : price; // what moved in an outage is unknown
        return Price(price, deviation, threshold, updated, best);
      }
      int256 volatility = int256(uint256(feed.volatility)) * PART;
      int256 late = int256(age - feed.heartbeat);
      int256 band = OracleMath.agedBand(price, deviation, volatility, late);
      return Price(price, band, deviation, updated, Status.Stale);
    }
  }

  /// @inheritdoc IOracle
  function life(AssetId asset) external view returns (uint256) {
    return feeds[asset].heartbeat;
  }

  /// @inheritdoc IOracle
  function latest(AssetId asset) external view returns (uint256 id) {
    (id, , ) = _latest(feeds[asset]);
  }

  /// @inheritdoc IOracle
  function closed(AssetId) external pure returns (uint256) {
    return SELF_TOLD;
  }

  /// @inheritdoc IOracle
  /// @dev Rounds of one phase are numbered one by one; the phase stands above bit 64. One that was never
  /// answered is a round without a price: it must not hide those after it.
  function next(AssetId asset, uint256 id) external view returns (Round memory) {
    Feed memory feed = feeds[asset];
    Round memory round = _roundAt(feed, id + 1);
    if (round.id != 0) return round;
    (uint256 last, , ) = _latest(feed);
    if (last >> 64 > id >> 64) {
      id = ((id >> 64) + 1) << 64;
      round = _roundAt(feed, id + 1);
    }
    if (round.id == 0 && last > id + 1) round.id = id + 1;
    return round;
  }

  /// The best status that a price may have now.
  function _best() internal view virtual returns (Status) {
    return Status.Ok;
  }

  function _latest(Feed memory feed) private view returns (uint256, int256, uint256) {
    return _ask(feed, AggregatorV3Interface.latestRoundData.selector, 0);
  }

  function _roundAt(Feed memory feed, uint256 id) private view returns (Round memory) {
    if (id > type(uint80).max) return Round(0, 0, 0, false);
    (uint256 found, int256 price, uint256 updated) = _ask(
      feed,
      AggregatorV3Interface.getRoundData.selector,
      id
    );
    return Round(found, price, updated, false);
  }

  /// A feed that reverts, answers short, or answers nonsense has no round, and an asset without a
  /// feed has none either. `latestRoundData` ignores the argument that comes with its selector.
  function _ask(
    Feed memory feed,
    bytes4 selector,
    uint256 argument
  ) private view returns (uint256 id, int256 price, uint256 updated) {
    address aggregator = feed.aggregator;
    bool ok;
    // By hand: a try would revert on a short answer, and one feed must never stop an account.
    assembly ("memory-safe") {
      let free := mload(0x40)
      mstore(0x00, selector)
      mstore(0x04, argument)
      ok := and(gt(returndatasize(), 159), staticcall(gas(), aggregator, 0x00, 0x24, free, 160))
      id := mload(free)
      price := mload(add(free, 0x20))
      updated := mload(add(free, 0x60))
    }
    if (!ok || updated == 0 || id > type(uint80).max) return (0, 0, 0);
    unchecked {
      int256 scale = int256(10 ** (18 - feed.decimals));
      bool sound = price > 0 && price <= MAX_PRICE / scale && updated <= block.timestamp;
      price = sound ? price * scale : int256(0);
    }
  }
}
