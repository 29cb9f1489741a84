// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MockV3Aggregator} from "@chainlink/contracts/src/v0.8/shared/mocks/MockV3Aggregator.sol";

import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";
import {Token} from "../../contracts/local/Token.sol";
import {ChainlinkOracle} from "../../contracts/oracles/ChainlinkOracle.sol";
import {
  AccountId,
  AssetId,
  CASH,
  InstrumentId,
  Kind,
  STABLES,
  accountId,
  assetId,
  instrumentId
} from "../../contracts/types/Ids.sol";
import {
  AssetParams,
  CashParams,
  DepthParams,
  FactorParams,
  GraceTier,
  KeeperParams,
  LiquidationParams,
  MarketParams,
  TIERS,
  TradeParams
} from "../../contracts/types/Params.sol";
import {OwnMargin, Portfolio} from "../../contracts/types/Portfolio.sol";
import {Surface} from "../../contracts/types/Surface.sol";
import {Test} from "../Test.sol";

/// @notice A token, its feed, and how the pool knows them.
struct Market {
  AssetId id;
  Token token;
  MockV3Aggregator feed;
  uint8 feedDecimals;
  uint256 unit; // wads in a token unit
  int256 price; // first answer
}

/// @notice test/mocks/Judge.sol, by its promise.
interface IJudge {
  function callOf(
    int256 strike,
    int256 forward,
    int256 root,
    Surface memory surface
  ) external pure returns (int256);

  function capacityOf(Portfolio memory book) external pure returns (int256);

  function ownMarginOf(Portfolio memory book) external pure returns (OwnMargin memory);
}

