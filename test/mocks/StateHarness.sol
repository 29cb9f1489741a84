// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOracle, SELF_TOLD} from "../../contracts/interfaces/IOracle.sol";
import {Portfolios, View} from "../../contracts/logic/Portfolios.sol";
import {Health} from "../../contracts/logic/Health.sol";
import {Risk} from "../../contracts/logic/Risk.sol";
import {AccountHealths} from "../../contracts/logic/AccountHealths.sol";
import {requirementOf} from "../../contracts/math/MarginMath.sol";
import {initialMode, maintenanceMode} from "../../contracts/math/ScenarioMath.sol";
import {AccountId, AssetId} from "../../contracts/types/Ids.sol";
import {DepthParams, FactorParams, MarketParams, TIERS} from "../../contracts/types/Params.sol";
import {Margin, Portfolio, Requirement, AccountHealth} from "../../contracts/types/Portfolio.sol";
import {Price, Round} from "../../contracts/types/Price.sol";
import {
  Account,
  CashState,
  Charges,
  Estimate,
  FactorRamp,
  Gains,
  Market,
  Position,
  Rate,
  State,
  ExpiryState,
  Tier
} from "../../contracts/types/State.sol";

/// @notice One account, and all of a pool that its margin depends on.
struct Scene {
  Account account;
  ScenePosition[] positions;
  Gains gains;
  CashState cash;
  Tier[TIERS] tiers;
  SceneFactor[] factors;
  SceneAsset[] assets;
}

struct ScenePosition {
  Position position;
  int128 entry;
  uint96 cut; // what losses took of its side
}

struct SceneFactor {
  uint256 factor;
  FactorParams params;
  Estimate estimate;
  Market market;
  MarketParams marketParams;
  DepthParams depth;
  FactorRamp ramp;
  SceneTerm[] terms;
}

struct SceneTerm {
  uint256 expiry;
  ExpiryState term;
}

struct SceneAsset {
  AssetId asset;
  Charges params;
  Rate rate;
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
  AccountHealth accountHealth;
  AccountHealth steady;
  int256 counted; // what a proof compares with IM
  int256 required; // IM as a proof takes it
}

/// @notice A verdict, or what the house refused with.
struct Answer {
  Verdict verdict;
  bytes refusal;
}

/// @notice Writes accounts into State as no verb could, and asks the real logic about them.
contract StateHarness is IOracle {
  State private _s;
  mapping(AssetId => Price) private _prices;

  constructor() {
    _s.oracle = this;
  }

  /// @notice Judges scenes: as many of them, in order, as two thirds of the call's gas allow, and at least
  /// one. Made to be called, not sent.
  function judgeAll(Scene[] calldata scenes) external returns (Answer[] memory answers) {
    uint256 kept = gasleft() / 3;
    Answer[] memory found = new Answer[](scenes.length);
    uint256 n;
    for (; n < scenes.length && (n == 0 || gasleft() > kept); ++n) {
      try this.judge(scenes[n]) returns (Verdict memory verdict) {
        found[n].verdict = verdict;
      } catch (bytes memory refusal) {
        found[n].refusal = refusal;
      }
    }
    answers = new Answer[](n);
    for (uint256 i = 0; i < n; ++i) answers[i] = found[i];
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
    verdict.accountHealth = AccountHealths.accountHealth(_s, id, View.Plain);
    verdict.steady = AccountHealths.accountHealth(_s, id, View.Steady);
    (verdict.counted, verdict.required) = Risk.initial(_s, id);
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
  function closed(AssetId) external pure returns (uint256) {
    return SELF_TOLD;
  }

  /// @inheritdoc IOracle
  function next(AssetId, uint256) external pure returns (Round memory) {
    return Round(0, 0, 0, false);
  }

  function _write(AccountId id, Scene calldata scene) private {
    _s.accounts[id] = scene.account;
    for (uint256 i = 0; i < scene.positions.length; ++i) {
      Position memory held = scene.positions[i].position;
      _s.books[id].list[i] = held;
      _s.books[id].entries[i] = scene.positions[i].entry;
      _s.cuts[held.instrument][held.size > 0 ? 0 : 1].sum = scene.positions[i].cut;
    }
    _s.books[id].gains = scene.gains;
    _s.cash = scene.cash;
    for (uint256 i = 0; i < TIERS; ++i) _s.tiers[i] = scene.tiers[i];
    for (uint256 i = 0; i < scene.factors.length; ++i) {
      SceneFactor calldata one = scene.factors[i];
      _s.factors[one.factor] = one.params;
      _s.estimates[one.factor] = one.estimate;
      _s.markets[one.factor] = one.market;
      _s.marketParams[one.factor] = one.marketParams;
      _s.depths[one.factor] = one.depth;
      _s.ramps[one.factor] = one.ramp;
      for (uint256 k = 0; k < one.terms.length; ++k) {
        _s.terms[one.factor][one.terms[k].expiry] = one.terms[k].term;
      }
    }
    for (uint256 i = 0; i < scene.assets.length; ++i) {
      SceneAsset calldata one = scene.assets[i];
      _s.assets[one.asset] = one.params;
      _s.rates[one.asset] = one.rate;
      _prices[one.asset] = one.price;
    }
  }
}
