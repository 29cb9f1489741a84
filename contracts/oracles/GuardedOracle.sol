// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IOracle} from "../interfaces/IOracle.sol";
import * as OracleMath from "../math/OracleMath.sol";
import {MAX_PRICE} from "../math/WadMath.sol";
import {AssetId} from "../types/Ids.sol";
import {PART} from "../types/Params.sol";
import {Price, Round, Status} from "../types/Price.sol";
import {Ask} from "./Ask.sol";
import {Bounded} from "./Bounded.sol";

/// @notice Two oracles that watch each other. A price is good if both are and agree; one that fails, or
/// that the other denies, leaves a Degraded price. Rounds are the first oracle's.
contract GuardedOracle is IOracle, Bounded {
  /// @notice How far the two prices of an asset may differ was chosen, 1e-9 of the lower.
  event SetBound(AssetId indexed asset, uint256 bound);

  /// @notice The oracle whose price is taken while it is good, and whose rounds are.
  IOracle public immutable primary;

  /// @notice The oracle that guards it.
  IOracle public immutable secondary;

  /// @notice How far the two prices may differ, 1e-9 of the lower; zero: the first oracle alone.
  mapping(AssetId => uint32) public boundOf;

  constructor(address authority, IOracle primary_, IOracle secondary_) AccessManaged(authority) {
    (primary, secondary) = (primary_, secondary_);
  }

  /// @notice Chooses how far the two prices of an asset may differ; zero stops looking at the second.
  function setBound(AssetId asset, uint32 bound) external restricted {
    if (bound != 0) _within(asset, "bound", bound, 0.001e9, 0.2e9);
    boundOf[asset] = bound;
    emit SetBound(asset, bound);
  }

  /// @inheritdoc IOracle
  function read(AssetId asset) external view returns (Price memory) {
    uint32 bound = boundOf[asset];
    Price memory first = _read(primary, asset);
    if (bound == 0) return first;
    Price memory second = _read(secondary, asset);
    return OracleMath.guardedPrice(first, second, int256(uint256(bound)) * PART);
  }

  /// @inheritdoc IOracle
  function life(AssetId asset) external view returns (uint256) {
    return primary.life(asset);
  }

  /// @inheritdoc IOracle
  function latest(AssetId asset) external view returns (uint256) {
    return primary.latest(asset);
  }

  /// @inheritdoc IOracle
  function closed(AssetId asset) external view returns (uint256) {
    return primary.closed(asset);
  }

  /// @inheritdoc IOracle
  function next(AssetId asset, uint256 id) external view returns (Round memory) {
    return primary.next(asset, id);
  }

  /// A source that reverts, or answers what no oracle may, is dead.
  function _read(IOracle source, AssetId asset) private view returns (Price memory) {
    bytes memory question = abi.encodeCall(IOracle.read, (asset));
    (bool ok, uint256[] memory words) = Ask.words(address(source), question, 5);
    uint256 most = uint256(MAX_PRICE);
    bool sound = ok && words[0] != 0 && words[0] <= most && words[1] <= most && words[2] <= most;
    if (!sound || words[3] > block.timestamp || words[4] >= uint256(Status.Dead)) {
      return Price(0, 0, 0, 0, Status.Dead);
    }
    Status status = Status(words[4]);
    return Price(int256(words[0]), int256(words[1]), int256(words[2]), words[3], status);
  }
}
