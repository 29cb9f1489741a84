// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IFeeds} from "../interfaces/IFeeds.sol";
import {IOracle, SELF_TOLD} from "../interfaces/IOracle.sol";
import * as OracleMath from "../math/OracleMath.sol";
import {MAX_PRICE, WAD} from "../math/WadMath.sol";
import {AssetId} from "../types/Ids.sol";
import {PART} from "../types/Params.sol";
import {Price, Round, Status} from "../types/Price.sol";
import {Ask} from "./Ask.sol";
import {Bounded} from "./Bounded.sol";

/// @notice What stands behind a feed, and between which answers it is cut off.
interface ILimited {
  /// @notice The contract that a proxy passes on.
  function aggregator() external view returns (address);

  /// @notice What is lower is told as this.
  function minAnswer() external view returns (int192);

  /// @notice What is higher is told as this.
  function maxAnswer() external view returns (int192);
}

/// @notice One asset's feed. One slot.
struct Feed {
  address aggregator;
  uint24 heartbeat; // seconds
  uint32 deviation; // the feed's threshold, share of price, 1e-9
  uint32 volatility; // by which the band grows past the heartbeat, annual, 1e-9
  uint8 format; // its decimals, and LIMITED where answers have limits
}

/// @notice Where the rounds of a feed begin that took another's place. One slot.
struct Epoch {
  uint16 number; // of the feeds of this asset, from zero
  uint80 start; // its newest round when it was named; zero for none
}

/// @notice Answers that a feed cannot leave, in its own units: at one, the price is not known. One slot.
struct Limits {
  int128 low;
  int128 high;
}

