// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {crowdingOf} from "../math/ScenarioMath.sol";
import * as VolatilityMath from "../math/VolatilityMath.sol";
import {WAD, max, mulDown} from "../math/WadMath.sol";
import {InstrumentId} from "../types/Ids.sol";
import {DepthParams, MILLIONTH} from "../types/Params.sol";
import {Interest, Market, State} from "../types/State.sol";
import {EffectiveParams} from "./EffectiveParams.sol";

/// @notice How much of each factor is open, and how much harder that makes its shocks. No one is
/// judged by what the same block did to it.
library OpenInterest {
  /// g in both modes: gMM as it creeps, and the worse of an earlier block's and now's for IM.
  function crowdingOfFactor(
    State storage s,
    uint256 factor
  ) internal view returns (int256 maintenance, int256 initial) {
    Market storage m = s.markets[factor];
    int256 settled = _at(s, factor, _earlier(m));
    return (_creeping(m, settled), max(settled, _at(s, factor, m.openInterest)));
  }

  /// Open units of a factor at the end of an earlier block.
  function settledUnits(State storage s, uint256 factor) internal view returns (int256) {
    return int256(_earlier(s.markets[factor]));
  }

  /// |delta| of an instrument at its last fill.
  function deltaOf(State storage s, InstrumentId id) internal view returns (int256) {
    return int256(uint256(s.interests[id].delta));
  }

  /// Units of one side that are not paid out yet: what has settled is paid holder by holder.
  function unitsOf(State storage s, InstrumentId id, bool longs) internal view returns (int256) {
    Interest storage i = s.interests[id];
    int256 open = int256(uint256(i.open));
    return longs ? open : open + i.closed;
  }

  /// Opens or closes `opened` units of an instrument whose delta is now `delta`.
  function change(State storage s, InstrumentId id, int256 opened, int256 delta) internal {
    Interest storage i = s.interests[id];
    if (opened == 0 && i.delta == uint64(uint256(delta))) return;
    int256 open = int256(uint256(i.open));
    int256 next = open + opened;
    int256 more = mulDown(next, delta) - mulDown(open, int256(uint256(i.delta)));
    (i.open, i.delta) = (uint128(uint256(next)), uint64(uint256(delta)));
    if ((open == 0) != (next == 0)) _count(s, id.instrumentFactorOf(), next != 0);
    if (more != 0) _add(s, id.instrumentFactorOf(), more);
  }

  /// Is open interest so low that no shock grows? Then a margin check need not look.
  function refresh(State storage s, uint256 factor) internal {
    Market storage m = s.markets[factor];
    uint256 low = uint256(s.depths[factor].low) * uint256(MILLIONTH);
    bool busy = m.openInterest > low || m.earlier > low || m.crowding > 0;
    if (busy == s.estimates[factor].crowded) return;
    s.estimates[factor].crowded = busy;
    m.crowdedAt = uint32(block.timestamp);
  }

  function _count(State storage s, uint256 factor, bool opened) private {
    if (opened) ++s.markets[factor].instruments;
    else --s.markets[factor].instruments;
  }

  function _add(State storage s, uint256 factor, int256 more) private {
    Market storage m = s.markets[factor];
    if (m.changed != block.number) {
      if (s.estimates[factor].crowded) _creep(s, factor, m);
      m.earlier = m.openInterest;
      m.changed = uint32(block.number);
    }
    m.openInterest = uint128(uint256(max(0, int256(uint256(m.openInterest)) + more)));
    refresh(s, factor);
  }

  /// Stores how far gMM has crept toward what open interest has been until now.
  function _creep(State storage s, uint256 factor, Market storage m) private {
    m.crowding = uint64(uint256(_creeping(m, _at(s, factor, m.openInterest)) - WAD));
    m.crowdedAt = uint32(block.timestamp);
  }

  function _creeping(Market storage m, int256 target) private view returns (int256) {
    int256 elapsed = int256(block.timestamp - m.crowdedAt);
    return VolatilityMath.crowdingAfter(WAD + int256(uint256(m.crowding)), target, elapsed);
  }

  function _earlier(Market storage m) private view returns (uint256) {
    return m.changed == block.number ? m.earlier : m.openInterest;
  }

  function _at(State storage s, uint256 factor, uint256 units) private view returns (int256) {
    DepthParams memory p = EffectiveParams.depthOf(s, factor);
    int256 low = int256(uint256(p.low)) * MILLIONTH;
    return crowdingOf(int256(units), low, int256(uint256(p.high)) * MILLIONTH);
  }
}
