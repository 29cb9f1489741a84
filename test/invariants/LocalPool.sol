// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MockV3Aggregator} from "@chainlink/contracts/src/v0.8/shared/mocks/MockV3Aggregator.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Clearinghouse} from "../../contracts/Clearinghouse.sol";
import {Office} from "../../contracts/Office.sol";
import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";
import {Token} from "../../contracts/local/Token.sol";
import {ChainlinkOracle} from "../../contracts/oracles/ChainlinkOracle.sol";
import {AssetId, CASH, STABLES, assetId} from "../../contracts/types/Ids.sol";
import {
  AssetParams,
  CashParams,
  FactorParams,
  GraceTier,
  LiquidationParams,
  TIERS
} from "../../contracts/types/Params.sol";
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

/// @notice A whole pool: seven assets on four factors and two stables, priced by mock feeds.
abstract contract LocalPool is Test {
  uint256 internal constant DAWN = 1_700_000_000;
  uint256 internal constant WORTH = 1e8; // one dollar, as most feeds say it

  IClearinghouse public door;
  ChainlinkOracle internal _oracle;
  address internal _vault;
  Market[] internal _markets;
  uint256 internal _clock = DAWN;

  constructor() {
    vm.warp(_clock);
    AccessManager authority = new AccessManager(address(this));
    _oracle = new ChainlinkOracle(address(authority));
    Office office = new Office();
    door = IClearinghouse(address(new Clearinghouse(address(authority), _oracle, address(office))));
    _vault = address(door.vault());
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
    _oracle.setFeed(id, address(m.feed), 1 hours, 0.005e9, 1.2e9);
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
