// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {InstrumentId, assetId} from "../types/Ids.sol";
import {PayoutHaircut, Part, State} from "../types/State.sol";

/// @notice What is withheld of a unit for losses that are seen and not booked; and whether every account that
/// lacks something was looked at since a price it hangs on last changed.
library Withheld {
  /// Notes what one leg of an account, looked at now, withholds, where it was `before` until now.
  function note(State storage s, Part storage part, uint96 before, uint256 factors) internal {
    if (before == 0 && part.rate == 0) return;
    PayoutHaircut storage c = s.cuts[part.instrument][part.longs ? 0 : 1];
    uint256 all = c.factors | factors;
    uint32 stamp = _stampOf(s, all);
    uint96 known = stamp == c.stamp ? c.known : 0;
    if (part.stamp == stamp) known -= known < before ? known : before;
    c.known = known + part.rate;
    c.held = c.held + part.rate - before;
    c.factors = c.held == 0 ? 0 : all;
    (c.stamp, part.stamp) = (stamp, stamp);
  }

  /// At a better price part of what is withheld comes back, to who was charged: before a unit is opened that
  /// was not, all of it must have come.
  function requireLooked(State storage s, InstrumentId id) internal view {
    if (!s.estimates[id.instrumentFactorOf()].cut) return;
    for (uint256 side = 0; side < 2; ++side) {
      PayoutHaircut storage c = s.cuts[id][side];
      if (c.held == 0) continue;
      bool looked = c.known == c.held && c.stamp == _stampOf(s, c.factors);
      require(looked, IClearinghouse.LookDue(id, side == 0));
    }
  }

  /// Which rounds some factors are at: the sum of their times, as far as it fits.
  function _stampOf(State storage s, uint256 factors) private view returns (uint32) {
    uint256 sum = 0;
    for (uint256 factor = 0; factors >> factor != 0; ++factor) {
      if ((factors >> factor) & 1 != 0) sum += s.oracle.read(assetId(factor, 0)).updated;
    }
    return uint32(sum);
  }
}
