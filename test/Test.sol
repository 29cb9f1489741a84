// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {StdAssertions} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdAssertions.sol";
import {StdInvariant} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdInvariant.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {Vm} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Vm.sol";

/// @notice forge-std's Test without what we don't use: its console alone would drown our warnings.
abstract contract Test is StdAssertions, StdInvariant, StdUtils {
  // solhint-disable-next-line const-name-snakecase
  Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
}
