// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId, FUND, InstrumentId, Kind, instrumentId} from "../../contracts/types/Ids.sol";
import {Fill, MAKER, Order, REDUCE_ONLY, REDUCING} from "../../contracts/types/Order.sol";
import {InstrumentQuote} from "../../contracts/types/Price.sol";
import {Permission, Phase} from "../../contracts/types/State.sol";
import {Orders} from "./Orders.sol";

/// @notice Pairs of orders of any instrument, size, price and flag, fresh and rested; most could fill.
abstract contract Drafts is Orders {
  function _draft(uint256 seed) internal returns (Fill memory f) {
    f.maker.account = _trader(seed);
    f.maker.instrument = _instrumentOf(seed);
    f.maker.flags = MAKER;
    f.taker.account =
      _chance(seed, "itself", 12) ? f.maker.account : _anyOwned(_pick(seed, "taker", OWNERS));
    bool buys = _chance(seed, "buys", 2);
    InstrumentQuote memory quote = _quoteOf(f.maker.instrument);
    f.size = _sizeOf(seed, quote.spot);
    if (_chance(seed, "close", 3)) buys = _toClose(seed, f, buys);
    f.maker.size = buys ? f.size : -f.size;
    f.taker.size = -f.maker.size;
    f.taker.instrument = f.maker.instrument;
    quote = _quoteOf(f.maker.instrument);
    f.maker.limitPrice = _priceOf(seed, quote);
    f.taker.limitPrice = _limitOf(seed, f.maker.limitPrice, buys);
    if (_chance(seed, "maker rests", 3)) f.maker.size *= 3;
    if (_chance(seed, "taker rests", 5)) f.taker.size *= 2;
    _flaws(seed, f);
    f.makerSignature = _finish(f.maker, f.taker.account, uint256(keccak256(abi.encode(seed, 1))));
    f.takerSignature = _finish(f.taker, f.maker.account, uint256(keccak256(abi.encode(seed, 2))));
    if (_chance(seed, "keep", 2)) _rest(f.maker, f.makerSignature);
    if (_chance(seed, "keep too", 4)) _rest(f.taker, f.takerSignature);
  }

  /// What rests, as a maker if it is one; against it a fresh order, or one that rests too.
  function _rested(uint256 seed) internal returns (Fill memory f) {
    if (_resting() == 0) return _draft(seed);
    uint256 k = _chance(seed, "old", 4) ? _pick(seed, "which", _resting()) : _newest(seed % 6);
    (Order memory order, bytes memory signature) = _restingAt(k);
    bool makes = order.flags & MAKER != 0;
    uint256 left = _leftOf(order);
    f.size = int256(_chance(seed, "beyond", 12) ? left + 1 : left / (1 + _pick(seed, "part", 3)));
    (f.maker, f.makerSignature) = (order, signature);
    f.taker = _against(seed, order, f.size);
    if (!makes) (f.maker, f.taker) = (f.taker, f.maker);
    for (uint256 i = 1; i < _resting() && _chance(seed, "two rested", 3); ++i) {
      (Order memory other, bytes memory too) = _restingAt((k + i) % _resting());
      if (other.instrument != order.instrument || other.flags & MAKER == order.flags & MAKER)
        continue;
      if (makes) (f.taker, f.takerSignature) = (other, too);
      else (f.maker, f.makerSignature, f.taker, f.takerSignature) = (other, too, order, signature);
      return f;
    }
    AccountId met = makes ? f.maker.account : f.taker.account;
    bytes memory fresh = _finish(makes ? f.taker : f.maker, met, seed);
    if (makes) f.takerSignature = fresh;
    else (f.makerSignature, f.takerSignature) = (fresh, signature);
  }

  /// Against a position of `id`, at the mark, with one who is in no call: a lender, if it may be.
  function _closing(uint256 seed, AccountId id) internal returns (Fill memory f) {
    Fill memory aim;
    aim.maker.account = id;
    aim.taker.account = _anyOwned(_pick(seed, "taker", OWNERS));
    aim.size = 1;
    bool buys = _toClose(seed, aim, false);
    for (uint256 i = 0; i < OWNERS; ++i) {
      AccountId met = _accounts[OWNERS - (((seed % 2) + i) % OWNERS)];
      if (met == id || door.accountOf(met).phase != Phase.Clear) continue;
      aim.taker.account = met;
      break;
    }
    InstrumentId what = aim.maker.instrument;
    int256 size = buys ? aim.size : -aim.size;
    Order memory own = _plain(id, what, size, _quoteOf(what).mark, REDUCING);
    Order memory other = _plain(aim.taker.account, what, -size, own.limitPrice, 0);
    if (door.accountOf(other.account).phase != Phase.Clear) other.flags = REDUCING;
    f.size = aim.size;
    bool makes = _chance(seed, "makes", 2);
    (makes ? own : other).flags |= MAKER;
    (f.maker, f.taker) = makes ? (own, other) : (other, own);
    f.makerSignature = _sign(f.maker, seed);
    f.takerSignature = _sign(f.taker, seed >> 1);
  }

  function _plain(
    AccountId id,
    InstrumentId what,
    int256 size,
    int256 price,
    uint8 flags
  ) private view returns (Order memory order) {
    (order.account, order.instrument, order.flags) = (id, what, flags);
    (order.size, order.limitPrice, order.maxFee) = (size, price, 1e22);
    (order.deadline, order.counter) = (_clock + 1 hours, _counterOf(id));
    order.signer = id.ownerOf();
  }

  /// One who holds positions and fell below MM, if there is one; else the fund, that holds none.
  function _fallen(uint256 seed) internal view returns (AccountId) {
    for (uint256 i = 0; i < OWNERS; ++i) {
      AccountId id = _anyOwned((seed % 1e9) + i);
      if (_bookOf[id].length == 0) continue;
      (int256 equity, int256 required) = door.health(id);
      if (equity < required) return id;
    }
    return FUND;
  }

  function _against(
    uint256 seed,
    Order memory order,
    int256 size
  ) private view returns (Order memory other) {
    other.account = _trader(seed);
    other.instrument = order.instrument;
    other.size = order.size > 0 ? -size : size;
    other.limitPrice = order.limitPrice;
    other.flags = (order.flags & MAKER) ^ MAKER;
    InstrumentQuote memory quote = _quoteOf(order.instrument);
    bool fits = order.size > 0 ? quote.mark <= order.limitPrice : quote.mark >= order.limitPrice;
    if (other.flags & MAKER != 0 && fits && quote.mark > 0) other.limitPrice = quote.mark;
  }

  /// Flags, names, limits, deadline, counter, signer, signature.
  function _finish(
    Order memory order,
    AccountId other,
    uint256 seed
  ) private returns (bytes memory) {
    if (_chance(seed, "reduce-only", 14)) order.flags |= REDUCE_ONLY;
    bool called = door.accountOf(order.account).phase != Phase.Clear;
    if (_chance(seed, "reducing", called ? 2 : 10)) order.flags |= REDUCING;
    order.maxFee = 1e22;
    if (_chance(seed, "mean", 60)) order.maxFee = int256(_pick(seed, "fee", 2e18)) - 1e17;
    order.deadline = _clock + (_chance(seed, "soon", 4) ? 10 minutes : 3 days);
    if (_chance(seed, "late", 120)) order.deadline = _clock - 1;
    order.counter = _counterOf(order.account);
    if (order.counter > 0 && _chance(seed, "below", 30)) --order.counter;
    order.signer = order.account.ownerOf();
    if (_chance(seed, "operator", 3)) order.signer = _operatorOf(order.account, seed);
    if (_chance(seed, "named", 16)) order.taker = other;
    if (_chance(seed, "another named", 100)) order.taker = _anyOwned(_pick(seed, "name", OWNERS));
    return _sign(order, seed);
  }

  /// One who may trade for an account, if there is one and at times even if not.
  function _operatorOf(AccountId id, uint256 seed) private view returns (address operator) {
    if (id.ownerOf() == address(0)) return _anyOwned(seed).ownerOf();
    for (uint256 i = 0; i < 3; ++i) {
      operator = vm.addr(KEY + i);
      Permission memory p = door.permissionOf(id, operator);
      if (operator != id.ownerOf() && p.scopes & 2 != 0 && p.expiry > _clock) return operator;
    }
    return _chance(seed, "nobody's", 12) ? operator : id.ownerOf();
  }

  /// Pairs that are none.
  function _flaws(uint256 seed, Fill memory f) private view {
    uint256 flaw = _pick(seed, "pair", 120);
    if (flaw == 0) f.taker.flags |= MAKER;
    if (flaw == 1) f.maker.flags = 0;
    if (flaw == 2) f.taker.size = f.maker.size;
    if (flaw == 3) f.taker.instrument = _instrumentOf(seed >> 1);
    if (flaw == 4) f.size = 0;
    if (flaw == 5) f.maker.account = FUND;
    if (flaw == 6) f.taker.account = _accounts[_accounts.length - 1];
    if (flaw == 7) f.maker.size = 0;
  }

  function _trader(uint256 seed) private view returns (AccountId) {
    if (_chance(seed, "in call", 6)) {
      AccountId id = _inPhase(_pick(seed, "called", 1e9), Phase.Called);
      if (id.ownerOf() != address(0)) return id;
    }
    return _anyOwned(_pick(seed, "maker", OWNERS));
  }

  /// Mostly what is listed and alive.
  function _instrumentOf(uint256 seed) private view returns (InstrumentId id) {
    uint256 odd = _pick(seed, "odd", 160);
    uint256 strike = uint256(_markets[2].price);
    uint256 alive = _instruments[4 + _pick(seed, "expiry", _instruments.length - 4)].expiryOf();
    if (odd == 0) return instrumentId(1, Kind.Perp, alive, 0);
    if (odd == 1) return instrumentId(3, Kind.Future, alive, 0);
    if (odd == 2) return instrumentId(9, Kind.Perp, 0, 0);
    if (odd == 3) return instrumentId(1, Kind.Call, alive, 0);
    if (odd == 4) return InstrumentId.wrap(uint96((1 << 88) | (7 << 80)));
    if (odd == 5) return instrumentId(1, Kind.None, alive, strike);
    if (odd < 10) return instrumentId(1, Kind.Call, alive, strike * 40);
    if (_chance(seed, "perp", 3)) return _instruments[_pick(seed, "which perp", FACTORS)];
    for (uint256 i = 0; i < 8; ++i) {
      uint256 one = uint256(keccak256(abi.encode(seed, i)));
      id = _instruments[_pick(one, "which", _instruments.length)];
      if (id.expiryOf() > _clock) return id;
    }
  }

  function _quoteOf(InstrumentId id) internal view returns (InstrumentQuote memory quote) {
    try door.quoteOf(id) returns (InstrumentQuote memory told) {
      if (id.kindOf() == uint8(Kind.Future)) {
        int256 forward = _forwardNow(id.instrumentFactorOf(), id.expiryOf(), told.spot);
        assertEq(told.mark, forward, "a forward is not what is stored of it");
      }
      assertLe(told.low, told.mark, "a mark below its band");
      assertGe(told.high, told.mark, "a mark above its band");
      return told;
    } catch {
      (quote.spot, quote.mark, quote.low, quote.high) = (1e21, 1e20, 0.9e20, 1.1e20);
    }
  }

  /// From a wei to far too much; mostly some thousand dollars.
  function _sizeOf(uint256 seed, int256 spot) private pure returns (int256) {
    uint256 odd = _pick(seed, "size", 100);
    if (odd == 0) return 1;
    if (odd == 1) return int256(_pick(seed, "wei", 1e9) + 1);
    if (odd == 2) return 1e6 * 1e18;
    if (odd == 3) return _chance(seed, "most", 2) ? int256(type(int128).max) : int256(1e34);
    uint256 dollars = 1 + _pick(seed, "dollars", 4 ** (2 + _pick(seed, "scale", 7)));
    return (int256(dollars) * 1e36) / spot + 1;
  }

  /// Against what the maker holds, with someone who holds the other side if there is one.
  function _toClose(uint256 seed, Fill memory f, bool buys) private view returns (bool) {
    InstrumentId[] storage book = _bookOf[f.maker.account];
    if (book.length == 0) return buys;
    InstrumentId id = book[_pick(seed, "position", book.length)];
    f.maker.instrument = id;
    int256 held = _heldOf[f.maker.account][id].size;
    f.size = held < 0 ? -held : held;
    if (_chance(seed, "part", 2)) f.size = (f.size + 1) / 2;
    if (_chance(seed, "turn", 10)) f.size *= 2;
    for (uint256 i = 1; i <= OWNERS && !_chance(seed, "meet", 4); ++i) {
      int256 other = _heldOf[_accounts[i]][id].size;
      if ((other > 0) == (held > 0) || other == 0) continue;
      f.taker.account = _accounts[i];
      if (other > 0 ? other < f.size : -other < f.size) f.size = other > 0 ? other : -other;
      break;
    }
    return held < 0;
  }

  /// Mostly near the mark, sometimes at the edges of the band, sometimes past them.
  function _priceOf(uint256 seed, InstrumentQuote memory q) private pure returns (int256) {
    uint256 odd = _pick(seed, "price", 60);
    if (odd == 0) return q.high + 1;
    if (odd == 1) return q.low - 1;
    if (odd == 2) return q.high;
    if (odd == 3) return q.low;
    int256 share = int256(_pick(seed, "share", 1e18));
    if (odd < 8) return q.low + ((q.high - q.low) * share) / 1e18;
    return q.mark + ((q.high - q.low) * (share - 0.5e18)) / 20e18;
  }

  function _limitOf(uint256 seed, int256 price, bool makerBuys) private pure returns (int256) {
    uint256 odd = _pick(seed, "limit", 80);
    if (odd == 0) return makerBuys ? price + 1 : price - 1;
    if (odd < 40) return price;
    return makerBuys ? price - price / 50 : price + price / 50;
  }
}
