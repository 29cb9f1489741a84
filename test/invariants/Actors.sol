// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Vm} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Vm.sol";

import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";
import {OutOfBounds} from "../../contracts/math/WadMath.sol";
import {AccountId, FUND, accountId} from "../../contracts/types/Ids.sol";
import {Account, Phase} from "../../contracts/types/State.sol";
import {Coverage} from "./Coverage.sol";
import {Laws} from "./Laws.sol";
import {Refusals} from "./Refusals.sol";

/// @notice Three owners of two accounts each, what they try, and how often it was done or refused. A
/// refusal is fine if it is one of the pool's own errors; the laws are checked after every act.
abstract contract Actors is Laws, Refusals, Coverage {
  uint256 internal constant OWNERS = 6; // accounts of theirs, after the fund in _accounts
  uint256 internal constant WAD = 1e18;

  bool internal _charged; // were lenders told of a loss in this act
  bool internal _huge; // does this act name figures beyond what formulas are stated for

  constructor() {
    _accounts.push(FUND);
    for (uint256 i = 0; i < OWNERS; ++i) {
      address owner = vm.addr(KEY + i / 2);
      _accounts.push(accountId(owner, uint96(i % 2)));
      for (uint256 m = 0; m < _markets.length; ++m) {
        vm.prank(owner);
        _markets[m].token.approve(_vault, type(uint256).max);
      }
    }
  }

  modifier act() {
    vm.warp(_clock);
    vm.roll(block.number + 1);
    _charged = false;
    _huge = false;
    _;
    _uphold(_charged);
  }

  /// A verb of the door, and what its events say it did.
  function _try(string memory name, address from, bytes memory data) internal returns (bool done) {
    Scene memory scene = _sceneNow();
    bytes memory answer;
    uint256 state = vm.snapshotState();
    vm.prank(from);
    (done, answer) = address(door).call(data);
    Vm.Log[] memory logs = vm.getRecordedLogs();
    if (done && _isTorn(logs)) {
      vm.revertToState(state);
      _count(string.concat(name, " taken back"));
      return _clear();
    }
    vm.deleteStateSnapshot(state);
    _count(string.concat(name, done ? " done" : " refused"));
    if (!done) {
      _refuse(name, answer);
      return _clear();
    }
    _follow(scene, logs);
    _countEvents(logs);
  }

  /// What a fill withheld before it failed is on record though it is undone, and nothing tells it from what
  /// another fill withheld. No law can follow such an act, so it is taken back.
  function _isTorn(Vm.Log[] memory logs) private view returns (bool) {
    (bool withheld, bool failed) = (false, false);
    for (uint256 i = 0; i < logs.length; ++i) {
      if (logs[i].emitter != address(door)) continue;
      withheld = withheld || logs[i].topics[0] == IClearinghouse.PayoutWithheld.selector;
      failed = failed || logs[i].topics[0] == IClearinghouse.FillFailed.selector;
    }
    return withheld && failed;
  }

  /// Nothing is left of the act before. Returns that nothing was done.
  function _clear() private returns (bool) {
    delete _hits;
    delete _reasons;
    return false;
  }

  /// A refusal has a name, and nothing is out of bounds but what was meant to be.
  function _refuse(string memory name, bytes memory answer) internal {
    string memory error = _errors[bytes4(answer)];
    if (bytes(error).length == 0) emit log_named_bytes(name, answer);
    assertGt(bytes(error).length, 0, string.concat(name, ": not a typed error"));
    if (bytes4(answer) == OutOfBounds.selector && !_huge) {
      emit log_named_bytes(name, answer);
      assertTrue(false, string.concat(name, ": out of bounds"));
    }
    _count(string.concat(name, " refused: ", error));
  }

  function _countEvents(Vm.Log[] memory logs) private {
    for (uint256 i = 0; i < logs.length; ++i) {
      if (logs[i].emitter != address(door)) continue;
      _countEvent(logs[i].topics[0]);
      if (logs[i].topics[0] == IClearinghouse.LendersCharged.selector) _charged = true;
    }
  }

  // Figures and whom they concern.

  /// One of `n`, by a seed and what it is for.
  function _pick(uint256 seed, string memory what, uint256 n) internal pure returns (uint256) {
    return uint256(keccak256(abi.encode(seed, what))) % n;
  }

  function _chance(uint256 seed, string memory what, uint256 oneIn) internal pure returns (bool) {
    return _pick(seed, what, oneIn) == 0;
  }

  /// StdUtils' bound, which would print each figure.
  function _within(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
    return x < low || x > high ? low + (x % (high - low + 1)) : x;
  }

  function _max(int256 a, int256 b) internal pure returns (int256) {
    return a > b ? a : b;
  }

  /// Token units of a market worth `dollars` at its first price.
  function _worth(uint256 m, uint256 dollars) internal view returns (uint256) {
    uint256 price = m == 4 ? 240e8 : uint256(_markets[m].price);
    return (dollars * WORTH * WAD) / price / _markets[m].unit;
  }

  /// Token units of a market that an account could take out without borrowing.
  function _held(AccountId id, uint256 m) internal view returns (uint256) {
    if (m == 0) return uint256(_max(0, door.cashOf(id))) / 1e12;
    Account memory account = door.accountOf(id);
    for (uint256 i = 0; i < account.holdings.length; ++i) {
      if (account.holdings[i].assetOf() == _markets[m].id)
        return account.holdings[i].amountOf() / _markets[m].unit;
    }
    return 0;
  }

  function _give(AccountId id, uint256 m, uint256 amount) internal {
    address owner = _accounts.length > 1 && id == FUND ? _accounts[1].ownerOf() : id.ownerOf();
    _markets[m].token.mint(owner, amount);
    vm.prank(owner);
    door.deposit(id, address(_markets[m].token), amount);
  }

  function _deposit(AccountId id, uint256 m, uint256 amount) internal view returns (bytes memory) {
    return abi.encodeCall(door.deposit, (id, address(_markets[m].token), amount));
  }

  function _withdrawal(
    AccountId id,
    uint256 m,
    uint256 amount
  ) internal view returns (bytes memory) {
    return abi.encodeCall(door.withdraw, (id, address(_markets[m].token), amount, address(0xdead)));
  }

  /// Who observes and calls for pay: a lender, whose account is among those that are watched.
  function _keeper() internal view returns (address) {
    return _accounts[5].ownerOf();
  }

  function _anyOwned(uint256 seed) internal view returns (AccountId) {
    return _accounts[1 + (seed % OWNERS)];
  }

  function _anyAccount(uint256 seed) internal view returns (AccountId) {
    return _accounts[seed % _accounts.length];
  }

  /// Mostly the owner.
  function _anyCaller(AccountId id, uint256 seed) internal view returns (address) {
    address owner = id.ownerOf();
    return seed & 7 == 0 || owner == address(0) ? _anyOwned(seed >> 3).ownerOf() : owner;
  }

  /// An account in that phase if there is one, else any.
  function _inPhase(uint256 seed, Phase phase) internal view returns (AccountId id) {
    for (uint256 i = 0; i < _accounts.length; ++i) {
      id = _anyAccount((seed % 1e9) + i);
      if (door.accountOf(id).phase == phase) return id;
    }
  }
}
