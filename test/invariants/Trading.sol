// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {isReducing} from "../../contracts/math/TradeMath.sol";
import {AccountId} from "../../contracts/types/Ids.sol";
import {Fill, Order, REDUCING} from "../../contracts/types/Order.sol";
import {OwnMargin} from "../../contracts/types/Portfolio.sol";
import {Drafts} from "./Drafts.sol";

/// @notice Fills alone, together and in batches; and the proofs that each owes.
abstract contract Trading is Drafts {
  /// One fill of two fresh orders, one of which may be larger and rest.
  function trade(uint256 seed) external act {
    Fill[] memory fills = new Fill[](1);
    fills[0] = _draft(seed);
    _settle("settle", seed, fills);
  }

  /// What rests of an order meets a fresh one, or another that rests.
  function resume(uint256 seed) external act {
    Fill[] memory fills = new Fill[](1);
    fills[0] = _rested(seed);
    _settle("settle", seed, fills);
  }

  /// Several fills, some of the same orders, all or each by itself.
  function tradeMany(uint256 seed) external act {
    Fill[] memory fills = new Fill[](2 + _pick(seed, "fills", 2));
    for (uint256 i = 0; i < fills.length; ++i) {
      uint256 one = uint256(keccak256(abi.encode(seed, i)));
      fills[i] = _chance(one, "rested", 3) ? _rested(one) : _draft(one);
    }
    if (_chance(seed, "again", 4)) fills[1] = fills[0];
    _settle("settle", seed, fills);
  }

  /// Who fell below MM sells some of what it holds, by an order sent as reducing. Rounds are observed
  /// first: taken in by the other side's proof they would move what it is measured by.
  function trim(uint256 seed) external act {
    AccountId id = _fallen(seed);
    if (_bookOf[id].length == 0) return;
    for (uint256 f = 1; f <= FACTORS; ++f) {
      _try("observe", _keeper(), abi.encodeCall(door.observe, (f, 100)));
    }
    Fill[] memory fills = new Fill[](1);
    fills[0] = _closing(seed, id);
    _settle("trim", seed, fills);
  }

  function cancel(uint256 seed) external act {
    if (_resting() == 0) return;
    Order[] memory orders = new Order[](1 + _pick(seed, "orders", 2));
    for (uint256 i = 0; i < orders.length; ++i) {
      (orders[i], ) = _restingAt(_pick(seed, i == 0 ? "first" : "second", _resting()));
    }
    address from = _anyCaller(orders[0].account, _pick(seed, "caller", 1 << 32));
    if (!_try("cancel", from, abi.encodeCall(door.cancel, (orders)))) return;
    for (uint256 i = 0; i < orders.length; ++i) _noteCancel(orders[i]);
  }

  function cancelBelow(uint256 seed) external act {
    if (!_chance(seed, "at all", 2)) return;
    AccountId id = _anyOwned(_pick(seed, "who", OWNERS));
    uint256 counter = _counterOf(id) + _pick(seed, "step", 3);
    address from = _anyCaller(id, _pick(seed, "caller", 1 << 32));
    bytes memory data = abi.encodeCall(door.cancelBelow, (id, counter));
    if (_try("cancelBelow", from, data)) _noteCounter(id, counter);
  }

  /// Cash in, a fill, cash out, proved at the end; sometimes with what may not stand beside a fill.
  function batchTrade(uint256 seed) external act {
    Fill[] memory fills = new Fill[](1);
    fills[0] = _chance(seed, "rested", 4) ? _rested(seed) : _draft(seed);
    _weigh(fills);
    AccountId id = fills[0].taker.account;
    if (id.ownerOf() == address(0)) return;
    uint256 cash = _worth(0, _pick(seed, "cash", 5_000) + 1);
    _markets[0].token.mint(id.ownerOf(), cash);
    bytes[] memory calls = new bytes[](3);
    calls[0] = _deposit(id, 0, cash);
    calls[1] = abi.encodeCall(door.settle, (fills, _chance(seed, "atomic", 2)));
    if (_chance(seed, "mixed", 8)) calls[2] = abi.encodeCall(door.call, (id));
    else calls[2] = _withdrawal(id, 0, 1 + (cash * _pick(seed, "back", 150)) / 100);
    if (!_try("batch with a fill", id.ownerOf(), abi.encodeCall(door.batch, (calls)))) return;
    _requireWished(fills);
    _requireSeasoned(id);
  }

  /// A batch sent as reducing: fills that close, cash that comes, and something that leaves.
  function batchReducing(uint256 seed) external act {
    Fill[] memory fills = new Fill[](1);
    fills[0] = _chance(seed, "close", 2) ? _draft(seed) : _rested(seed);
    _weigh(fills);
    AccountId id = fills[0].taker.account;
    if (id.ownerOf() == address(0)) id = _anyOwned(seed);
    uint256 cash = _worth(0, _pick(seed, "cash", 1_000) + 1);
    _markets[0].token.mint(id.ownerOf(), cash);
    bytes[] memory calls = new bytes[](_chance(seed, "fill", 2) ? 3 : 2);
    calls[0] = _deposit(id, 0, cash);
    calls[1] = _withdrawal(id, 0, 1 + (cash * _pick(seed, "back", 150)) / 100);
    if (calls.length == 3) calls[2] = abi.encodeCall(door.settle, (fills, false));
    OwnMargin memory before = _own(id);
    bytes memory data = abi.encodeCall(door.batchReducing, (id, calls));
    if (!_try("batchReducing", id.ownerOf(), data)) return;
    if (calls.length == 3) _requireWished(fills);
    if (_walked) return; // it is measured after the rounds that waited: they moved what it needs
    bool leans = _recentGains(id) > 0;
    if (!leans && isReducing(before, _own(id), 0)) return _count("batch that reduced");
    _requireSeasoned(id);
  }

  function settleExpired(uint256 seed) external act {
    AccountId id = _anyAccount(_pick(seed, "who", 1 << 32));
    _try("settleExpired", msg.sender, abi.encodeCall(door.settleExpired, (id)));
  }

  function settleExpiries(uint256 seed) external act {
    uint256 f = 1 + _pick(seed, "factor", FACTORS);
    _try("settleExpiries", msg.sender, abi.encodeCall(door.settleExpiries, (f)));
  }

  function _settle(string memory name, uint256 seed, Fill[] memory fills) private {
    _weigh(fills);
    bytes memory data = abi.encodeCall(door.settle, (fills, _chance(seed, "atomic", 3)));
    OwnMargin[2] memory before;
    for (uint256 i = 0; i < 2 && fills.length == 1; ++i) {
      before[i] = _own(i == 0 ? fills[0].maker.account : fills[0].taker.account);
    }
    if (!_try(name, msg.sender, data)) return;
    _requireWished(fills);
    for (uint256 i = 0; i < _reasons.length; ++i) _refuse("fill", _reasons[i]);
    if (_hits.length > 1) _count("several filled at once");
    if (_hits.length == 0) return;
    Fill memory last = fills[_hits[_hits.length - 1].index];
    (int256 makerFee, int256 takerFee) = _feesOf(_hits[_hits.length - 1], last.size);
    _requireProved(last.maker, before[0], makerFee, fills.length == 1);
    _requireProved(last.taker, before[1], takerFee, fills.length == 1);
  }

  /// Beyond some billions of units formulas may say that they are not stated for it.
  function _weigh(Fill[] memory fills) private {
    for (uint256 i = 0; i < fills.length; ++i) {
      if (fills[i].size > 1e27) _huge = true;
      if (_isHuge(fills[i].maker.size) || _isHuge(fills[i].taker.size)) _huge = true;
    }
  }

  function _isHuge(int256 size) private pure returns (bool) {
    return size > 1e27 || size < -1e27;
  }

  /// IM; or, of an order sent as reducing, nothing worse, unless rounds were taken in that moved what it is
  /// measured by.
  function _requireProved(
    Order memory order,
    OwnMargin memory before,
    int256 fees,
    bool alone
  ) private {
    if (order.flags & REDUCING == 0) return _requireInitial(order.account);
    if (!alone || _walked) return;
    bool reduced = isReducing(before, _own(order.account), fees);
    require(reduced, "an order sent as reducing made something worse");
    _count("order that reduced");
    if (before.equity < before.maintenance) _count("reduced below MM");
  }

  /// What an act sent as reducing is measured by.
  function _own(AccountId id) private view returns (OwnMargin memory) {
    return _judge.ownMarginOf(door.portfolio(id));
  }
}
