// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Status} from "../types/Price.sol";
import {Ask} from "./Ask.sol";

/// @notice Whether the chain's sequencer lets its users act. While it is down no price is better than
/// Stale, and for a grace after it is up again none is better than Degraded: the clock of a margin call
/// stands still, and IM leans on nothing.
contract Sequencer is AccessManaged {
  /// @notice The feed was named: `latestRoundData` answers 0 for up and 1 for down, since `startedAt`.
  event SetUptime(address feed, uint256 grace);

  error UptimeOutOfBounds(string name, uint256 value, uint256 low, uint256 high);

  /// @notice Chainlink's uptime feed; none for a chain without a sequencer.
  address public feed;

  /// @notice Seconds that borrowers have once the sequencer is up again.
  uint32 public grace;

  constructor(address authority) AccessManaged(authority) {}

  /// @notice Names the uptime feed, and the grace after an outage.
  function setUptime(address feed_, uint256 grace_) external restricted {
    require(grace_ <= 1 days, UptimeOutOfBounds("grace", grace_, 0, 1 days));
    (feed, grace) = (feed_, uint32(grace_));
    emit SetUptime(feed_, grace_);
  }

  /// @notice The best status that a price may have now. A feed that says nothing, or nonsense, tells of
  /// no outage: prices have ages of their own, and a dead feed must not stop margin calls for good.
  function status() external view returns (Status) {
    (bool ok, uint256[] memory round) = Ask.words(
      feed,
      abi.encodeCall(AggregatorV3Interface.latestRoundData, ()),
      5
    );
    (uint256 down, uint256 since) = (round[1], round[2]);
    if (!ok || down > 1 || since == 0) return Status.Ok;
    if (down == 1) return Status.Stale;
    // The time of a change is told by another chain, whose clock may run ahead.
    uint256 apart = since > block.timestamp ? since - block.timestamp : block.timestamp - since;
    return apart < grace ? Status.Degraded : Status.Ok;
  }
}

/// @notice The worse of an own status and the sequencer's, where there is one to look at.
function underSequencer(Sequencer sequencer, Status own) view returns (Status) {
  if (address(sequencer) == address(0)) return own;
  Status best = sequencer.status();
  return best > own ? best : own;
}
