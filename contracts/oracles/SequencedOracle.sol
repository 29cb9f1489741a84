// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Status} from "../types/Price.sol";
import {ChainlinkOracle} from "./ChainlinkOracle.sol";
import {Sequencer} from "./Sequencer.sol";

/// @notice Prices from Chainlink aggregators on a chain with a sequencer.
contract SequencedOracle is ChainlinkOracle {
  /// @notice The sequencer whose outages count.
  Sequencer public immutable sequencer;

  constructor(address authority, Sequencer sequencer_) ChainlinkOracle(authority) {
    sequencer = sequencer_;
  }

  function _best() internal view override returns (Status) {
    return sequencer.status();
  }
}
