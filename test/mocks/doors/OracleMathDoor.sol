// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as OracleMath from "../../../contracts/math/OracleMath.sol";
import {MathDoor} from "../MathDoor.sol";

// Written by test/walls/doors.ts from contracts/math/OracleMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract OracleMathDoor is MathDoor {
  function staleBand(int256 price, int256 volatility, int256 late) external pure returns (int256) {
    return OracleMath.staleBand(price, volatility, late);
  }
}
