// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as CurveMath from "../../../contracts/math/CurveMath.sol";
import {Expiry, Strike} from "../../../contracts/types/Portfolio.sol";
import {Surface} from "../../../contracts/types/Surface.sol";
import {MathHarness} from "../MathHarness.sol";

// Written by test/walls/harnesses.ts from contracts/math/CurveMath.sol. Free functions take memory.
// solhint-disable gas-calldata-parameters
contract CurveMathHarness is MathHarness {
  function movesOf(int256 size, int256 half) external pure returns (int256[] memory) {
    return CurveMath.movesOf(size, half);
  }

  function moveOf(uint256 j) external pure returns (uint256) {
    return CurveMath.moveOf(j);
  }

  function logsOf(int256[] memory moves) external pure returns (int256[] memory) {
    return CurveMath.logsOf(moves);
  }

  function feltMoves(
    int256[] memory moves,
    int256 exposed
  ) external pure returns (int256[] memory) {
    return CurveMath.feltMoves(moves, exposed);
  }

  function strikeAt(
    int256 strike,
    int256 forward,
    int256 root,
    Surface memory surface
  ) external pure returns (Strike memory) {
    return CurveMath.strikeAt(strike, forward, root, surface);
  }

  function addCurve(
    int256[] memory profit,
    Strike memory option,
    int256[] memory forwards,
    int256[] memory logs,
    int256[2] memory deviations
  ) external pure returns (int256[] memory) {
    return CurveMath.addCurve(profit, option, forwards, logs, deviations);
  }

  function deviationsOf(
    Strike memory option,
    int256 root,
    int256 scale
  ) external pure returns (int256[2] memory) {
    return CurveMath.deviationsOf(option, root, scale);
  }

  function curveProfits(
    Expiry memory expiry,
    int256[] memory moves,
    int256[] memory logs
  ) external pure returns (int256[] memory) {
    return CurveMath.curveProfits(expiry, moves, logs);
  }

  function curvesOf(
    Expiry memory expiry,
    int256 size,
    int256 half
  ) external pure returns (int256[] memory) {
    return CurveMath.curvesOf(expiry, size, half);
  }

  function expiryVega(Expiry memory expiry) external pure returns (int256) {
    return CurveMath.expiryVega(expiry);
  }

  function marksOf(Expiry memory expiry) external pure returns (int256) {
    return CurveMath.marksOf(expiry);
  }

  function payoffAt(Strike[] memory strikes, int256 price) external pure returns (int256) {
    return CurveMath.payoffAt(strikes, price);
  }

  function largestLoss(Strike[] memory strikes, int256 marks) external pure returns (int256) {
    return CurveMath.largestLoss(strikes, marks);
  }

  function callAt(
    Strike memory option,
    int256 forward,
    int256 root,
    int256 scale
  ) external pure returns (int256) {
    return CurveMath.callAt(option, forward, root, scale);
  }
}
