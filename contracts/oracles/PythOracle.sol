// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPyth} from "@pythnetwork/pyth-sdk-solidity/IPyth.sol";
import {PythStructs} from "@pythnetwork/pyth-sdk-solidity/PythStructs.sol";

import {IFeeds} from "../interfaces/IFeeds.sol";
import {IOracle, SELF_TOLD} from "../interfaces/IOracle.sol";
import * as OracleMath from "../math/OracleMath.sol";
import {MAX_PRICE, WAD} from "../math/WadMath.sol";
import {AssetId} from "../types/Ids.sol";
import {PART} from "../types/Params.sol";
import {Price, Round, Status} from "../types/Price.sol";
import {Ask} from "./Ask.sol";
import {Bounded} from "./Bounded.sol";
import {Sequencer, underSequencer} from "./Sequencer.sol";

/// @notice How far one asset's price is trusted.
struct Trust {
  uint24 heartbeat; // seconds
  uint32 deviation; // share of price, 1e-9: the band is never narrower
  uint32 volatility; // by which the band grows past the heartbeat, annual, 1e-9
  uint32 confidence; // share of price, 1e-9: a wider interval is no good price
}

/// @notice One asset's feed: two slots.
struct PythFeed {
  bytes32 id;
  Trust trust;
  uint40 slot; // the first one of the grid that is neither told nor skipped
  uint40 rounds; // told so far
  bool skipped; // was any passed over since the last round?
}

