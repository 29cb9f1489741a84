// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as ThrottleMath from "../math/ThrottleMath.sol";
import {WAD, min} from "../math/WadMath.sol";
import {AccountId} from "../types/Ids.sol";
import {MILLIONTH} from "../types/Params.sol";
import {FactorDelta} from "../types/Portfolio.sol";
import {Bucket, State} from "../types/State.sol";

/// @notice How much of each factor auctions may sell now. A factor without a depth has no throttle.
library Throttle {
  /// The largest fraction of a book that passes.
  function roomOf(
    State storage s,
    FactorDelta[] memory deltas
  ) internal view returns (int256 room) {
    (room, ) = _tightest(s, deltas);
  }

  /// Whoever sells uses it, also who need not wait.
  function take(State storage s, FactorDelta[] memory deltas, int256 fraction) internal {
    for (uint256 i = 0; i < deltas.length; ++i) {
      (uint256 factor, int256 units) = (deltas[i].factor, deltas[i].units);
      (int256 size, int256 used) = _bucket(s, factor);
      if (size == 0 || units == 0) continue;
      uint96 scarce = uint96(uint256(scarceOf(s, factor)));
      used = min(size, used + ThrottleMath.soldOf(fraction, units));
      s.buckets[factor] = Bucket(uint128(uint256(used)), uint32(block.timestamp), scarce);
    }
  }

  /// Seconds a factor's bucket was ever under half full, a wad.
  function scarceOf(State storage s, uint256 factor) internal view returns (int256) {
    Bucket memory b = s.buckets[factor];
    int256 size = _sizeOf(s, factor);
    int256 elapsed = int256(block.timestamp - b.time);
    int256 since = ThrottleMath.scarceFor(int256(uint256(b.used)), size, elapsed);
    return int256(uint256(b.scarce)) + since;
  }

  /// The factor a book holds most of, at the prices of the last rounds processed.
  function heaviestOf(
    State storage s,
    FactorDelta[] memory deltas
  ) internal view returns (uint256 factor) {
    int256 most = -1;
    for (uint256 i = 0; i < deltas.length; ++i) {
      int256 price = int256(uint256(s.estimates[deltas[i].factor].price));
      int256 worth = deltas[i].units * price;
      if (worth > most) (most, factor) = (worth, deltas[i].factor);
    }
  }

  /// Reverts with the factor that lets the least through.
  function refuse(
    State storage s,
    AccountId account,
    FactorDelta[] memory deltas,
    int256 fraction
  ) internal view {
    (, uint256 at) = _tightest(s, deltas);
    (int256 size, int256 used) = _bucket(s, deltas[at].factor);
    int256 sold = ThrottleMath.soldOf(fraction, deltas[at].units);
    revert IClearinghouse.Throttled(account, deltas[at].factor, sold, size - used);
  }

  function _tightest(
    State storage s,
    FactorDelta[] memory deltas
  ) private view returns (int256 room, uint256 at) {
    room = WAD;
    for (uint256 i = 0; i < deltas.length; ++i) {
      (int256 size, int256 used) = _bucket(s, deltas[i].factor);
      if (size == 0) continue;
      int256 one = ThrottleMath.roomOf(size - used, deltas[i].units);
      if (one < room) (room, at) = (one, i);
    }
  }

  function _bucket(
    State storage s,
    uint256 factor
  ) private view returns (int256 size, int256 used) {
    size = _sizeOf(s, factor);
    if (size == 0) return (0, 0);
    Bucket memory b = s.buckets[factor];
    int256 elapsed = int256(block.timestamp - b.time);
    used = ThrottleMath.usedAfter(int256(uint256(b.used)), size, elapsed);
  }

  function _sizeOf(State storage s, uint256 factor) private view returns (int256) {
    return ThrottleMath.sizeOf(int256(uint256(s.depths[factor].onePercent)) * MILLIONTH);
  }
}
