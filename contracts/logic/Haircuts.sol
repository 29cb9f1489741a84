// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as LossMath from "../math/LossMath.sol";
import {notionalOf} from "../math/MarginMath.sol";
import {maintenanceMode} from "../math/ScenarioMath.sol";
import {WAD, abs, max, mulDown} from "../math/WadMath.sol";
import {AccountId, InstrumentId, Kind, instrumentId} from "../types/Ids.sol";
import {MAX_POSITIONS, PART} from "../types/Params.sol";
import {Expiry, Exposure, Mode, Portfolio, Strike} from "../types/Portfolio.sol";
import {Cut, State} from "../types/State.sol";
import {Insurance} from "./Insurance.sol";
import {Portfolios} from "./Portfolios.sol";

/// @notice The payout haircut: who won what a failed book lost gives up a share, whenever they touch.
library Haircuts {
  uint256 private constant LONGS = 0;
  uint256 private constant SHORTS = 1;

  /// @notice Legs of one factor on the side that failed, by their delta in units.
  struct Legs {
    uint256 count;
    InstrumentId[MAX_POSITIONS] ids;
    uint256[MAX_POSITIONS] winners; // the side opposite to the leg's
    int256[MAX_POSITIONS] deltas;
    int256 all;
  }

  /// @notice Makes winners bear the derivative part of what the fund cannot pay of `amount`. Call it before the
  /// book moves: who takes it over may be a winner. Returns what they bear.
  function charge(
    State storage s,
    AccountId failed,
    int256 amount
  ) external returns (int256 borne) {
    int256 deficit = max(0, amount - Insurance.fund(s));
    if (deficit == 0 || s.accounts[failed].positions == 0) return 0;
    Portfolio memory book = Portfolios.marked(s, failed);
    int256[] memory nets = new int256[](book.exposures.length);
    int256 all = 0;
    Mode memory mode = maintenanceMode();
    for (uint256 i = 0; i < nets.length; ++i) {
      nets[i] = notionalOf(book.exposures[i], mode).derivatives;
      all += abs(nets[i]);
    }
    int256 part = LossMath.shareOf(deficit, all, all + book.debt);
    for (uint256 i = 0; i < nets.length; ++i) {
      if (nets[i] == 0) continue;
      int256 own = LossMath.shareOf(part, abs(nets[i]), all);
      borne += _chargeFactor(s, book.exposures[i], nets[i], own);
    }
  }

  function _chargeFactor(
    State storage s,
    Exposure memory exposure,
    int256 net,
    int256 part
  ) private returns (int256 borne) {
    Legs memory legs = _legsOf(exposure, net > 0 ? int256(1) : -1);
    for (uint256 i = 0; i < legs.count; ++i) {
      int256 own = LossMath.shareOf(part, legs.deltas[i], legs.all);
      borne += _cut(s, exposure, legs.ids[i], legs.winners[i], own);
    }
  }

  /// What winners of one leg give up.
  function _cut(
    State storage s,
    Exposure memory exposure,
    InstrumentId id,
    uint256 side,
    int256 part
  ) private returns (int256 borne) {
    Cut memory c = s.cuts[id][side];
    uint32 day = uint32(block.timestamp / 1 days);
    if (c.day != day) (c.day, c.today) = (day, 0);
    int256 sum = int256(uint256(c.sum));
    int256 today = int256(uint256(c.today));
    int256 rate = int256(uint256(s.marketParams[exposure.factor].tolerance)) * PART;
    int256 room = LossMath.cutRoom(exposure.index, rate, today, sum);
    int256 open = int256(uint256(s.interests[id].open));
    int256 cut = LossMath.cutOf(part, open, room);
    if (cut == 0) return 0;
    (c.sum, c.today) = (uint96(uint256(sum + cut)), uint96(uint256(today + cut)));
    s.cuts[id][side] = c;
    s.estimates[exposure.factor].cut = true;
    borne = mulDown(open, cut);
    emit IClearinghouse.PayoutCut(id, side == LONGS, uint256(cut), uint256(borne));
  }

  function _legsOf(Exposure memory exposure, int256 side) private pure returns (Legs memory legs) {
    InstrumentId perp = instrumentId(exposure.factor, Kind.Perp, 0, 0);
    _add(legs, perp, exposure.perps, side * exposure.perps);
    for (uint256 i = 0; i < exposure.expiries.length; ++i) {
      _addExpiry(legs, exposure, exposure.expiries[i], side);
    }
  }

  function _addExpiry(
    Legs memory legs,
    Exposure memory exposure,
    Expiry memory expiry,
    int256 side
  ) private pure {
    (uint256 factor, uint256 time) = (exposure.factor, expiry.time);
    int256 share = side * expiry.unsettled;
    InstrumentId future = instrumentId(factor, Kind.Future, time, 0);
    _add(legs, future, expiry.futures, mulDown(expiry.futures, share));
    for (uint256 k = 0; k < expiry.strikes.length; ++k) {
      Strike memory option = expiry.strikes[k];
      uint256 strike = uint256(option.strike) / 1e10;
      InstrumentId call = instrumentId(factor, Kind.Call, time, strike);
      InstrumentId put = instrumentId(factor, Kind.Put, time, strike);
      _add(legs, call, option.calls, mulDown(mulDown(option.calls, option.delta), share));
      _add(legs, put, option.puts, mulDown(mulDown(option.puts, option.delta - WAD), share));
    }
  }

  /// A leg whose delta lies on the side asked for.
  function _add(Legs memory legs, InstrumentId id, int256 size, int256 delta) private pure {
    if (delta <= 0) return;
    uint256 i = legs.count++;
    (legs.ids[i], legs.deltas[i]) = (id, delta);
    legs.winners[i] = size > 0 ? SHORTS : LONGS;
    legs.all += delta;
  }
}
