// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "../Test.sol";
import {Expected} from "./Expected.sol";
import {Governing} from "./Governing.sol";
import {Handler} from "./Handler.sol";
import {Trading} from "./Trading.sol";
import {World} from "./World.sol";

/// @notice The runner finds only contracts of test files.
contract PoolHandler is Handler {}

/// @notice Random histories of a pool. The laws are in Laws.sol, checked after every act.
contract PoolTest is Test, Expected {
  uint256 private constant ACTS = 100;

  PoolHandler private _handler;
  bytes4[] private _verbs; // as often as each is to be drawn
  string[] private _names; // of all that seeded histories saw
  mapping(string => uint256) private _sums;

  function setUp() public {
    _handler = new PoolHandler();
    targetContract(address(_handler));
    _ofAccounts();
    _ofTrade();
    _ofWorld();
    targetSelector(FuzzSelector({addr: address(_handler), selectors: _verbs}));
  }

  function _ofAccounts() private {
    _add(Handler.deposit.selector, 1);
    _add(Handler.withdraw.selector, 1);
    _add(Handler.borrow.selector, 1);
    _add(Handler.repay.selector, 1);
    _add(Handler.transfer.selector, 1);
    _add(Handler.setGrace.selector, 1);
    _add(Handler.setSponsor.selector, 1);
    _add(Handler.topUp.selector, 3);
    _add(Handler.setOperator.selector, 1);
    _add(Handler.batch.selector, 1);
    _add(Handler.observe.selector, 1);
    _add(Handler.accrue.selector, 1);
    _add(Handler.call.selector, 1);
    _add(Handler.bid.selector, 3);
    _add(Handler.takeOver.selector, 2);
  }

  function _ofTrade() private {
    _add(Trading.trade.selector, 6);
    _add(Trading.tradeMany.selector, 3);
    _add(Trading.resume.selector, 3);
    _add(Trading.trim.selector, 2);
    _add(Trading.cancel.selector, 1);
    _add(Trading.cancelBelow.selector, 1);
    _add(Trading.batchTrade.selector, 1);
    _add(Trading.batchReducing.selector, 1);
    _add(Trading.settleExpired.selector, 1);
    _add(Trading.settleExpiries.selector, 1);
  }

  function _ofWorld() private {
    _add(Governing.govern.selector, 2);
    _add(World.tick.selector, 1);
    _add(World.keep.selector, 3);
    _add(World.crash.selector, 1);
    _add(World.rally.selector, 1);
    _add(World.squeeze.selector, 2);
    _add(World.depeg.selector, 1);
    _add(World.misprint.selector, 1);
    _add(World.silence.selector, 1);
    _add(World.donate.selector, 1);
    _add(World.leap.selector, 1);
    _add(World.postSurface.selector, 1);
    _add(World.list.selector, 1);
  }

  function _add(bytes4 verb, uint256 weight) private {
    for (uint256 i = 0; i < weight; ++i) _verbs.push(verb);
  }

  /// INVARIANT_RUNS says how many histories the runner draws, of 100 acts each.
  function invariant_the_laws_hold_after_every_act() public view {
    assertGe(_handler.largestGap(), 0);
  }

  /// Histories by a seed, the same every time, in which nothing may go unseen; -vv prints what was.
  function test_the_laws_hold_over_seeded_histories() public {
    uint256 seed = vm.envOr("SEED", uint256(20_261_122));
    uint256 histories = vm.envOr("HISTORIES", uint256(40));
    emit log_named_uint("seed", seed);
    int256 gap;
    int256 loss;
    for (uint256 h = 0; h < histories; ++h) {
      PoolHandler handler = new PoolHandler();
      for (uint256 i = 0; i < ACTS; ++i) {
        seed = uint256(keccak256(abi.encode(seed)));
        _act(handler, seed);
      }
      _sum(handler);
      if (handler.largestGap() > gap) gap = handler.largestGap();
      if (handler.largestLoss() > loss) loss = handler.largestLoss();
    }
    for (uint256 i = 0; i < _names.length; ++i) emit log_named_uint(_names[i], _sums[_names[i]]);
    emit log_named_int("largest gap of the cash identity, wei", gap);
    emit log_named_int("most that rounding took in one act, wei", loss);
    for (uint256 i = 0; i < _expected.length; ++i) {
      assertGt(_sums[_expected[i]], 0, string.concat("never seen: ", _expected[i]));
    }
  }

  function _act(PoolHandler handler, uint256 seed) private {
    bytes memory data = abi.encodePacked(_verbs[seed % _verbs.length], _words(seed));
    (bool ok, bytes memory answer) = address(handler).call(data);
    if (ok) return;
    assembly ("memory-safe") {
      revert(add(answer, 32), mload(answer))
    }
  }

  /// Four arguments, whatever they mean.
  function _words(uint256 seed) private pure returns (bytes memory) {
    uint256[4] memory words;
    for (uint256 i = 0; i < 4; ++i) words[i] = uint256(keccak256(abi.encode(seed, i)));
    return abi.encode(words[0], words[1], words[2], words[3]);
  }

  function _sum(PoolHandler handler) private {
    string[] memory names = handler.seen();
    for (uint256 i = 0; i < names.length; ++i) {
      if (_sums[names[i]] == 0) _names.push(names[i]);
      _sums[names[i]] += handler.countOf(names[i]);
    }
  }
}