/// @notice Prices from Pyth. Anyone may bring Pyth a newer price; `read` answers the newest it has.
/// History is a grid of five minutes (DESIGN §7.1): each slot is the one update that Pyth proves to be the
/// first at or after its time, told by anyone, in order. So no one can tell favourable updates only.
contract PythOracle is IOracle, IFeeds, Bounded {
  /// A round as told.
  struct Told {
    uint128 price;
    uint40 updated;
    bool skipped;
  }

  /// @notice The feed of an asset was named.
  event SetFeed(AssetId indexed asset, bytes32 indexed id, Trust trust);

  /// @notice A slot of the grid was told. A price of zero is an update that says nothing.
  event Tell(AssetId indexed asset, uint256 indexed time, uint256 price, uint256 updated);

  /// @notice The slots of the grid from one time until before another were passed over.
  event Skip(AssetId indexed asset, uint256 from, uint256 to);

  error UnknownFeed(AssetId asset);
  error SlotNotDue(AssetId asset, uint256 time);
  error SlotNotSkippable(AssetId asset, uint256 time, uint256 earliest);
  error FeeTooLow(uint256 paid, uint256 fee);

  uint256 private constant GRID = uint256(OracleMath.GRID);
  uint256 private constant SKIPPABLE = uint256(OracleMath.SKIPPABLE);
  uint256 private constant AHEAD = 60; // seconds that Pyth's clock may run ahead of the chain's

  /// @notice Pyth's contract.
  IPyth public immutable pyth;

  /// @notice The sequencer whose outages count; zero for a chain without one.
  Sequencer public immutable sequencer;

  /// @notice The feed of each asset; no id for none.
  mapping(AssetId => PythFeed) public feedOf;

  mapping(AssetId => mapping(uint256 => Told)) private _told;

  constructor(address authority, IPyth pyth_, Sequencer sequencer_) AccessManaged(authority) {
    (pyth, sequencer) = (pyth_, sequencer_);
  }

  /// @notice Names the feed of an asset. A new one begins a new grid; rounds told so far stay.
  function setFeed(AssetId asset, bytes32 id, Trust calldata trust) external restricted {
    _within(asset, "heartbeat", trust.heartbeat, 10, 7 days);
    _within(asset, "deviation", trust.deviation, 0, 0.1e9);
    _within(asset, "volatility", trust.volatility, 0, 4e9);
    _within(asset, "confidence", trust.confidence, trust.deviation, 0.5e9);
    PythFeed storage feed = feedOf[asset];
    feed.trust = trust;
    emit SetFeed(asset, id, trust);
    if (id == feed.id) return;
    feed.id = id;
    feed.slot = uint40(block.timestamp / GRID + 1);
    feed.skipped = feed.rounds > 0;
  }

  /// @notice Tells the next slots, each with updates that hold the first one at or after its time, as
  /// Pyth signs them. Pays Pyth's fee; what is left of the payment goes back.
  function tell(AssetId asset, bytes[][] calldata slots) external payable {
    uint256 left = msg.value;
    for (uint256 i = 0; i < slots.length; ++i) left -= _tell(asset, slots[i], left);
    if (left > 0) Address.sendValue(payable(msg.sender), left);
  }

  /// @notice Passes over the slots that no one told within the hour; what they hid calms no estimate.
  function skip(AssetId asset) external {
    PythFeed storage feed = _known(asset);
    uint256 time = feed.slot * GRID;
    uint256 earliest = time + SKIPPABLE;
    require(block.timestamp >= earliest, SlotNotSkippable(asset, time, earliest));
    feed.slot = uint40((block.timestamp - SKIPPABLE) / GRID + 1);
    feed.skipped = true;
    emit Skip(asset, time, feed.slot * GRID);
  }

  /// @inheritdoc IOracle
  function read(AssetId asset) external view returns (Price memory) {
    PythFeed memory feed = feedOf[asset];
    (int256 price, int256 confidence, uint256 updated) = _latest(feed.id);
    if (price == 0) return Price(0, 0, 0, 0, Status.Dead);
    int256 deviation = _shareOf(price, feed.trust.deviation);
    int256 band = OracleMath.confidenceBand(price, deviation, confidence);
    uint256 age = block.timestamp - updated;
    if (age <= feed.trust.heartbeat) {
      bool sure = confidence <= _shareOf(price, feed.trust.confidence);
      Status best = underSequencer(sequencer, Status.Ok);
      if (best != Status.Ok) deviation = price; // what moved in an outage is unknown
      Status status = best == Status.Ok && !sure ? Status.Degraded : best;
      return Price(price, band, deviation, updated, status);
    }
    int256 volatility = int256(uint256(feed.trust.volatility)) * PART;
    band = OracleMath.agedBand(price, band, volatility, int256(age - feed.trust.heartbeat));
    return Price(price, band, deviation, updated, Status.Stale);
  }

  /// @inheritdoc IOracle
  /// @dev A round speaks for its slot, and slots that are skipped are silent in full: else whoever skips them
  /// would choose at which price they count.
  function life(AssetId) external pure returns (uint256) {
    return GRID;
  }

  /// @inheritdoc IOracle
  function latest(AssetId asset) external view returns (uint256) {
    return feedOf[asset].rounds;
  }

  /// @inheritdoc IOracle
  function closed(AssetId asset) external view returns (uint256) {
    PythFeed storage feed = feedOf[asset];
    return feed.id == 0 ? SELF_TOLD : feed.slot * GRID;
  }

  /// @inheritdoc IOracle
  function next(AssetId asset, uint256 id) external view returns (Round memory) {
    if (id >= feedOf[asset].rounds) return Round(0, 0, 0, false);
    Told memory told = _told[asset][id + 1];
    return Round(id + 1, int256(uint256(told.price)), told.updated, told.skipped);
  }

  /// @inheritdoc IFeeds
  /// @dev Each update has an exponent of its own: no decimals.
  function feeds(AssetId asset) external view returns (address, uint24, uint32, uint32, uint8) {
    Trust memory trust = feedOf[asset].trust;
    return (address(pyth), trust.heartbeat, trust.deviation, trust.volatility, 0);
  }

  /// Tells one slot. Returns the fee.
  function _tell(
    AssetId asset,
    bytes[] calldata updates,
    uint256 paid
  ) private returns (uint256 fee) {
    PythFeed storage feed = _known(asset);
    uint256 time = feed.slot * GRID;
    require(time <= block.timestamp, SlotNotDue(asset, time));
    fee = pyth.getUpdateFee(updates);
    require(paid >= fee, FeeTooLow(paid, fee));
    PythStructs.Price memory first = _first(feed.id, updates, time, fee);
    (int256 price, ) = _scaled(first.price, first.conf, first.expo);
    uint256 round = ++feed.rounds;
    _told[asset][round] = Told(uint128(uint256(price)), uint40(first.publishTime), feed.skipped);
    feed.skipped = false;
    ++feed.slot;
    emit Tell(asset, time, uint256(price), first.publishTime);
  }

  /// The first update at or after `time`: Pyth reverts for any other.
  function _first(
    bytes32 id,
    bytes[] calldata updates,
    uint256 time,
    uint256 fee
  ) private returns (PythStructs.Price memory) {
    bytes32[] memory ids = new bytes32[](1);
    ids[0] = id;
    uint64 now_ = uint64(block.timestamp);
    return pyth.parsePriceFeedUpdatesUnique{value: fee}(updates, ids, uint64(time), now_)[0].price;
  }

  function _known(AssetId asset) private view returns (PythFeed storage feed) {
    feed = feedOf[asset];
    require(feed.id != 0, UnknownFeed(asset));
  }

  /// Pyth reverts for a price it does not know.
  function _latest(bytes32 id) private view returns (int256, int256, uint256) {
    bytes memory question = abi.encodeCall(IPyth.getPriceUnsafe, (id));
    (bool ok, uint256[] memory words) = Ask.words(address(pyth), question, 4);
    uint256 updated = words[3];
    bool sound = ok && updated != 0 && updated <= block.timestamp + AHEAD;
    if (!sound || words[1] > type(uint64).max) return (0, 0, 0);
    (int256 price, int256 confidence) = _scaled(int256(words[0]), words[1], int256(words[2]));
    return (price, confidence, Math.min(updated, block.timestamp));
  }

  /// Pyth's numbers in wads. A price that is none is zero; confidence rounds up.
  function _scaled(
    int256 price,
    uint256 confidence,
    int256 exponent
  ) private pure returns (int256, int256) {
    if (price <= 0 || price > type(int64).max || exponent < -36 || exponent > 18) return (0, 0);
    int256 times = exponent < -18 ? int256(1) : int256(10 ** uint256(exponent + 18));
    int256 parts = exponent < -18 ? int256(10 ** uint256(-18 - exponent)) : int256(1);
    int256 scaled = (price * times) / parts;
    if (scaled > MAX_PRICE) return (0, 0);
    return (scaled, (int256(confidence) * times + parts - 1) / parts);
  }

  function _shareOf(int256 price, uint32 parts) private pure returns (int256) {
    return (price * int256(uint256(parts)) * PART) / WAD;
  }
}
