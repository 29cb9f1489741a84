// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as PerpMath from "../math/PerpMath.sol";
import * as SettlementMath from "../math/SettlementMath.sol";
import {MAX_AMOUNT, bounded, max, min, mulDown} from "../math/WadMath.sol";
import {AccountId, InstrumentId, Kind, NO_ASSET, assetId} from "../types/Ids.sol";
import {MAX_FACTORS, MAX_POSITIONS, MAX_TERMS} from "../types/Params.sol";
import {Book, Gains, Position, Stage, State} from "../types/State.sol";
import {Accounts} from "./Accounts.sol";
import {Cash} from "./Cash.sol";
import {OpenInterest} from "./OpenInterest.sol";
import {Perp} from "./instruments/Perp.sol";
import {Expiries} from "./instruments/Expiries.sol";

/// @notice The derivatives an account holds, and what they have earned it.
library Positions {
  using SafeCast for int256;

  uint256 internal constant PERIOD = 1_800; // seconds of the clock in which gains stay apart

  /// Spot of a factor as derivatives take it: the last one known, if its feed is dead.
  function spotOf(State storage s, uint256 factor) internal view returns (int256) {
    int256 price = s.oracle.read(assetId(factor, 0)).price;
    return price == 0 ? int256(uint256(s.estimates[factor].price)) : price;
  }

  function isOption(InstrumentId id) internal pure returns (bool) {
    return id.kindOf() >= uint8(Kind.Call);
  }

  function isSettled(State storage s, InstrumentId id) internal view returns (bool) {
    uint256 expiry = id.expiryOf();
    if (expiry == 0 || block.timestamp < expiry) return false;
    return s.terms[id.instrumentFactorOf()][expiry].stage == Stage.Settled;
  }

  /// What a unit is worth now, as profit counts it: zero for an option that has not settled.
  function indexOf(State storage s, InstrumentId id) internal view returns (int256 index) {
    if (isSettled(s, id)) return payoffOf(s, id);
    if (isOption(id)) return 0;
    uint256 factor = id.instrumentFactorOf();
    int256 spot = spotOf(s, factor);
    if (id.kindOf() == uint8(Kind.Perp)) (, index) = Perp.quote(s, factor, spot);
    else index = Expiries.forwardAt(s, factor, id.expiryOf(), spot);
  }

  /// What losses took of a unit of the side that `size` is on, as it lowers an index: signed as the size.
  function payoutHaircutOf(
    State storage s,
    InstrumentId id,
    int256 size
  ) internal view returns (int256) {
    if (!s.estimates[id.instrumentFactorOf()].cut) return 0;
    if (size > 0) return int256(uint256(s.cuts[id][0].sum));
    return -int256(uint256(s.cuts[id][1].sum));
  }

  /// What a unit of a settled instrument is worth.
  function payoffOf(State storage s, InstrumentId id) internal view returns (int256) {
    uint256 price = s.terms[id.instrumentFactorOf()][id.expiryOf()].settlement;
    int256 settlement = int256(price);
    if (id.kindOf() == uint8(Kind.Future)) return settlement;
    if (id.kindOf() == uint8(Kind.Call)) {
      return SettlementMath.callPayoff(settlement, id.strikeOf());
    }
    return SettlementMath.putPayoff(settlement, id.strikeOf());
  }

  /// Where an account holds an instrument; past its last position if it does not.
  function find(
    State storage s,
    AccountId account,
    InstrumentId id
  ) internal view returns (uint256 i) {
    Book storage b = s.books[account];
    uint256 count = s.accounts[account].positions;
    while (i < count && b.list[i].instrument != id) ++i;
  }

  function sizeOf(State storage s, AccountId account, uint256 i) internal view returns (int256) {
    return i < s.accounts[account].positions ? s.books[account].list[i].size : int256(0);
  }

  /// What the position at `i` has earned since it was last touched.
  function accruedAt(
    State storage s,
    AccountId account,
    uint256 i,
    int256 index
  ) internal view returns (int256) {
    Book storage b = s.books[account];
    return PerpMath.accruedOf(b.list[i].size, index, b.entries[i]);
  }

  /// Adds to the position at `i`, opening or closing it; its profit counts from `index` on.
  function put(
    State storage s,
    AccountId account,
    uint256 i,
    InstrumentId id,
    int256 next,
    int256 index
  ) internal {
    Book storage b = s.books[account];
    uint256 count = s.accounts[account].positions;
    bounded(next, -MAX_AMOUNT, MAX_AMOUNT);
    if (next == 0) return _drop(s, account, i);
    bool held = i < count;
    require(held || count < MAX_POSITIONS, IClearinghouse.TooManyPositions(account, MAX_POSITIONS));
    b.list[i] = Position(id, int128(next));
    int128 entry = index.toInt128();
    if (b.entries[i] != entry) b.entries[i] = entry;
    if (held) return;
    s.accounts[account].positions = uint8(count + 1);
    if (count >= MAX_TERMS && id.expiryOf() != 0) _requireFewTerms(s, account, count);
    if (count >= MAX_FACTORS || s.accounts[account].holdings[0].assetOf() != NO_ASSET) {
      Accounts.requireFewFactors(s, account);
    }
  }

  /// Fewer positions than terms allowed cannot have too many; nor can one more of a term that is held.
  function _requireFewTerms(State storage s, AccountId account, uint256 last) private view {
    Position[MAX_POSITIONS] storage list = s.books[account].list;
    uint256 opened = list[last].instrument.expiryStateOf();
    uint256[] memory seen = new uint256[](MAX_TERMS + 1);
    seen[0] = opened;
    uint256 terms = 1;
    for (uint256 i = 0; i < last; ++i) {
      InstrumentId id = list[i].instrument;
      if (id.expiryStateOf() == opened) return;
      if (id.expiryOf() == 0) continue;
      uint256 k = 0;
      while (k < terms && seen[k] != id.expiryStateOf()) ++k;
      if (k == terms) seen[terms++] = id.expiryStateOf();
    }
    require(terms <= MAX_TERMS, IClearinghouse.TooManyTerms(account, MAX_TERMS));
  }

  /// @notice Pays what every position of an account has earned and closes those that have settled.
  function settle(State storage s, AccountId account) external {
    Cash.accrue(s.cash);
    _touch(s, account);
    Cash.reprice(s);
  }

  /// @notice Does an account hold what has settled and is not paid yet?
  function hasSettled(State storage s, AccountId account) external view returns (bool) {
    Book storage b = s.books[account];
    for (uint256 i = 0; i < s.accounts[account].positions; ++i) {
      if (isSettled(s, b.list[i].instrument)) return true;
    }
    return false;
  }

  /// @notice What positions have earned and were not paid yet, cash.
  function due(State storage s, AccountId account) external view returns (int256 earned) {
    for (uint256 i = s.accounts[account].positions; i > 0; --i) {
      earned += accruedAt(s, account, i - 1, _worthAt(s, account, i - 1));
    }
  }

  /// What profit of the position at `i` counts to now.
  function _worthAt(State storage s, AccountId account, uint256 i) private view returns (int256) {
    Position storage held = s.books[account].list[i];
    return indexOf(s, held.instrument) - payoutHaircutOf(s, held.instrument, held.size);
  }

  function _touch(State storage s, AccountId account) private {
    int256 earned;
    int256 options; // of that, what settled options paid
    Book storage b = s.books[account];
    for (uint256 i = s.accounts[account].positions; i > 0; --i) {
      InstrumentId id = b.list[i - 1].instrument;
      bool settled = isSettled(s, id);
      if (isOption(id) && !settled && !s.estimates[id.instrumentFactorOf()].cut) continue;
      int256 index = _worthAt(s, account, i - 1);
      int256 gain = accruedAt(s, account, i - 1, index);
      earned += gain;
      if (settled && isOption(id)) options += gain;
      emit IClearinghouse.Settled(account, id, gain);
      if (settled) _close(s, account, i - 1);
      else b.entries[i - 1] = index.toInt128();
    }
    if (earned != 0) Cash.change(s, account, earned);
    // What a sold option paid was no loss: it was owed at its mark before.
    remember(s, account, earned - min(0, options));
  }

  /// What was earned counts as a gain of this half-hour.
  function remember(State storage s, AccountId account, int256 earned) internal {
    if (earned == 0) return;
    Gains memory g = s.books[account].gains;
    uint32 period = uint32(block.timestamp / PERIOD);
    if (g.period != period) {
      g.previous = g.period + 1 == period ? g.current : int112(0);
      g.current = 0;
      g.period = period;
    }
    g.current += int112(earned);
    s.books[account].gains = g;
    if (!s.accounts[account].gained) s.accounts[account].gained = true;
  }

  /// What settlement paid an account within the last half-hours: not yet good for a withdrawal.
  function recentGains(State storage s, AccountId account) internal view returns (int256) {
    if (!s.accounts[account].gained) return 0;
    Gains memory g = s.books[account].gains;
    uint256 period = block.timestamp / PERIOD;
    if (g.period == period) return int256(g.current) + g.previous;
    return g.period + 1 == period ? int256(g.current) : int256(0);
  }

  /// @notice Moves a part of every position, rounded toward zero. Accrue cash first.
  function move(State storage s, AccountId from, AccountId to, int256 fraction) external {
    _touch(s, from);
    _touch(s, to);
    Book storage b = s.books[from];
    for (uint256 i = s.accounts[from].positions; i > 0; --i) {
      (InstrumentId id, int256 size) = (b.list[i - 1].instrument, b.list[i - 1].size);
      int256 part = size < 0 ? -mulDown(-size, fraction) : mulDown(size, fraction);
      if (part == 0) continue;
      int256 index = b.entries[i - 1];
      uint256 k = find(s, to, id);
      int256 held = sizeOf(s, to, k);
      int256 opened = _longs(held + part) + _longs(size - part) - _longs(held) - _longs(size);
      // Both books are paid up to now; who stays on the other side keeps its side's index.
      bool turned = (held + part > 0) != (size > 0);
      put(s, to, k, id, held + part, turned ? s.books[to].entries[k] : index);
      put(s, from, i - 1, id, size - part, index);
      OpenInterest.change(s, id, opened, OpenInterest.deltaOf(s, id));
    }
  }

  function _longs(int256 size) private pure returns (int256) {
    return max(0, size);
  }

  function _close(State storage s, AccountId account, uint256 i) private {
    Position memory p = s.books[account].list[i];
    OpenInterest.change(s, p.instrument, -_longs(p.size), OpenInterest.deltaOf(s, p.instrument));
    s.interests[p.instrument].closed += p.size;
    _drop(s, account, i);
  }

  /// A closed position is replaced by the last.
  function _drop(State storage s, AccountId account, uint256 i) private {
    Book storage b = s.books[account];
    uint256 count = s.accounts[account].positions;
    if (i >= count) return;
    uint256 last = count - 1;
    if (i != last) {
      b.list[i] = b.list[last];
      b.entries[i] = b.entries[last];
    }
    delete b.list[last];
    b.entries[last] = 0;
    s.accounts[account].positions = uint8(last);
  }
}
