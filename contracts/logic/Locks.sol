// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {abs, ceilDiv, max, min} from "../math/WadMath.sol";
import {Exit, Lock, State} from "../types/State.sol";

/// @notice What may leave of a token in an hour, and what of that has left, net of what came, wads.
struct Room {
  int256 used;
  int256 most;
}

/// @notice What a guardian may stop: new risk, and how fast tokens leave. Locked at once, unlocked a day
/// later. Nothing stops whoever repays, reduces, tops up, bids, or leaves at that pace.
library Locks {
  using SafeCast for uint256;
  using SafeCast for int256;

  uint8 internal constant NO_NEW_RISK = 1;
  uint8 internal constant SLOW_EXIT = 2;
  uint256 private constant UNLOCK_DELAY = 1 days;
  int256 private constant REFILL = 1 hours;
  int256 private constant ONE = 1e9;

  /// Locks at least as tight as it is, and takes back an unlocking that waits.
  function lock(State storage s, uint8 level) internal {
    Lock storage kept = s.lock;
    uint8 current = levelOf(kept);
    bool tighter = level >= NO_NEW_RISK && level <= SLOW_EXIT && level >= current;
    require(tighter, IClearinghouse.LockLevel(level, current));
    if (level == SLOW_EXIT && current < SLOW_EXIT) kept.since = uint40(block.timestamp);
    s.slows = level == SLOW_EXIT;
    (kept.level, kept.next, kept.nextAt) = (level, level, 0);
    emit IClearinghouse.Locked(level);
  }

  /// In force by itself a day later.
  function unlock(State storage s, uint8 level) internal {
    Lock storage kept = s.lock;
    uint8 current = levelOf(kept);
    require(level < current, IClearinghouse.LockLevel(level, current));
    (kept.level, kept.next, kept.nextAt) = (current, level, uint40(block.timestamp + UNLOCK_DELAY));
    emit IClearinghouse.Unlocking(level, kept.nextAt);
  }

  function levelOf(Lock memory kept) internal view returns (uint8) {
    return kept.nextAt != 0 && block.timestamp >= kept.nextAt ? kept.next : kept.level;
  }

  /// Whoever adds risk meets an open pool.
  function requireOpen(State storage s) internal view {
    uint8 level = levelOf(s.lock);
    require(level == 0, IClearinghouse.PoolLocked(level));
  }

  /// Counts what leaves, wads, of a token of which the pool holds `held`, net of what came, against an
  /// hour's share.
  function leave(State storage s, address token, uint256 wads, uint256 held) internal {
    if (s.slows) _count(s, token, wads.toInt256(), held);
  }

  /// Counts what comes: what comes and goes at once takes no one's share.
  function come(State storage s, address token, uint256 wads, uint256 held) internal {
    if (s.slows) _count(s, token, -wads.toInt256(), held);
  }

  function _count(State storage s, address token, int256 wads, uint256 held) private {
    Lock memory kept = s.lock;
    if (levelOf(kept) < SLOW_EXIT) return;
    Exit memory e = s.exits[token];
    if (e.time < kept.since) e = Exit(held.toUint112(), 0, uint32(block.timestamp));
    int256 elapsed = int256(block.timestamp - e.time);
    int256 base = _baseOf(e, int256(held), elapsed);
    int256 most = (base * int256(uint256(kept.exitShare))) / ONE;
    int256 used = _usedOf(e, most, elapsed);
    if (wads > 0 && used + wads > most) _refuse(token, wads, e, Room(used, most));
    s.exits[token] = Exit(
      uint256(base).toUint112(),
      (used + wads).toInt112(),
      uint32(block.timestamp)
    );
  }

  /// What has stayed since the last act counts by the time it has stayed, whole after an hour; what comes
  /// for a moment, not at all.
  function _baseOf(Exit memory e, int256 held, int256 elapsed) private pure returns (int256) {
    int256 base = int256(uint256(e.base));
    return base + (max(0, held - base) * min(elapsed, REFILL)) / REFILL;
  }

  /// Toward zero from both sides: what left, by an hour's share in an hour; what came, all of it, so that a
  /// deposit lets nothing out at once later.
  function _usedOf(Exit memory e, int256 most, int256 elapsed) private pure returns (int256) {
    int256 used = e.used;
    int256 gone = ((used > 0 ? most : max(most, -used)) * elapsed) / REFILL;
    int256 left = max(0, abs(used) - gone);
    return used > 0 ? left : -left;
  }

  function _refuse(address token, int256 wads, Exit memory e, Room memory room) private view {
    int256 missing = max(0, e.used + min(wads, room.most) - room.most);
    int256 wait = ceilDiv(missing * REFILL, max(1, room.most));
    int256 earliest = max(int256(block.timestamp), int256(uint256(e.time)) + wait);
    int256 left = max(0, room.most - room.used);
    revert IClearinghouse.ExitLimited(token, uint256(left), uint256(wads), uint256(earliest));
  }
}
