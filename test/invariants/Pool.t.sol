// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "../Test.sol";
import {Handler} from "./Handler.sol";
import {Trading} from "./Trading.sol";
import {World} from "./World.sol";

/// @notice The runner finds only contracts of test files.
contract PoolHandler is Handler {}

/// @notice Random histories of a pool. The laws are in Laws.sol, checked after every act.
contract PoolTest is Test {
  uint256 private constant RUNS = 256;
  uint256 private constant HISTORIES = 40;
  uint256 private constant ACTS = 100;
  uint256 private constant VERBS = 45;

  PoolHandler private _handler;

  function setUp() public {
    _handler = new PoolHandler();
    targetContract(address(_handler));
    bytes4[] memory verbs = new bytes4[](VERBS);
    uint256 n;
    verbs[n++] = Handler.deposit.selector;
    verbs[n++] = Handler.withdraw.selector;
    verbs[n++] = Handler.borrow.selector;
    verbs[n++] = Handler.repay.selector;
    verbs[n++] = Handler.transfer.selector;
    verbs[n++] = Handler.setGrace.selector;
    verbs[n++] = Handler.setOperator.selector;
    verbs[n++] = Handler.batch.selector;
    verbs[n++] = Handler.observe.selector;
    verbs[n++] = Handler.accrue.selector;
    verbs[n++] = Handler.call.selector;
    verbs[n++] = Handler.bid.selector;
    verbs[n++] = Handler.takeOver.selector;
    verbs[n++] = World.tick.selector;
    verbs[n++] = World.crash.selector;
    verbs[n++] = World.rally.selector;
    verbs[n++] = World.depeg.selector;
    verbs[n++] = World.misprint.selector;
    verbs[n++] = World.silence.selector;
    verbs[n++] = World.donate.selector;
    verbs[n++] = World.keep.selector;
    // Trades are many kinds in one.
    for (uint256 i = 0; i < 2; ++i) verbs[n++] = Handler.bid.selector;
    for (uint256 i = 0; i < 2; ++i) verbs[n++] = World.keep.selector;
    for (uint256 i = 0; i < 6; ++i) verbs[n++] = Trading.trade.selector;
    for (uint256 i = 0; i < 3; ++i) verbs[n++] = Trading.tradeMany.selector;
    for (uint256 i = 0; i < 2; ++i) verbs[n++] = Trading.resume.selector;
    verbs[n++] = Trading.cancel.selector;
    verbs[n++] = Trading.cancelBelow.selector;
    verbs[n++] = Trading.batchTrade.selector;
    verbs[n++] = Trading.batchReducing.selector;
    verbs[n++] = Trading.settleExpired.selector;
    verbs[n++] = Trading.settleExpiries.selector;
    verbs[n++] = World.leap.selector;
    verbs[n++] = World.postSurface.selector;
    verbs[n++] = World.list.selector;
    targetSelector(FuzzSelector({addr: address(_handler), selectors: verbs}));
  }

  /// hardhat-config: invariant.runs = 256
  /// hardhat-config: invariant.depth = 100
  function invariant_the_laws_hold_after_every_act() public view {
    assertGe(_handler.largestGap(), 0);
  }

  /// Storage forgets between runs, the environment does not: sums what was seen, and asks at the end
  /// that nothing was missed.
  function afterInvariant() public {
    string[] memory names = _handler.names();
    uint256 runs = _sum("RUNS", 1);
    for (uint256 i = 0; i < names.length; ++i) {
      uint256 seen = _sum(names[i], _handler.countOf(names[i]));
      if (runs == RUNS) assertGt(seen, 0, string.concat("never seen: ", names[i]));
    }
  }

  /// Seeded histories, and what was seen in them: -vv prints it.
  function test_the_laws_hold_over_seeded_histories() public {
    uint256 seed = vm.envOr("BALLAST_SEED", uint256(20_261_122));
    emit log_named_uint("seed", seed);
    string[] memory names = _handler.names();
    uint256[] memory seen = new uint256[](names.length);
    int256 gap;
    for (uint256 h = 0; h < HISTORIES; ++h) {
      PoolHandler handler = new PoolHandler();
      for (uint256 i = 0; i < ACTS; ++i) {
        seed = uint256(keccak256(abi.encode(seed)));
        _act(handler, seed);
      }
      for (uint256 i = 0; i < names.length; ++i) seen[i] += handler.countOf(names[i]);
      if (handler.largestGap() > gap) gap = handler.largestGap();
    }
    for (uint256 i = 0; i < names.length; ++i) emit log_named_uint(names[i], seen[i]);
    emit log_named_int("largest gap of the cash identity, wei", gap);
    for (uint256 i = 0; i < names.length; ++i) {
      assertGt(seen[i], 0, string.concat("never seen: ", names[i]));
    }
  }

  function _act(PoolHandler handler, uint256 seed) private {
    bytes4[] memory verbs = targetSelectors()[0].selectors;
    bytes memory data = abi.encodePacked(verbs[seed % verbs.length], _words(seed));
    (bool ok, bytes memory answer) = address(handler).call(data);
    if (ok) return;
    assembly ("memory-safe") {
      revert(add(answer, 32), mload(answer))
    }
  }

  /// Four arguments, whatever they mean. Small ones fit any type.
  function _words(uint256 seed) private pure returns (bytes memory) {
    uint256[4] memory words;
    for (uint256 i = 0; i < 4; ++i) words[i] = uint256(keccak256(abi.encode(seed, i)));
    return abi.encode(words[0], words[1], words[2], words[3]);
  }

  function _sum(string memory name, uint256 more) private returns (uint256 sum) {
    string memory key = string.concat("BALLAST_SEEN_", name);
    sum = vm.envOr(key, uint256(0)) + more;
    vm.setEnv(key, vm.toString(sum));
  }
}
