// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId, InstrumentId, Kind} from "../../contracts/types/Ids.sol";
import {Market} from "./LocalPool.sol";
import {Trading} from "./Trading.sol";

/// @notice The moves of the world: prices, time, surfaces, new expiries, gifts.
abstract contract World is Trading {
  /// @notice A good round of a factor.
  struct Told {
    uint256 time;
    uint256 price;
  }

  uint256 private constant MOST_SILENT = 10 minutes;

  mapping(uint256 => Told[]) private _rounds; // of a factor

  constructor() {
    for (uint256 f = 1; f <= FACTORS; ++f) {
      _rounds[f].push(Told(_clock, uint256(_markets[_marketOfFactor(f)].price) * 1e10));
    }
  }

  /// A while later, every feed has spoken, by a little.
  function tick(uint256 time, uint256 noise) external act {
    _pass(_within(time, 60, 20 minutes));
    for (uint256 m = 0; m < _markets.length; ++m) {
      noise = uint256(keccak256(abi.encode(noise)));
      _say(m, m < 2 ? 1e18 + (noise % 0.001e18) : 0.985e18 + (noise % 0.03e18));
    }
    _count("tick");
  }

  /// A keeper calls everyone it can, once more after some minutes of unchanged prices.
  function keep(uint256 time) external act {
    _pass(_within(time, 61, 10 minutes));
    for (uint256 m = 2; m < _markets.length; ++m) _say(m, WAD);
    for (uint256 i = 0; i < _accounts.length; ++i) {
      _try("call", _keeper(), abi.encodeCall(door.call, (_accounts[i])));
    }
    _count("keep");
  }

  function crash(uint256 factor, uint256 share) external act {
    _pass(30);
    uint256 left = _within(share, 0.35e18, 0.97e18);
    for (uint256 m = 2; m < _markets.length; ++m) {
      if (m == 4 || (factor % 8 < 4 && m != 2 + (factor % 8))) continue;
      _say(m, left);
    }
    _count("crash");
  }

  function rally(uint256 share) external act {
    _pass(30);
    for (uint256 m = 2; m < _markets.length; ++m) if (m != 4) _say(m, _within(share, 1e18, 1.8e18));
    _count("rally");
  }

  /// A factor moves against what someone holds.
  function squeeze(uint256 seed) external act {
    AccountId id = _anyOwned(_pick(seed, "who", OWNERS));
    if (_bookOf[id].length == 0) return;
    InstrumentId what = _bookOf[id][_pick(seed, "what", _bookOf[id].length)];
    bool falls = (_heldOf[id][what].size > 0) == (what.kindOf() != uint8(Kind.Put));
    uint256 move = _pick(seed, "move", 0.35e18);
    _pass(61);
    _say(_marketOfFactor(what.instrumentFactorOf()), falls ? 0.95e18 - move : 1.05e18 + 2 * move);
    _count("squeeze");
  }

  function depeg(uint256 which, uint256 price) external act {
    _pass(30);
    uint256 m = which % 8 < 2 ? which % 8 : 1;
    _markets[m].feed.updateAnswer(int256(_within(price, 0.85e8, 1.02e8)));
    _count("depeg");
  }

  /// One feed answers nonsense until its next round.
  function misprint(uint256 which, uint256 answer) external act {
    if (which & 0x300 != 0) return;
    _markets[which % _markets.length].feed.updateAnswer(-int256(answer % 2));
    _count("misprint");
  }

  function silence(uint256 time) external act {
    _pass(_within(time, 1, 3 hours));
    if (time & 63 == 0) _pass(1 days);
    _count("silence");
  }

  function donate(uint256 what, uint256 amount) external act {
    Market memory m = _markets[what % _markets.length];
    amount = _within(amount, 1, _worth(what % _markets.length, 1_000));
    m.token.mint(_vault, amount);
    _donated[address(m.token)] += amount;
    _count("donate");
  }

  /// To an expiry and past it: with rounds all along, with some, or without a word.
  function leap(uint256 seed) external act {
    uint256 next = _nextExpiry();
    if (next == 0 || next < _clock || next - _clock > 12 hours) return;
    uint256 kind = _pick(seed, "kind", 3);
    if (kind < 2) {
      if (_clock + 50 minutes < next) _pass(next - 50 minutes - _clock);
      uint256 step = kind == 0 ? 7 minutes : 25 minutes;
      for (uint256 i = 0; _clock + step < next + 4 minutes; ++i) {
        _pass(step);
        uint256 move = 0.99e18 + _pick(seed ^ i, "move", 0.02e18);
        for (uint256 f = 1; f <= DATED; ++f) _say(_marketOfFactor(f), move);
      }
    }
    uint256 late = _pick(seed, "late", 12) == 0 ? 3 hours : _pick(seed, "late", 40 minutes);
    if (_clock < next + late) _pass(next + late - _clock);
    _count(
      kind == 0
        ? "leap with rounds"
        : kind == 1
          ? "leap with few rounds"
          : "leap in silence"
    );
  }

  /// Where a window has moved on, the last half-hour of the life of an expiry stays long.
  function _nextExpiry() private view returns (uint256 next) {
    for (uint256 f = 1; f <= DATED; ++f) {
      (, , , uint32[] memory expiries) = door.marketOf(f);
      for (uint256 i = 0; i < expiries.length; ++i) {
        if (expiries[i] > _clock && (next == 0 || expiries[i] < next)) next = expiries[i];
      }
    }
  }

  /// Surfaces of every living expiry, or one post that may not be.
  function postSurface(uint256 seed) external act {
    int32 tilt = int32(int256(_pick(seed, "skew", 0.1e9))) - 0.1e9;
    int64 basis = int64(int256(_pick(seed, "basis", 0.1e18)));
    uint32 atm = uint32(0.6e9 + _pick(seed, "atm", _chance(seed, "far", 10) ? 0.6e9 : 0.1e9));
    for (uint256 f = 1; f <= DATED; ++f) {
      (, , , uint32[] memory expiries) = door.marketOf(f);
      for (uint256 i = 0; i < expiries.length; ++i) {
        bytes memory data = abi.encodeCall(
          door.postSurface,
          (f, expiries[i], atm, tilt, 0.02e9, basis)
        );
        _try("postSurface", address(this), data);
      }
    }
  }

  /// A further expiry, if few are left.
  function list(uint256 seed) external act {
    uint256 f = 1 + _pick(seed, "factor", DATED);
    (, , , uint32[] memory expiries) = door.marketOf(f);
    if (expiries.length > 2 || _instruments.length > 80) return;
    uint256 expiry = _halfHour(_clock + 1 hours + _pick(seed, "time", 1 days));
    if (door.expiryStateOf(f, expiry).windowStart != 0) return;
    if (_oracle.read(_markets[_marketOfFactor(f)].id).price == 0) return;
    if (expiries.length == 0) _rounds[f].push(Told(_clock, uint256(_spotOf(f))));
    _listExpiry(f, expiry);
    _count("expiry listed");
  }

  function _requireAverage(uint256 f, uint256 expiry, uint256 price) internal view override {
    uint256 start = expiry - WINDOW;
    while (_silence(f, start) > MOST_SILENT) start += WINDOW;
    assertLe(start + WINDOW, _clock, "settled before its window was over");
    assertEq(price, _averageOf(f, start), "a settlement price is not the average of its window");
  }

  /// Seconds of the window from `start` on without a good price.
  function _silence(uint256 f, uint256 start) private view returns (uint256 sum) {
    Told[] storage rounds = _rounds[f];
    uint256 end = start + WINDOW;
    for (uint256 i = rounds.length; i > 0; --i) {
      uint256 dead = rounds[i - 1].time + LIFE;
      uint256 until = i < rounds.length ? rounds[i].time : end;
      if (until > end) until = end;
      uint256 from = dead > start ? dead : start;
      if (until > from) sum += until - from;
      if (rounds[i - 1].time <= start) break;
    }
  }

  function _averageOf(uint256 f, uint256 start) private view returns (uint256 sum) {
    Told[] storage rounds = _rounds[f];
    uint256 end = start + WINDOW;
    for (uint256 i = rounds.length; i > 0; --i) {
      uint256 from = rounds[i - 1].time;
      if (from < end) sum += rounds[i - 1].price * (end - (from > start ? from : start));
      if (from < end) end = from;
      if (from <= start) break;
    }
    return sum / WINDOW;
  }

  function _pass(uint256 time) internal {
    _clock += time;
    vm.warp(_clock);
    vm.roll(block.number + 1);
  }

  /// A new round: the last price times `factor`, within reason of the first price.
  function _say(uint256 m, uint256 factor) private {
    Market memory market = _markets[m];
    uint256 last = uint256(_max(1, market.feed.latestAnswer()));
    uint256 first = uint256(market.price);
    uint256 low =
      m < 2
        ? first - first / 500
        : m == 4
          ? first
          : first / 20;
    uint256 high =
      m < 2
        ? first + first / 500
        : m == 4
          ? first
          : first * 4;
    int256 answer = int256(_clamp((last * factor) / WAD, low, high));
    market.feed.updateAnswer(answer);
    if (market.id.isStable() || !market.id.isUnderlying()) return;
    _rounds[market.id.factorOf()].push(Told(_clock, uint256(answer) * 1e10));
  }

  function _clamp(uint256 x, uint256 low, uint256 high) private pure returns (uint256) {
    return
      x < low
        ? low
        : x > high
          ? high
          : x;
  }
}