/// @notice A whole pool: seven assets on four factors and two stables, priced by mock feeds; perps on
/// all four, futures and options of three expiries on the first two.
abstract contract LocalPool is Test {
  uint256 internal constant DAWN = 1_700_000_000;
  uint256 internal constant WORTH = 1e8; // one dollar, as most feeds say it
  uint256 internal constant FACTORS = 4;
  uint256 internal constant DATED = 2; // of which the first so many have expiries
  uint256 internal constant WINDOW = 1_800; // seconds
  uint256 internal constant LIFE = 1 hours; // a price is good for
  uint256 internal constant KEY = 0xa11ce; // of the first actor

  IClearinghouse public door;
  IJudge internal _judge;
  ChainlinkOracle internal _oracle;
  address internal _vault;
  Market[] internal _markets;
  uint256 internal _clock = DAWN;
  InstrumentId[] internal _instruments; // that were ever listed
  mapping(address => uint256) internal _keys;

  constructor() {
    vm.warp(_clock);
    address authority = _make("AccessManager", abi.encode(address(this)));
    _oracle = ChainlinkOracle(_make("ChainlinkOracle", abi.encode(authority)));
    address ext = _make("ClearinghouseExt", "");
    door = IClearinghouse(_make("Clearinghouse", abi.encode(authority, _oracle, ext)));
    _vault = address(door.vault());
    _judge = IJudge(_make("Judge", ""));
    _list("USDC", CASH, 6, 1e8);
    _list("USDT", assetId(STABLES, 1), 6, 1e8);
    _list("BTC", assetId(1, 0), 8, 8_000e8);
    _list("ETH", assetId(2, 0), 18, 200e8);
    _list("wstETH", assetId(2, 1), 18, 1.2e8);
    _list("SOL", assetId(3, 0), 9, 40e8);
    _list("LINK", assetId(4, 0), 18, 4e8);
    door.setCash(CashParams(0, 0.05e9, 0.75e9, 0.8e9, 0.1e9, 5_000_000, 1_000));
    GraceTier[TIERS] memory tiers;
    tiers[0] = GraceTier(600, 1e9);
    tiers[1] = GraceTier(1_800, 1.2e9);
    tiers[2] = GraceTier(3_600, 1.4e9);
    tiers[3] = GraceTier(7_200, 1.6e9);
    door.setTiers(tiers);
    door.setLiquidation(LiquidationParams(100));
    door.setKeeper(KeeperParams(0.02e6, 1_000, 0.0005e9, 100));
    for (uint256 i = 0; i < 3; ++i) _keys[vm.addr(KEY + i)] = KEY + i;
    _openMarkets();
  }

  /// By its artifact, linked to its libraries: imported, the whole pool would be compiled again with
  /// every change of a test.
  function _make(string memory name, bytes memory arguments) private returns (address made) {
    bytes memory code = bytes.concat(vm.getCode(string.concat(name, ".sol:", name)), arguments);
    assembly ("memory-safe") {
      made := create(0, add(code, 32), mload(code))
    }
    require(made != address(0), name);
  }

  function _openMarkets() private {
    for (uint256 f = 1; f <= FACTORS; ++f) {
      bool major = f <= DATED;
      MarketParams memory p = MarketParams({
        listed: true,
        perpMaintenance: major ? 0.01e9 : 0.02e9,
        perpInitial: major ? 0.015e9 : 0.03e9,
        expiryBase: major ? 0.005e9 : 0.01e9,
        expirySlope: major ? 0.05e9 : 0.15e9,
        expiryCap: 0.06e9,
        fundingCap: 0.003e9,
        tolerance: major ? 0.03e9 : 0.06e9
      });
      // Crowded from about 30 000 USD on, full at 200 000.
      uint64 unit = uint64((1e6 * 10_000 * WORTH) / uint256(_markets[_marketOfFactor(f)].price));
      door.setMarket(f, p, DepthParams(3 * unit, 15 * unit, 20 * unit, unit));
      _addInstrument(instrumentId(f, Kind.Perp, 0, 0));
    }
    for (uint256 f = 1; f <= DATED; ++f) {
      _listExpiry(f, _halfHour(DAWN + 75 minutes));
      _listExpiry(f, _halfHour(DAWN + 4 hours));
      _listExpiry(f, _halfHour(DAWN + 30 days));
    }
    door.setTrade(
      TradeParams({
        makerFee: 0.0002e9,
        takerFee: 0.0005e9,
        insuranceShare: 0.3e9,
        surfaceAge: 12 hours,
        surfaceStep: 0.2e9,
        surfaceWait: 60,
        surfaceDrift: 0.5e9,
        surfaceDriftLocked: 0.1e9
      }),
      _recipient()
    );
  }

  /// Fees go to an account that trades.
  function _recipient() internal pure returns (AccountId) {
    return accountId(vm.addr(KEY + 1), 1);
  }

  function _halfHour(uint256 time) internal pure returns (uint256) {
    return ((time + WINDOW - 1) / WINDOW) * WINDOW;
  }

  /// Futures, and calls and puts at three quarters of the first price, at it, and at five quarters.
  function _listExpiry(uint256 f, uint256 expiry) internal {
    door.listExpiry(f, expiry, 0.65e9, -0.05e9, 0.02e9);
    _addInstrument(instrumentId(f, Kind.Future, expiry, 0));
    uint256 price = uint256(_markets[_marketOfFactor(f)].price);
    for (uint256 k = 3; k <= 5; ++k) {
      _addInstrument(instrumentId(f, Kind.Call, expiry, (price * k) / 4));
      _addInstrument(instrumentId(f, Kind.Put, expiry, (price * k) / 4));
    }
  }

  function _addInstrument(InstrumentId id) internal {
    _instruments.push(id);
  }

  /// Where the underlying of a factor stands in `_markets`.
  function _marketOfFactor(uint256 f) internal pure returns (uint256) {
    return f <= 2 ? f + 1 : f + 2;
  }

  function _list(string memory symbol, AssetId id, uint8 decimals, int256 price) private {
    Market memory m = Market({
      id: id,
      token: new Token(symbol, decimals),
      feed: new MockV3Aggregator(8, price),
      feedDecimals: 8,
      unit: 10 ** (18 - decimals),
      price: price
    });
    _markets.push(m);
    _oracle.setFeed(id, address(m.feed), uint24(LIFE), 0.005e9, 1.2e9);
    if (!id.isStable() && id.isUnderlying()) door.setFactor(id.factorOf(), _factor(id));
    door.setAsset(id, address(m.token), _charges(id));
    door.setListing(address(m.token), false, 20_000_000e18);
  }

  function _factor(AssetId id) private pure returns (FactorParams memory p) {
    bool major = id.factorOf() <= 2;
    p.shockFloor = major ? 0.06e9 : 0.12e9;
    p.volatilityFloor = major ? 0.4e9 : 0.7e9;
    p.volatilityStress = major ? 1.2e9 : 2.2e9;
    p.correlation = major ? 0.92e9 : 0.75e9;
    p.exitMaintenance = major ? 0.005e9 : 0.02e9;
    p.exitInitial = major ? 0.01e9 : 0.04e9;
    p.alt = !major;
    p.dailyVolume = major ? 10_000_000_000 : 400_000_000;
  }

  function _charges(AssetId id) private pure returns (AssetParams memory) {
    if (id == CASH) return AssetParams(0.02e9, 0.03e9);
    if (id.isStable()) return AssetParams(0.03e9, 0.05e9);
    return id.isUnderlying() ? AssetParams(0, 0) : AssetParams(0.035e9, 0.05e9);
  }
}
