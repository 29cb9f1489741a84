// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import {IFeeds} from "../interfaces/IFeeds.sol";
import {IOracle} from "../interfaces/IOracle.sol";
import * as OracleMath from "../math/OracleMath.sol";
import {MAX_RATE} from "../math/WadMath.sol";
import {AssetId} from "../types/Ids.sol";
import {PART} from "../types/Params.sol";
import {Price, Round, Status} from "../types/Price.sol";
import {Ask} from "./Ask.sol";
import {Bounded} from "./Bounded.sol";

/// @notice A token that converts into another at a rate its own contract tells.
interface IWrapped {
  /// @notice Wads of the staked token in one wrapped token (wstETH).
  function stEthPerToken() external view returns (uint256);
}

/// @notice How a token tells its rate.
enum Kind {
  None, // not at all
  Wrapped, // stEthPerToken(), in wads
  Share // ERC-4626: convertToAssets of one share
}

/// @notice What an asset can be redeemed for. Two slots.
struct Rate {
  address token;
  uint32 growth; // most in a day, 1e-9
  uint40 time; // since when it counts
  uint8 shareDecimals;
  uint8 assetDecimals;
  bool traded; // has it a market price too?
  uint128 last; // from which rate growth counts
  AssetId underlying; // whose price is what one unit converts to; zero: the rate is the answer
  Kind kind;
}

/// @notice Prices of what can be redeemed at a rate: the lower of market and redemption (DESIGN §5). The
/// rate grows by no more than so much a day; a jump, or a gift to a vault, is worth what a day may bring.
/// Prices of all else, and all rounds, are the market's.
contract RateOracle is IOracle, IFeeds, Bounded {
  /// @notice What an asset can be redeemed for was named.
  event SetRate(AssetId indexed asset, Rate rate);

  /// @notice The rate that growth counts from moved on.
  event Follow(AssetId indexed asset, uint256 rate);

  error UnknownRate(AssetId asset);
  error UnknownFeed(AssetId asset);

  /// @notice The oracle of market prices.
  IOracle public immutable market;

  /// @notice What each asset can be redeemed for.
  mapping(AssetId => Rate) public rateOf;

  constructor(address authority, IOracle market_) AccessManaged(authority) {
    market = market_;
  }

  /// @notice Names what an asset can be redeemed for: a token that tells a sound rate now. `traded`: it
  /// has a market price too, in the same units. `underlying`: of the asset it converts into, where the
  /// answer is a price in USD; zero where it is a rate in units of its factor's underlying.
  function setRate(
    AssetId asset,
    address token,
    Kind kind,
    bool traded,
    AssetId underlying,
    uint32 growth
  ) external restricted {
    _within(asset, "growth", growth, 0, 0.01e9);
    Rate memory rate;
    (rate.token, rate.kind, rate.traded) = (token, kind, traded);
    (rate.underlying, rate.growth) = (underlying, growth);
    if (kind == Kind.Share) {
      rate.shareDecimals = IERC20Metadata(token).decimals();
      _within(asset, "decimals", rate.shareDecimals, 0, 36);
      rate.assetDecimals = IERC20Metadata(IERC4626(token).asset()).decimals();
      _within(asset, "decimals", rate.assetDecimals, 0, 18);
    }
    if (kind != Kind.None) {
      int256 told = _told(rate);
      _within(asset, "rate", uint256(told), 1, uint256(MAX_RATE));
      (rate.last, rate.time) = (uint128(uint256(told)), uint40(block.timestamp));
    }
    rateOf[asset] = rate;
    emit SetRate(asset, rate);
  }

  /// @notice Growth counts from now on: from the rate as capped, or from the last one if it has fallen,
  /// so that it may come back. For anyone, once a day at least.
  function follow(AssetId asset) external {
    Rate memory rate = rateOf[asset];
    require(rate.kind != Kind.None, UnknownRate(asset));
    uint256 capped = uint256(_capped(rate));
    if (capped > rate.last) rateOf[asset].last = uint128(capped);
    rateOf[asset].time = uint40(block.timestamp);
    emit Follow(asset, capped);
  }

  /// @inheritdoc IOracle
  function read(AssetId asset) external view returns (Price memory) {
    Rate memory rate = rateOf[asset];
    if (rate.kind == Kind.None) return market.read(asset);
    Price memory redemption = _redemption(rate);
    return rate.traded ? OracleMath.lowerPrice(market.read(asset), redemption) : redemption;
  }

  /// @inheritdoc IOracle
  function life(AssetId asset) external view returns (uint256) {
    return market.life(asset);
  }

  /// @inheritdoc IOracle
  function latest(AssetId asset) external view returns (uint256) {
    return market.latest(asset);
  }

  /// @inheritdoc IOracle
  function closed(AssetId asset) external view returns (uint256) {
    return market.closed(asset);
  }

  /// @inheritdoc IOracle
  function next(AssetId asset, uint256 id) external view returns (Round memory) {
    return market.next(asset, id);
  }

  /// @inheritdoc IFeeds
  /// @dev A price that a rate has a part in ages by more than one feed.
  function feeds(AssetId asset) external view returns (address, uint24, uint32, uint32, uint8) {
    require(rateOf[asset].kind == Kind.None, UnknownFeed(asset));
    return IFeeds(address(market)).feeds(asset);
  }

  function _redemption(Rate memory rate) private view returns (Price memory) {
    int256 capped = _capped(rate);
    if (AssetId.unwrap(rate.underlying) != 0) {
      return OracleMath.convertedPrice(market.read(rate.underlying), capped);
    }
    Status status = capped == 0 ? Status.Dead : Status.Ok;
    return Price(capped, 0, 0, block.timestamp, status);
  }

  function _capped(Rate memory rate) private view returns (int256) {
    int256 growth = int256(uint256(rate.growth)) * PART;
    int256 elapsed = int256(block.timestamp - rate.time);
    return OracleMath.cappedRate(_told(rate), int256(uint256(rate.last)), growth, elapsed);
  }

  /// The rate as its token tells it; zero for one that reverts or answers nonsense. One past all bounds is
  /// the largest there is: the cap sees to it.
  function _told(Rate memory rate) private view returns (int256) {
    (bool ok, uint256[] memory words) = Ask.words(rate.token, _question(rate), 1);
    if (!ok) return 0;
    uint256 scale = rate.kind == Kind.Share ? 10 ** (18 - rate.assetDecimals) : 1;
    uint256 most = uint256(MAX_RATE) / scale;
    return int256((words[0] < most ? words[0] : most) * scale);
  }

  function _question(Rate memory rate) private pure returns (bytes memory) {
    if (rate.kind == Kind.Wrapped) return abi.encodeCall(IWrapped.stEthPerToken, ());
    return abi.encodeCall(IERC4626.convertToAssets, (10 ** rate.shareDecimals));
  }
}
