// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOracle} from "../../contracts/interfaces/IOracle.sol";
import {Portfolios, View} from "../../contracts/logic/Portfolios.sol";
import {Health} from "../../contracts/logic/Health.sol";
import {requirementOf} from "../../contracts/math/MarginMath.sol";
import {initialMode, maintenanceMode} from "../../contracts/math/ScenarioMath.sol";
import {AccountId, AssetId} from "../../contracts/types/Ids.sol";
import {AssetParams, FactorParams, GraceTier, TIERS} from "../../contracts/types/Params.sol";
import {Margin, Portfolio, Requirement, Standing} from "../../contracts/types/Portfolio.sol";
import {Price, Round} from "../../contracts/types/Price.sol";
import {Account, CashState, Estimate, State} from "../../contracts/types/State.sol";

/// @notice One account, and all of a pool that its margin depends on.
struct Scene {
  Account account;
  CashState cash;
  GraceTier[TIERS] tiers;
  SceneFactor[] factors;
  SceneAsset[] assets;
}

struct SceneFactor {
  uint256 factor;
  FactorParams params;
  Estimate estimate;
}

struct SceneAsset {
  AssetId asset;
  AssetParams params;
  Price price;
}

/// @notice All that the house says of an account.
struct Verdict {
  uint256 timestamp;
  Portfolio conservative;
  Portfolio plain;
  Requirement maintenance;
  Requirement initial;
  Margin margin;
  Standing standing;
}

/// @notice Writes accounts into State as no verb could, and asks the real logic about them.
contract StateDoor is IOracle {
  State private _s;
  mapping(AssetId => Price) private _prices;

  constructor() {
    _s.oracle = this;
  }

  /// @notice Judges one scene. Made to be called, not sent: it leaves the scene behind.
  function judge(Scene calldata scene) external returns (Verdict memory verdict) {
    AccountId id = AccountId.wrap(bytes32(uint256(1)));
    _write(id, scene);
    verdict.timestamp = block.timestamp;
    verdict.conservative = Portfolios.portfolio(_s, id, View.Conservative);
    verdict.plain = Portfolios.portfolio(_s, id, View.Plain);
    verdict.maintenance = requirementOf(verdict.conservative, maintenanceMode());
    verdict.initial = requirementOf(verdict.conservative, initialMode());
    verdict.margin = Health.margin(_s, id);
    verdict.standing = Health.standing(_s, id);
  }

  /// @inheritdoc IOracle
  function read(AssetId asset) external view returns (Price memory) {
    return _prices[asset];
  }

  /// @inheritdoc IOracle
  function life(AssetId) external pure returns (uint256) {
    return 3_600;
  }

  /// @inheritdoc IOracle
  function latest(AssetId) external pure returns (uint256) {
    return 0;
  }

  /// @inheritdoc IOracle
  function next(AssetId, uint256) external pure returns (Round memory) {
    return Round(0, 0, 0);
  }

  function _write(AccountId id, Scene calldata scene) private {
    _s.accounts[id] = scene.account;
    _s.cash = scene.cash;
    for (uint256 i = 0; i < TIERS; ++i) _s.tiers[i] = scene.tiers[i];
    for (uint256 i = 0; i < scene.factors.length; ++i) {
      SceneFactor calldata one = scene.factors[i];
      _s.factors[one.factor] = one.params;
      _s.estimates[one.factor] = one.estimate;
    }
    for (uint256 i = 0; i < scene.assets.length; ++i) {
      SceneAsset calldata one = scene.assets[i];
      _s.assets[one.asset] = one.params;
      _prices[one.asset] = one.price;
    }
  }
}
