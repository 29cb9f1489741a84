// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccountId, FUND, Kind, assetId} from "../../contracts/types/Ids.sol";
import {Fill, MAKER, Order, REDUCE_ONLY, REDUCING} from "../../contracts/types/Order.sol";
import {TradeParams} from "../../contracts/types/Params.sol";
import {Permission} from "../../contracts/types/State.sol";
import {Actors} from "./Actors.sol";

/// @notice Signed orders, what became of them, and what no fill may do whatever its figures.
abstract contract Orders is Actors {
  bytes32 private constant ORDER_TYPE = keccak256(
    "Order(bytes32 account,uint96 instrument,int256 size,int256 limitPrice,int256 maxFee,uint256 salt,uint256 counter,uint256 deadline,address signer,bytes32 taker,uint8 flags)"
  );
  // Half the order of secp256k1's group: the other half signs as well, and must not.
  uint256 private constant GROUP =
    0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
  uint256 private constant BOOK = 24;

  mapping(bytes32 => uint256) private _filled;
  mapping(bytes32 => bool) private _cancelled;
  mapping(bytes32 => bool) private _forged; // the signature is no signature
  mapping(AccountId => uint256) private _counter;
  Order[] private _orders; // that rest; the newest take the place of the oldest
  bytes[] private _signatures;
  uint256 private _next;
  uint256 private _salt;
  bytes32 private _domain;

  /// EIP-712, by the letter.
  function _hashOf(Order memory order) internal returns (bytes32) {
    if (_domain == 0) _domain = door.domainSeparator();
    bytes memory words = abi.encode(order); // eleven static words
    bytes32 inner = keccak256(bytes.concat(ORDER_TYPE, words));
    return keccak256(abi.encodePacked(hex"1901", _domain, inner));
  }

  /// Signs, and sometimes not quite.
  function _sign(Order memory order, uint256 seed) internal returns (bytes memory signature) {
    order.salt = ++_salt;
    bytes32 hash = _hashOf(order);
    uint256 key = _keys[order.signer];
    uint256 flaw = _pick(seed, "flaw", 240);
    if (flaw < 5 || key == 0) _forged[hash] = true;
    if (flaw == 0 || key == 0) key = KEY + 99;
    (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
    if (flaw == 1) return abi.encodePacked(r, bytes32(GROUP - uint256(s)), v == 27 ? 28 : 27);
    if (flaw == 2) return abi.encodePacked(r, s);
    if (flaw == 3) return "";
    if (flaw == 4) return abi.encodePacked(bytes32(0), bytes32(0), uint8(27));
    return abi.encodePacked(r, s, v);
  }

  function _rest(Order memory order, bytes memory signature) internal {
    if (_orders.length < BOOK) {
      _orders.push(order);
      _signatures.push(signature);
    } else {
      _orders[_next % BOOK] = order;
      _signatures[_next++ % BOOK] = signature;
    }
  }

  function _resting() internal view returns (uint256) {
    return _orders.length;
  }

  function _restingAt(uint256 i) internal view returns (Order memory, bytes memory) {
    return (_orders[i], _signatures[i]);
  }

  /// Where the newest order rests, or one a little older.
  function _newest(uint256 age) internal view returns (uint256) {
    uint256 count = _orders.length;
    return (_next + 2 * count - 1 - (age % count)) % count;
  }

  /// What is left of an order as its fills tell; sometimes nothing, and asked for nevertheless.
  function _leftOf(Order memory order) internal returns (uint256) {
    uint256 whole = uint256(order.size < 0 ? -order.size : order.size);
    return whole - _filled[_hashOf(order)];
  }

  function _counterOf(AccountId id) internal view returns (uint256) {
    return _counter[id];
  }

  function _noteCancel(Order memory order) internal {
    _cancelled[_hashOf(order)] = true;
    assertEq(door.filledOf(_hashOf(order)), type(uint256).max, "a cancelled order is not");
  }

  function _noteCounter(AccountId id, uint256 counter) internal {
    assertGt(counter, _counter[id], "a counter went back");
    _counter[id] = counter;
    assertEq(door.counterOf(id), counter, "a counter is not what was asked for");
  }

  /// Every fill that happened was wished for by both, in every word.
  function _requireWished(Fill[] memory fills) internal {
    assertEq(_hits.length + _reasons.length, fills.length, "a fill neither happened nor failed");
    for (uint256 i = 0; i < _hits.length; ++i) {
      Hit memory hit = _hits[i];
      Fill memory f = fills[hit.index];
      assertTrue(
        hit.id == f.maker.instrument && hit.id == f.taker.instrument,
        "another instrument"
      );
      assertTrue(
        hit.maker == f.maker.account && hit.taker == f.taker.account,
        "another account was filled"
      );
      int256 size = f.maker.size > 0 ? f.size : -f.size;
      assertEq(hit.size, size, "another size was filled");
      assertEq(hit.price, f.maker.limitPrice, "a maker's price did not win");
      bool fair = size > 0 ? hit.price >= f.taker.limitPrice : hit.price <= f.taker.limitPrice;
      assertTrue(fair, "a fill outside the taker's limit");
      assertTrue(f.maker.flags & MAKER != 0 && f.taker.flags & MAKER == 0, "not one maker");
      assertTrue((f.maker.size > 0) != (f.taker.size > 0), "two of a side");
      _requireOrder(f.maker, f.taker.account, f.size);
      _requireOrder(f.taker, f.maker.account, f.size);
      _requireFees(f, hit);
      _requireReduceOnly(f.maker, hit.makerHeld, size);
      _requireReduceOnly(f.taker, hit.takerHeld, -size);
      _countFill(f, hit);
    }
    for (uint256 i = 0; i < _hits.length; ++i) {
      _requireFilled(fills[_hits[i].index].maker);
      _requireFilled(fills[_hits[i].index].taker);
    }
  }

  function _requireFilled(Order memory order) private {
    bytes32 hash = _hashOf(order);
    assertEq(door.filledOf(hash), _filled[hash], "what is filled of an order is not what was");
  }

  function _requireOrder(Order memory order, AccountId other, int256 size) private {
    bytes32 hash = _hashOf(order);
    assertFalse(_cancelled[hash], "a cancelled order was filled");
    assertFalse(_forged[hash], "a forged order was filled");
    assertGe(order.deadline, _clock, "an expired order was filled");
    assertGe(order.counter, _counter[order.account], "an order below the counter was filled");
    assertTrue(order.taker == FUND || order.taker == other, "an order met another than it named");
    address owner = order.account.ownerOf();
    assertTrue(owner != address(0), "an order of the house was filled");
    if (order.signer != owner) {
      Permission memory p = door.permissionOf(order.account, order.signer);
      assertTrue(p.scopes & 2 != 0 && _clock < p.expiry, "signed by one who may not trade");
      _count("operator's order filled");
    }
    uint256 whole = uint256(order.size < 0 ? -order.size : order.size);
    if (_filled[hash] > 0) _count("rested order filled");
    _filled[hash] += uint256(size);
    if (_filled[hash] < whole) _count("order filled in part");
    assertLe(_filled[hash], whole, "an order was filled beyond its size");
  }

  /// A share of notional, an option's at most an eighth of its premium; no more than either allows.
  function _requireFees(Fill memory f, Hit memory hit) private view {
    if (_oracle.read(assetId(hit.id.instrumentFactorOf(), 0)).price == 0) return;
    (int256 maker, int256 taker) = _feesOf(hit, f.size);
    assertEq(hit.fees, maker + taker, "other fees than the rates make");
    assertLe(maker, -_floor(-f.size * f.maker.maxFee), "a maker paid more than it allowed");
    assertLe(taker, -_floor(-f.size * f.taker.maxFee), "a taker paid more than it allowed");
  }

  function _feesOf(Hit memory hit, int256 size) internal view returns (int256, int256) {
    (TradeParams memory p, ) = door.trade();
    return (_feeOf(hit, size, p.makerFee), _feeOf(hit, size, p.takerFee));
  }

  function _feeOf(Hit memory hit, int256 size, uint32 rate) private view returns (int256) {
    int256 unit = -_floor(-int256(uint256(rate)) * 1e9 * _spotOf(hit.id.instrumentFactorOf()));
    if (hit.id.kindOf() >= uint8(Kind.Call)) unit = _least(unit, -_floor(-0.125e18 * hit.price));
    return -_floor(-unit * size);
  }

  function _requireReduceOnly(Order memory order, int256 held, int256 size) private pure {
    if (order.flags & REDUCE_ONLY == 0) return;
    int256 next = held + size;
    bool smaller = held > 0 ? next >= 0 && next <= held : next <= 0 && next >= held;
    require(smaller && held != 0, "a reduce-only order grew or turned a position");
  }

  function _countFill(Fill memory f, Hit memory hit) private {
    uint256 kind = hit.id.kindOf();
    if (kind == uint8(Kind.Perp)) _count("perp filled");
    if (kind == uint8(Kind.Future)) _count("future filled");
    if (kind == uint8(Kind.Call)) _count("call filled");
    if (kind == uint8(Kind.Put)) _count("put filled");
    if (f.size == 1) _count("one wei filled");
    uint8 flags = f.maker.flags | f.taker.flags;
    if (flags & REDUCE_ONLY != 0) _count("reduce-only order filled");
    if (flags & REDUCING != 0) _count("reducing order filled");
    if (f.maker.taker != FUND || f.taker.taker != FUND) _count("named order filled");
    if (_reasons.length > 0) _count("filled beside a failure");
    if (hit.makerHeld != 0 && hit.makerHeld + hit.size == 0) _count("position closed by a fill");
  }
}
