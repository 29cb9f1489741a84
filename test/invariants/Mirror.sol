// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Vm} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Vm.sol";

import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";
import {AccountId, InstrumentId, Kind} from "../../contracts/types/Ids.sol";
import {Slice} from "../../contracts/types/Offer.sol";
import {MarketParams} from "../../contracts/types/Params.sol";
import {Market as Ledger, Stage} from "../../contracts/types/State.sol";
import {Marks} from "./Marks.sol";

/// @notice Every position as the events tell it, and what it should have been paid: size·(index −
/// index at the last touch) from what the pool told anyone before the act, without a rounding.
abstract contract Mirror is Marks {
  /// @notice A position of the mirror.
  struct Held {
    int256 size;
    int256 entry;
  }

  /// @notice A fill that happened, and what both sides held before.
  struct Hit {
    uint256 index; // in its transaction
    InstrumentId id;
    AccountId maker;
    AccountId taker;
    int256 size; // the maker's, signed
    int256 price;
    int256 fees;
    int256 makerHeld;
    int256 takerHeld;
  }

  mapping(AccountId => mapping(InstrumentId => Held)) internal _heldOf;
  mapping(AccountId => InstrumentId[]) internal _bookOf;
  mapping(InstrumentId => int256) internal _longs; // Σ long size
  mapping(InstrumentId => int256[2]) private _cuts; // what losses took of a unit: of longs, of shorts
  int256 private _left; // of a loss in the last act: what layers of the waterfall have not announced
  mapping(InstrumentId => int256) internal _closed; // Σ signed size that settled and closed
  mapping(AccountId => mapping(uint256 => int256)) private _gains; // by half-hour of the clock
  int256 internal _withheld; // of winners, for losses that are seen and not booked
  int256 private _options; // what settled options paid in the touch that events now tell of
  AccountId private _touched; // whose that is; zero between touches
  int256 internal _unsettled; // U: debited less credited, squared wads
  Hit[] internal _hits; // of the last act
  bytes[] internal _reasons; // why fills of the last act failed
  bool internal _walked; // did the last act observe rounds

  /// Walks the events of an act that was done, in order. What a failed fill said may be on record: a
  /// fill counts once something follows that is not its failure, and so does what was said after it.
  function _follow(Scene memory scene, Vm.Log[] memory logs) internal {
    delete _hits;
    delete _reasons;
    uint256 turn; // of which fill it is
    uint256 pending; // 1 + log of a fill that may yet fail
    for (uint256 i = 0; i < logs.length; ++i) {
      if (logs[i].emitter != address(door)) continue;
      bytes32 topic = logs[i].topics[0];
      if (topic == IClearinghouse.FillFailed.selector) {
        uint256 failed = uint256(logs[i].topics[1]);
        if (pending > 0 && failed != turn) _confirm(scene, logs, pending, i, turn);
        pending = 0;
        turn = failed + 1;
        _reasons.push(abi.decode(logs[i].data, (bytes)));
      } else if (topic == IClearinghouse.Filled.selector) {
        if (pending > 0) _confirm(scene, logs, pending, i, turn++);
        pending = i + 1;
      } else if (pending > 0 && _isOther(topic)) {
        _confirm(scene, logs, pending, i, turn++);
        pending = 0;
        _other(scene, logs[i]);
      } else if (pending == 0) {
        _other(scene, logs[i]);
      }
    }
    if (pending > 0) _confirm(scene, logs, pending, logs.length, turn);
    assertEq(_left, 0, "a loss is not what the layers of the waterfall announced");
    _requirePremiums(scene);
    _walked = false;
    for (uint256 f = 1; f <= FACTORS; ++f) _walked = _walked || scene.walked[f];
  }

  function _confirm(
    Scene memory scene,
    Vm.Log[] memory logs,
    uint256 pending,
    uint256 end,
    uint256 turn
  ) private {
    _fill(scene, logs[pending - 1], turn);
    for (uint256 i = pending; i < end; ++i) {
      if (logs[i].emitter == address(door)) _other(scene, logs[i]);
    }
  }

  /// Events that no fill emits.
  function _isOther(bytes32 topic) private pure returns (bool) {
    return
      topic == IClearinghouse.Settled.selector ||
      topic == IClearinghouse.Bid.selector ||
      topic == IClearinghouse.TakeOver.selector;
  }

  function _other(Scene memory scene, Vm.Log memory log) private {
    bytes32 topic = log.topics[0];
    if (topic != IClearinghouse.Settled.selector) _touched = AccountId.wrap(0);
    if (topic == IClearinghouse.Settled.selector) {
      _touch(
        scene,
        AccountId.wrap(log.topics[1]),
        InstrumentId.wrap(uint96(uint256(log.topics[2]))),
        abi.decode(log.data, (int256))
      );
    } else if (topic == IClearinghouse.Observe.selector) {
      scene.walked[uint256(log.topics[1])] = true;
    } else if (topic == IClearinghouse.ExpirySettled.selector) {
      _settle(uint256(log.topics[1]), uint256(log.topics[2]), abi.decode(log.data, (uint256)));
    } else if (topic == IClearinghouse.Bid.selector) {
      Slice memory slice = abi.decode(log.data, (Slice));
      _move(AccountId.wrap(log.topics[1]), AccountId.wrap(log.topics[2]), slice.fraction);
      _left += slice.waterfall;
    } else if (topic == IClearinghouse.TakeOver.selector) {
      _move(AccountId.wrap(log.topics[1]), AccountId.wrap(log.topics[2]), WAD_);
      (, , int256 lost) = abi.decode(log.data, (int256, int256, int256));
      _left += lost;
    } else if (
      topic == IClearinghouse.InsurancePaid.selector ||
      topic == IClearinghouse.DeficitBooked.selector
    ) {
      _left -= int256(abi.decode(log.data, (uint256)));
    } else if (topic == IClearinghouse.PayoutWithheld.selector) {
      _withhold(InstrumentId.wrap(uint96(uint256(log.topics[1]))), log.data);
    } else if (topic == IClearinghouse.PayoutCut.selector) {
      _cut(InstrumentId.wrap(uint96(uint256(log.topics[1]))), log.data);
    }
  }

  /// A fill walks rounds before it trades; what it settled is undone with it if it fails, and a later fill
  /// of the same act may settle it again.
  function _settle(uint256 f, uint256 expiry, uint256 price) private {
    if (door.expiryStateOf(f, expiry).stage != Stage.Settled) return;
    if (_reasons.length > 0 && _settledAt[f][expiry] == price) return;
    assertEq(_settledAt[f][expiry], 0, "an expiry settled twice");
    _settledAt[f][expiry] = price;
    _requireAverage(f, expiry, price);
  }

  /// Every unit of a side gives up as much: what the pool need not pay out any more is settled. Of what was
  /// withheld for it the index was freed before.
  function _cut(InstrumentId id, bytes memory data) private {
    (bool longs, int256 cut, int256 amount) = abi.decode(data, (bool, int256, int256));
    assertGt(amount, 0, "a cut of nothing");
    _lower(id, longs, cut);
    _left -= amount;
  }

  /// A loss that is seen lowers a side's index; what comes back, or goes to the fund, was withheld before.
  function _withhold(InstrumentId id, bytes memory data) private {
    (bool longs, int256 cut, int256 amount, int256 left) = abi.decode(
      data,
      (bool, int256, int256, int256)
    );
    if (cut > 0)
      assertEq(amount, _floor(cut * _units(id, longs)), "withheld is not what all units give up");
    else assertLe(left, -amount, "the fund was given more than was withheld");
    _lower(id, longs, cut);
    _withheld += amount;
    assertGe(_withheld, 0, "more came back than was withheld");
  }

  function _lower(InstrumentId id, bool longs, int256 cut) private {
    _cuts[id][longs ? 0 : 1] += cut;
    assertGe(_cuts[id][longs ? 0 : 1], 0, "more came back than was taken");
    _unsettled -= cut * _units(id, longs);
  }

  /// What is not paid out yet of a side: what has settled is paid holder by holder.
  function _units(InstrumentId id, bool longs) private view returns (int256) {
    return longs ? _longs[id] : _longs[id] + _closed[id];
  }

  /// What losses took of a unit of a position's side, signed as its size.
  function _cutOf(InstrumentId id, int256 size) internal view returns (int256) {
    return size > 0 ? _cuts[id][0] : -_cuts[id][1];
  }

  /// The settlement price is what the rounds say, whoever brought them.
  function _requireAverage(uint256 f, uint256 expiry, uint256 price) internal view virtual;

  function _touch(Scene memory scene, AccountId account, InstrumentId id, int256 earned) private {
    Held storage held = _heldOf[account][id];
    assertTrue(held.size != 0, "settled what no one holds");
    int256 index = _indexOf(scene, id) - _cutOf(id, held.size);
    int256 flow = held.size * (index - held.entry);
    assertEq(earned, _floor(flow), "a touch paid another profit than size times index");
    _unsettled -= flow;
    bool settled = _settledAt[id.instrumentFactorOf()][id.expiryOf()] != 0;
    _gain(account, settled && _isOption(id) ? _gainOf(account, earned) : earned);
    if (!settled) {
      held.entry = index;
    } else {
      _closed[id] += held.size;
      _put(account, id, 0, 0);
    }
  }

  /// Settled options of one touch count together, and never as a loss: they were owed at their marks.
  function _gainOf(AccountId account, int256 earned) private returns (int256) {
    int256 before = account == _touched && _options > 0 ? _options : int256(0);
    _options = account == _touched ? _options + earned : earned;
    _touched = account;
    return (_options > 0 ? _options : int256(0)) - before;
  }

  function _isOption(InstrumentId id) private pure returns (bool) {
    return id.kindOf() >= uint8(Kind.Call);
  }

  function _fill(Scene memory scene, Vm.Log memory log, uint256 index) private {
    Hit memory hit;
    hit.index = index;
    hit.id = InstrumentId.wrap(uint96(uint256(log.topics[1])));
    (hit.maker, hit.taker) = (AccountId.wrap(log.topics[2]), AccountId.wrap(log.topics[3]));
    (hit.size, hit.price, hit.fees) = abi.decode(log.data, (int256, int256, int256));
    hit.makerHeld = _heldOf[hit.maker][hit.id].size;
    hit.takerHeld = _heldOf[hit.taker][hit.id].size;
    _hits.push(hit);
    assertTrue(hit.maker != hit.taker, "an account met itself");
    int256 before = _longs[hit.id];
    _side(scene, hit, hit.maker, hit.size);
    _side(scene, hit, hit.taker, -hit.size);
    if (hit.id.kindOf() == uint8(Kind.Perp)) _movePremium(scene, hit, before);
  }

  /// What was held is paid up to the index; what is traded pays how far its price is off the mark. An
  /// option's premium is paid at once, and is no settlement: but what of it is off the mark is a gain.
  function _side(Scene memory scene, Hit memory hit, AccountId account, int256 size) private {
    Held storage held = _heldOf[account][hit.id];
    int256 index = _indexOf(scene, hit.id);
    int256 next = held.size + size;
    int256 flow = held.size * (index - _cutOf(hit.id, held.size) - held.entry);
    int256 off = size * (hit.price - _markAt(scene, hit.id));
    _unsettled -= hit.id.kindOf() <= uint8(Kind.Future) ? flow - off : flow;
    _gain(account, _floor(flow) + _floor(-off));
    _put(account, hit.id, next, index - _cutOf(hit.id, next));
  }

  /// DESIGN §6: |Δpremium|·max(open interest before, after) is at most the fees the fill paid.
  function _movePremium(Scene memory scene, Hit memory hit, int256 before) private view {
    uint256 f = hit.id.instrumentFactorOf();
    MarketParams memory p = _chargesOf(f);
    int256 open = before > _longs[hit.id] ? before : _longs[hit.id];
    int256 limit = (int256(uint256(p.perpMaintenance)) * 1e9) / 2;
    int256 depth = _floor(open * scene.spot[f]) + 1;
    int256 reach = _least((hit.fees * WAD_) / depth, WAD_);
    int256 old = scene.premium[f];
    int256 wanted = _floorOf(hit.price * WAD_, scene.spot[f]) - WAD_;
    wanted = _between(wanted, -limit, limit);
    int256 next = _between(wanted, old - reach, old + reach);
    int256 moved = next > old ? next - old : old - next;
    assertLe(_floor(moved * _floor(open * scene.spot[f])), hit.fees, "a premium moved for free");
    scene.premium[f] = next;
    scene.moved[f] = true;
  }

  function _requirePremiums(Scene memory scene) private view {
    for (uint256 f = 1; f <= FACTORS; ++f) {
      if (!scene.moved[f]) continue;
      (Ledger memory m, , , ) = door.marketOf(f);
      assertEq(m.premium, scene.premium[f], "a premium moved otherwise than fees allow");
      assertEq(m.time, _clock, "a premium moved before it was brought up to now");
    }
  }

  function _move(AccountId from, AccountId to, int256 fraction) private {
    InstrumentId[] memory book = _bookOf[from];
    for (uint256 i = 0; i < book.length; ++i) {
      Held memory held = _heldOf[from][book[i]];
      int256 part = (held.size * fraction) / WAD_;
      if (part == 0) continue;
      Held memory there = _heldOf[to][book[i]];
      int256 index = held.entry + _cutOf(book[i], held.size);
      if (there.size != 0)
        assertEq(there.entry + _cutOf(book[i], there.size), index, "a slice met another index");
      int256 next = there.size + part;
      _put(to, book[i], next, index - _cutOf(book[i], next));
      _put(from, book[i], held.size - part, held.entry);
    }
  }

  function _put(AccountId account, InstrumentId id, int256 size, int256 entry) private {
    Held storage held = _heldOf[account][id];
    if (held.size == 0 && size != 0) _bookOf[account].push(id);
    if (held.size != 0 && size == 0) _strike(_bookOf[account], id);
    _longs[id] += (size > 0 ? size : int256(0)) - (held.size > 0 ? held.size : int256(0));
    (held.size, held.entry) = (size, size == 0 ? int256(0) : entry);
  }

  function _strike(InstrumentId[] storage book, InstrumentId id) private {
    uint256 i = 0;
    while (book[i] != id) ++i;
    book[i] = book[book.length - 1];
    book.pop();
  }

  function _gain(AccountId account, int256 earned) private {
    _gains[account][_clock / WINDOW] += earned;
  }

  /// Settlement gains of this half-hour of the clock and of the last.
  function _recentGains(AccountId account) internal view returns (int256) {
    uint256 period = _clock / WINDOW;
    return _gains[account][period] + _gains[account][period - 1];
  }
}
