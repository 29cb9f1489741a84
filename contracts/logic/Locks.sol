// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {Exit, Lock, State} from "../types/State.sol";

/// @notice What may leave of a token in an hour, and what of that has left, wads.
struct Room {
  uint256 used;
  uint256 most;
}

/// @notice What a guardian may stop: new risk, and how fast tokens leave. Locked at once, unlocked a day
/// later. Nothing stops whoever repays, reduces, tops up, bids, or leaves at that pace.
library Locks {
  using SafeCast for uint256;

  uint8 internal constant NO_NEW_RISK = 1;
  uint8 internal constant SLOW_EXIT = 2;
  uint256 private constant UNLOCK_DELAY = 1 days;
  uint256 private constant REFILL = 1 hours;
  uint256 private constant ONE = 1e9;

  /// Locks at least as tight as it is, and takes back an unlocking that waits.
  function lock(State storage s, uint8 level) internal {
    Lock storage kept = s.lock;
    uint8 inForce = levelOf(kept);
    bool tighter = level >= NO_NEW_RISK && level <= SLOW_EXIT && level >= inForce;
    require(tighter, IClearinghouse.LockLevel(level, inForce));
    if (level == SLOW_EXIT && inForce < SLOW_EXIT) kept.since = uint40(block.timestamp);
    (kept.level, kept.next, kept.nextAt) = (level, level, 0);
    emit IClearinghouse.Locked(level);
  }

  /// In force by itself a day later.
  function unlock(State storage s, uint8 level) internal {
    Lock storage kept = s.lock;
    uint8 inForce = levelOf(kept);
    require(level < inForce, IClearinghouse.LockLevel(level, inForce));
    (kept.level, kept.next, kept.nextAt) = (inForce, level, uint40(block.timestamp + UNLOCK_DELAY));
    emit IClearinghouse.Unlocking(level, kept.nextAt);
  }

  /// The share of what the pool holds of a token that may leave it in an hour.
  function setExit(State storage s, uint32 share) internal {
    bool within = share >= 0.01e9 && share <= 0.5e9;
    require(within, IClearinghouse.ParameterOutOfBounds("exit", share, 0.01e9, 0.5e9));
    s.lock.exitShare = share;
    ++s.version;
    emit IClearinghouse.SetExit(share);
  }

  function levelOf(Lock memory kept) internal view returns (uint8) {
    return kept.nextAt != 0 && block.timestamp >= kept.nextAt ? kept.next : kept.level;
  }

  /// Whoever adds risk meets an open pool.
  function requireOpen(State storage s) internal view {
    uint8 level = levelOf(s.lock);
    require(level == 0, IClearinghouse.PoolLocked(level));
  }

  /// Counts what leaves, wads, against an hour's share of the most that the pool held of it since the lock,
  /// as far as withdrawals saw.
  function leave(State storage s, address token, uint256 wads, uint256 held) internal {
    Lock memory kept = s.lock;
    if (levelOf(kept) < SLOW_EXIT) return;
    Exit memory e = s.exits[token];
    if (e.time < kept.since) e = Exit(0, 0, uint32(block.timestamp));
    if (held > e.base) e.base = held.toUint112();
    uint256 most = (uint256(e.base) * kept.exitShare) / ONE;
    uint256 used = Math.saturatingSub(e.used, (most * (block.timestamp - e.time)) / REFILL);
    if (used + wads > most) _refuse(token, wads, e, Room(used, most));
    (e.used, e.time) = (uint112(used + wads), uint32(block.timestamp));
    s.exits[token] = e;
  }

  function _refuse(address token, uint256 wads, Exit memory e, Room memory room) private view {
    uint256 missing = Math.saturatingSub(e.used + Math.min(wads, room.most), room.most);
    uint256 wait = Math.ceilDiv(missing * REFILL, Math.max(1, room.most));
    uint256 earliest = Math.max(block.timestamp, e.time + wait);
    uint256 left = Math.saturatingSub(room.most, room.used);
    revert IClearinghouse.ExitLimited(token, left, wads, earliest);
  }
}
