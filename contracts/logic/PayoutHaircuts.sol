// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as LossMath from "../math/LossMath.sol";
import {putOf} from "../math/OptionMath.sol";
import {WAD, abs, clamp, max, mulDown, mulUp} from "../math/WadMath.sol";
import {AccountId, FUND, InstrumentId, Kind, STABLES} from "../types/Ids.sol";
import {MILLIONTH, PART} from "../types/Params.sol";
import {Expiry, Exposure, Portfolio, Strike} from "../types/Portfolio.sol";
import {PayoutHaircut, Part, Phase, Position, State} from "../types/State.sol";
import {Accounts} from "./Accounts.sol";
import {Cash} from "./Cash.sol";
import {Insurance} from "./Insurance.sol";
import {OpenInterest} from "./OpenInterest.sol";
import {Portfolios, View} from "./Portfolios.sol";
import {Positions} from "./Positions.sol";
import {AccountHealths} from "./AccountHealths.sol";
import {Withheld} from "./Withheld.sol";

/// @notice The payout haircut: who won what a failed book lost gives up a share, whenever they touch. From
/// the first sight of a loss on, each unit of the winning side is worth its part less: who closes pays it,
/// who takes the unit over has it from the start. What is booked is taken of that first; what is not comes
/// back, and what no unit is left for is the fund's.
library PayoutHaircuts {
  /// @notice The positions of a failed book, by their deltas in units, whole also in a settlement window.
  struct Legs {
    Position[] list;
    int256[] deltas;
    int256[STABLES] nets; // by factor
    int256[STABLES] sides; // Σ of the legs on the net side
    int256[STABLES] values; // |net|, USD
    int256 all; // Σ over factors of |net|, USD
  }

  /// @notice Weighs what `id` lacks at its first sight, and brings what winners are charged for it to
  /// what the fund does not cover now. Returns that, cash. Nothing is left where it lacks nothing.
  function notice(
    State storage s,
    AccountId id,
    int256 unbookedLoss
  ) external returns (int256 held) {
    Part[] storage parts = s.parts[id];
    if (unbookedLoss == 0 && parts.length == 0) return 0;
    int256 deficit = _uncovered(s, id, unbookedLoss);
    Portfolio memory book;
    bool first = unbookedLoss > 0 && parts.length == 0 && s.accounts[id].positions > 0;
    if (deficit > 0 || first) book = Portfolios.marked(s, id);
    if (first) _weigh(s, book, id);
    if (parts.length == 0) return 0;
    Cash.accrue(s.cash);
    uint256 factors = Accounts.factorsOf(s, id);
    for (uint256 i = 0; i < parts.length; ++i) {
      uint96 before = parts[i].rate;
      _aim(s, book, parts[i], LossMath.shareOf(deficit, _weightOf(parts[i]), WAD));
      Withheld.note(s, parts[i], before, factors);
      held += int256(uint256(parts[i].amount));
    }
    if (unbookedLoss == 0) delete s.parts[id];
    Cash.reprice(s);
  }

  /// @notice Does an account in no call hold what has settled and cannot be paid? Then its loss is to be seen
  /// before the legs that made it are gone.
  function isRuined(State storage s, AccountId id) external view returns (bool) {
    if (s.accounts[id].phase != Phase.Clear || !Positions.hasSettled(s, id)) return false;
    if (Cash.cashOf(s, id) + Positions.due(s, id) >= 0) return false;
    return AccountHealths.accountHealth(s, id, View.Plain).equity < 0;
  }

  /// @notice Makes winners bear the derivative part of what the fund cannot pay of `amount`. Call it before
  /// the book moves: who takes it over may be a winner. Returns what they bear.
  function charge(
    State storage s,
    AccountId failed,
    int256 amount
  ) external returns (int256 socialized) {
    Part[] storage parts = s.parts[failed];
    int256 deficit = max(0, amount - Insurance.fund(s));
    bool unseen = parts.length == 0;
    if (deficit == 0 || (unseen && s.accounts[failed].positions == 0)) return 0;
    Portfolio memory book = Portfolios.marked(s, failed);
    if (unseen) _weigh(s, book, failed);
    uint256 factors = Accounts.factorsOf(s, failed);
    for (uint256 i = 0; i < parts.length; ++i) {
      uint96 before = parts[i].rate;
      socialized += _book(s, book, parts[i], LossMath.shareOf(deficit, _weightOf(parts[i]), WAD));
      Withheld.note(s, parts[i], before, factors);
    }
    if (unseen) delete s.parts[failed];
  }

  /// What the fund does not cover of what an account lacks, beside what others are known to.
  function _uncovered(
    State storage s,
    AccountId id,
    int256 unbookedLoss
  ) private view returns (int256) {
    int256 own = int256(uint256(s.accounts[id].call.unbookedLoss)) * MILLIONTH;
    int256 others = int256(uint256(s.cash.shortfall)) - own;
    return clamp(others + unbookedLoss - Insurance.fund(s), 0, unbookedLoss);
  }

  function _weightOf(Part storage part) private view returns (int256) {
    return int256(uint256(part.weight));
  }

  /// The derivative part of a deficit falls on factors by |net|, in each on the legs of its net side.
  function _weigh(State storage s, Portfolio memory book, AccountId id) private {
    Legs memory legs = _legsOf(s, book, id);
    int256 whole = LossMath.shareOf(WAD, legs.all, legs.all + book.debt);
    for (uint256 i = 0; i < legs.list.length; ++i) {
      (InstrumentId leg, int256 delta) = (legs.list[i].instrument, legs.deltas[i]);
      uint256 factor = leg.instrumentFactorOf();
      int256 net = legs.nets[factor];
      if (net == 0 || delta == 0 || (delta > 0) != (net > 0)) continue;
      int256 own = LossMath.shareOf(whole, legs.values[factor], legs.all);
      uint256 weight = uint256(LossMath.shareOf(own, abs(delta), legs.sides[factor]));
      if (weight == 0) continue;
      s.parts[id].push(Part(leg, legs.list[i].size < 0, uint64(weight), 0, 0, 0));
    }
  }

  function _legsOf(
    State storage s,
    Portfolio memory book,
    AccountId id
  ) private view returns (Legs memory legs) {
    uint256 count = s.accounts[id].positions;
    legs.list = new Position[](count);
    legs.deltas = new int256[](count);
    for (uint256 i = 0; i < count; ++i) {
      Position memory held = s.books[id].list[i];
      legs.list[i] = held;
      legs.deltas[i] = _deltaOf(s, book, held);
      legs.nets[held.instrument.instrumentFactorOf()] += legs.deltas[i];
    }
    for (uint256 i = 0; i < count; ++i) {
      uint256 factor = legs.list[i].instrument.instrumentFactorOf();
      if ((legs.deltas[i] > 0) == (legs.nets[factor] > 0))
        legs.sides[factor] += abs(legs.deltas[i]);
    }
    for (uint256 factor = 0; factor < STABLES; ++factor) {
      if (legs.nets[factor] == 0) continue;
      legs.values[factor] = mulDown(abs(legs.nets[factor]), Positions.spotOf(s, factor));
      legs.all += legs.values[factor];
    }
  }

  /// Whole in the window, and of what has settled and is not paid yet: all of what is in the money.
  function _deltaOf(
    State storage s,
    Portfolio memory book,
    Position memory held
  ) private view returns (int256) {
    InstrumentId id = held.instrument;
    if (!Positions.isOption(id)) return held.size;
    bool isCall = id.kindOf() == uint8(Kind.Call);
    if (Positions.isSettled(s, id)) {
      if (Positions.payoffOf(s, id) == 0) return 0;
      return isCall ? int256(held.size) : -int256(held.size);
    }
    Strike memory option = _strikeOf(book, id);
    return mulDown(held.size, isCall ? option.delta : option.delta - WAD);
  }

  function _strikeOf(
    Portfolio memory book,
    InstrumentId id
  ) private pure returns (Strike memory none) {
    Expiry memory expiry = _expiryOf(book, id);
    for (uint256 i = 0; i < expiry.strikes.length; ++i) {
      if (expiry.strikes[i].strike == id.strikeOf()) return expiry.strikes[i];
    }
  }

  function _expiryOf(
    Portfolio memory book,
    InstrumentId id
  ) private pure returns (Expiry memory none) {
    Exposure memory exposure = _exposureOf(book, id.instrumentFactorOf());
    for (uint256 i = 0; i < exposure.expiries.length; ++i) {
      if (exposure.expiries[i].time == id.expiryOf()) return exposure.expiries[i];
    }
  }

  function _exposureOf(
    Portfolio memory book,
    uint256 factor
  ) private pure returns (Exposure memory none) {
    for (uint256 i = 0; i < book.exposures.length; ++i) {
      if (book.exposures[i].factor == factor) return book.exposures[i];
    }
  }

  /// Brings what winners of one leg are charged to `target`.
  function _aim(State storage s, Portfolio memory book, Part storage part, int256 target) private {
    int256 amount = int256(uint256(part.amount));
    if (target < amount) return _release(s, part, amount - target);
    (int256 cut, int256 got) = _raise(s, book, part, target - amount);
    if (cut == 0) return;
    _set(part, int256(uint256(part.rate)) + cut, amount + got);
    emit IClearinghouse.PayoutWithheld(part.instrument, part.longs, cut, got, 0);
  }

  /// Gives `less` back to the units there are, each at most what it was charged of it; who closed left the
  /// rest, which is the fund's.
  function _release(State storage s, Part storage part, int256 less) private {
    (int256 amount, int256 rate) = (int256(uint256(part.amount)), int256(uint256(part.rate)));
    int256 own = LossMath.shareOf(rate, less, amount);
    int256 units = _unitsOf(s, part);
    int256 back = LossMath.payoutHaircutOf(less, units, own);
    _set(part, rate - own, amount - less);
    _move(s, part, -back);
    int256 left = less - mulUp(units, back);
    Cash.change(s, FUND, left);
    emit IClearinghouse.PayoutWithheld(part.instrument, part.longs, -back, -less, uint256(left));
  }

  /// Books `own` of a loss: what was withheld for it first.
  function _book(
    State storage s,
    Portfolio memory book,
    Part storage part,
    int256 own
  ) private returns (int256 socialized) {
    (int256 amount, int256 rate) = (int256(uint256(part.amount)), int256(uint256(part.rate)));
    int256 taken = own < amount ? own : amount;
    int256 released = LossMath.shareOf(rate, taken, amount);
    if (taken > 0) {
      _set(part, rate - released, amount - taken);
      emit IClearinghouse.PayoutWithheld(part.instrument, part.longs, -released, -taken, 0);
    }
    (int256 cut, int256 got) = _raise(s, book, part, own - taken);
    socialized = taken + got;
    if (socialized == 0) return 0;
    (uint256 each, uint256 sum) = (uint256(released + cut), uint256(socialized));
    emit IClearinghouse.PayoutCut(part.instrument, part.longs, each, sum);
  }

  /// Takes `more` of the units there are, as far as the day and a long option's mark allow.
  function _raise(
    State storage s,
    Portfolio memory book,
    Part storage part,
    int256 more
  ) private returns (int256 cut, int256 got) {
    if (more == 0) return (0, 0);
    int256 units = _unitsOf(s, part);
    cut = LossMath.payoutHaircutOf(more, units, _roomOf(s, book, part));
    _move(s, part, cut);
    got = mulDown(units, cut);
  }

  function _roomOf(
    State storage s,
    Portfolio memory book,
    Part storage part
  ) private view returns (int256 room) {
    InstrumentId id = part.instrument;
    PayoutHaircut memory c = s.cuts[id][part.longs ? 0 : 1];
    int256 sum = int256(uint256(c.sum));
    int256 today = c.day == block.timestamp / 1 days ? int256(uint256(c.today)) : int256(0);
    int256 rate = int256(uint256(s.marketParams[id.instrumentFactorOf()].tolerance)) * PART;
    room = LossMath.cutRoom(_spotOf(s, book, id.instrumentFactorOf()), rate, today, sum);
    if (part.longs && Positions.isOption(id)) {
      room = LossMath.longRoom(room, _markOf(s, book, id), sum);
    }
  }

  /// Spot, also of a factor of which nothing is left that has not settled.
  function _spotOf(
    State storage s,
    Portfolio memory book,
    uint256 factor
  ) private view returns (int256) {
    int256 index = _exposureOf(book, factor).index;
    return index > 0 ? index : Positions.spotOf(s, factor);
  }

  /// What a long option is worth; nothing once the failed book has none of it that has not settled.
  function _markOf(
    State storage s,
    Portfolio memory book,
    InstrumentId id
  ) private view returns (int256) {
    if (Positions.isSettled(s, id)) return Positions.payoffOf(s, id);
    Strike memory option = _strikeOf(book, id);
    if (id.kindOf() == uint8(Kind.Call)) return option.call;
    return
      option.strike == 0
        ? int256(0)
        : putOf(option.call, _expiryOf(book, id).forward, option.strike);
  }

  /// Moves the index of the winners' side: signed, down if above zero.
  function _move(State storage s, Part storage part, int256 cut) private {
    if (cut == 0) return;
    PayoutHaircut storage c = s.cuts[part.instrument][part.longs ? 0 : 1];
    uint32 day = uint32(block.timestamp / 1 days);
    if (c.day != day) (c.day, c.today) = (day, 0);
    c.sum = uint96(uint256(int256(uint256(c.sum)) + cut));
    c.today = uint96(uint256(max(0, int256(uint256(c.today)) + cut)));
    s.estimates[part.instrument.instrumentFactorOf()].cut = true;
  }

  /// Units of the winners' side that are not paid out yet.
  function _unitsOf(State storage s, Part storage part) private view returns (int256) {
    return OpenInterest.unitsOf(s, part.instrument, part.longs);
  }

  function _set(Part storage part, int256 rate, int256 amount) private {
    (part.rate, part.amount) = (uint96(uint256(rate)), uint128(uint256(amount)));
  }
}
