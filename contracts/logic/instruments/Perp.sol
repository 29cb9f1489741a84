// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as PerpMath from "../../math/PerpMath.sol";
import {PART} from "../../types/Params.sol";
import {Market, State} from "../../types/State.sol";
import {EffectiveParams} from "../EffectiveParams.sol";

/// @notice A future that never expires: what its premium earns, longs pay shorts.
library Perp {
  /// At spot `price`: the mark of a unit, and what a long of it is worth less what it has paid.
  function quote(
    State storage s,
    uint256 factor,
    int256 price
  ) internal view returns (int256 mark, int256 index) {
    Market storage m = s.markets[factor];
    mark = PerpMath.perpMark(price, PerpMath.premiumAfter(m.premium, _elapsed(m)));
    index = mark - _funding(s, factor, price);
  }

  /// Brings premium and funding up to now.
  function accrue(State storage s, uint256 factor, int256 price) internal {
    Market storage m = s.markets[factor];
    if (m.time == block.timestamp) return;
    int256 funding = _funding(s, factor, price);
    m.premium = int64(PerpMath.premiumAfter(m.premium, _elapsed(m)));
    m.funding = int96(funding);
    m.time = uint32(block.timestamp);
  }

  function _funding(State storage s, uint256 factor, int256 price) private view returns (int256) {
    Market storage m = s.markets[factor];
    if (m.premium == 0) return m.funding;
    int256 cap = int256(uint256(EffectiveParams.marketOf(s, factor).fundingCap)) * PART;
    return PerpMath.fundingAfter(m.funding, m.premium, price, _elapsed(m), cap);
  }

  function _elapsed(Market storage m) private view returns (int256) {
    return int256(block.timestamp - m.time);
  }
}