/// @notice Prices from Chainlink aggregators.
/// @dev A round's id is the aggregator's own, phase above bit 64, with the number of its feed in bits 48 to
/// 63, where no aggregator counts to: so no feed's rounds are taken for those of the one it replaced.
contract ChainlinkOracle is IOracle, IFeeds, Bounded {
  uint8 private constant LIMITED = 0x80;
  uint256 private constant EPOCH_AT = 48;
  uint256 private constant EPOCH = 0xffff << EPOCH_AT;
  uint256 private constant ASKED_GAS = 100_000; // of an aggregator, when it is named

  /// @notice The feed of an asset was named.
  event SetFeed(AssetId indexed asset, Feed feed, Epoch epoch, Limits limits);

  mapping(AssetId => Feed) private _feeds;

  /// @notice Where the rounds of each asset's feed begin.
  mapping(AssetId => Epoch) public epochs;

  /// @notice The limits of each asset's feed; zeros for none.
  mapping(AssetId => Limits) public limits;

  constructor(address authority) AccessManaged(authority) {}

  /// @notice Names the feed of an asset. The decimals are the feed's own, and so are its limits, which are
  /// read here and not again. The rounds of another feed than before begin with its newest.
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
    address before = _feeds[asset].aggregator;
    Limits memory ends = _limitsOf(aggregator, decimals);
    uint8 format = ends.high == 0 ? decimals : decimals | LIMITED;
    _feeds[asset] = Feed(aggregator, heartbeat, deviation, volatility, format);
    limits[asset] = ends;
    if (before != address(0) && before != aggregator) _begin(asset);
    emit SetFeed(asset, _feeds[asset], epochs[asset], ends);
  }

  /// @inheritdoc IFeeds
  function feeds(AssetId asset) external view returns (address, uint24, uint32, uint32, uint8) {
    Feed memory feed = _feeds[asset];
    uint8 decimals = feed.format & ~LIMITED;
    return (feed.aggregator, feed.heartbeat, feed.deviation, feed.volatility, decimals);
  }

  /// @inheritdoc IOracle
  function read(AssetId asset) external view returns (Price memory) {
    Feed memory feed = _feeds[asset];
    (, int256 price, uint256 updated) = _latest(asset, feed);
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
    return _feeds[asset].heartbeat;
  }

  /// @inheritdoc IOracle
  function latest(AssetId asset) external view returns (uint256) {
    uint256 last = _lastOf(asset, _feeds[asset]);
    return last == 0 ? 0 : last | (uint256(epochs[asset].number) << EPOCH_AT);
  }

  /// @inheritdoc IOracle
  function closed(AssetId) external pure returns (uint256) {
    return SELF_TOLD;
  }

  /// @inheritdoc IOracle
  /// @dev Rounds of one phase are numbered one by one. One that was never answered is a round without a price:
  /// it must not hide those after it. Past an id of another feed the first is the one that this feed was named
  /// at. Nothing is above the latest, whatever a feed answers.
  function next(AssetId asset, uint256 id) external view returns (Round memory round) {
    Feed memory feed = _feeds[asset];
    Epoch memory epoch = epochs[asset];
    uint256 last = _lastOf(asset, feed);
    if (last == 0) return round;
    uint256 mark = uint256(epoch.number) << EPOCH_AT;
    bool foreign = id & EPOCH != mark;
    uint256 raw = foreign ? (epoch.start == 0 ? last : epoch.start) - 1 : id ^ mark;
    if (last <= raw) return round;
    round = _roundAt(asset, feed, raw + 1);
    if (round.id == 0 && last >> 64 > raw >> 64) {
      raw = ((raw >> 64) + 1) << 64;
      round = _roundAt(asset, feed, raw + 1);
    }
    if (round.id == 0 && last > raw + 1) round.id = raw + 1;
    if (round.id != 0) round.id |= mark;
  }

  /// The best status that a price may have now.
  function _best() internal view virtual returns (Status) {
    return Status.Ok;
  }

  function _begin(AssetId asset) private {
    Epoch storage epoch = epochs[asset];
    ++epoch.number;
    epoch.start = uint80(_lastOf(asset, _feeds[asset]));
  }

  /// The aggregator's id of the latest round; zero for none, and for one that no aggregator counts to.
  function _lastOf(AssetId asset, Feed memory feed) private view returns (uint256 id) {
    (id, , ) = _latest(asset, feed);
    if (id & EPOCH != 0) id = 0;
  }

  function _latest(
    AssetId asset,
    Feed memory feed
  ) private view returns (uint256, int256, uint256) {
    return _ask(asset, feed, AggregatorV3Interface.latestRoundData.selector, 0);
  }

  /// The round of that very id; a feed that answers with another has none.
  function _roundAt(
    AssetId asset,
    Feed memory feed,
    uint256 id
  ) private view returns (Round memory) {
    if (id > type(uint80).max || id & EPOCH != 0) return Round(0, 0, 0, false);
    (uint256 found, int256 price, uint256 updated) = _ask(
      asset,
      feed,
      AggregatorV3Interface.getRoundData.selector,
      id
    );
    return found == id ? Round(id, price, updated, false) : Round(0, 0, 0, false);
  }

  /// A feed that reverts, answers short, or answers nonsense has no round, and an asset without a
  /// feed has none either. `latestRoundData` ignores the argument that comes with its selector.
  function _ask(
    AssetId asset,
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
    if (feed.format & LIMITED != 0 && !_isInside(limits[asset], price)) price = 0;
    unchecked {
      int256 scale = int256(10 ** (18 - (feed.format & ~LIMITED)));
      bool sound = price > 0 && price <= MAX_PRICE / scale && updated <= block.timestamp;
      price = sound ? price * scale : int256(0);
    }
  }

  function _isInside(Limits memory ends, int256 price) private pure returns (bool) {
    return price > ends.low && price < ends.high;
  }

  /// Of the aggregator behind a proxy, or of the feed itself; none where it says none, or none that a price
  /// could come to.
  function _limitsOf(address feed, uint8 decimals) private view returns (Limits memory ends) {
    int256 most = MAX_PRICE / int256(10 ** (18 - decimals));
    uint256 behind = _word(feed, abi.encodeCall(ILimited.aggregator, ()));
    address source = behind == 0 || behind > type(uint160).max ? feed : address(uint160(behind));
    int256 low = int256(_word(source, abi.encodeCall(ILimited.minAnswer, ())));
    int256 high = int256(_word(source, abi.encodeCall(ILimited.maxAnswer, ())));
    if (low <= 1 || low > most) low = 0;
    if (high <= low || high > most) high = most + 1;
    if (low != 0 || high <= most) (ends.low, ends.high) = (int128(low), int128(high));
  }

  function _word(address target, bytes memory question) private view returns (uint256) {
    (bool ok, uint256[] memory answer) = Ask.wordsFor(ASKED_GAS, target, question, 1);
    return ok ? answer[0] : 0;
  }
}
