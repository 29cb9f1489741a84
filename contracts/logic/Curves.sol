// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as CurveMath from "../math/CurveMath.sol";
import {WAD} from "../math/WadMath.sol";
import {Expiry, Strike} from "../types/Portfolio.sol";
import {Surface} from "../types/Surface.sol";

/// @notice Option mathematics in a room of its own: 24 KB hold no more. What crosses is flat, since
/// nested structs cost more to encode than to price.
library Curves {
  uint256 internal constant LEG = 3;
  uint256 internal constant SHOCK = 3;
  uint256 internal constant STRIKE = 7; // words of a `Strike`
  uint256 internal constant SCENARIOS = 12;
  uint256 internal constant CURVE = 13; // its length, and its scenarios

  /// @notice Marks of an expiry's options, then what their curves make under each shock, then their
  /// vega, worth and largest loss. Strikes and curves lie as Solidity lays them in memory, so that the caller
  /// need copy none.
  /// @param terms left, root, forward, atm, skew, curvature, is vega asked for
  /// @param legs strike, calls, puts of each strike
  /// @param shocks size, half step, and what the forward feels of it, of each
  /// @return all the words of each `Strike`; twelve and the twelve profits of each shock; vega; what all are
  /// worth; the most they can lose
  function price(
    int256[7] calldata terms,
    int256[] calldata legs,
    int256[] calldata shocks
  ) external pure returns (int256[] memory all) {
    Expiry memory expiry = _expiryOf(terms, legs);
    uint256 strikes = expiry.strikes.length;
    uint256 n = strikes * STRIKE;
    all = new int256[](n + (shocks.length / SHOCK) * CURVE + 3);
    for (uint256 k = 0; k < strikes; ++k) _writeStrike(all, k * STRIKE, expiry.strikes[k]);
    for (uint256 i = 0; i < shocks.length; i += SHOCK) {
      expiry.exposed = shocks[i + 2];
      int256[] memory curve = CurveMath.curvesOf(expiry, shocks[i], shocks[i + 1]);
      all[n++] = int256(SCENARIOS);
      for (uint256 j = 0; j < SCENARIOS; ++j) all[n++] = curve[j];
    }
    if (terms[6] != 0) all[n] = CurveMath.expiryVega(expiry);
    all[n + 1] = CurveMath.marksOf(expiry);
    all[n + 2] = CurveMath.largestLoss(expiry.strikes, all[n + 1]);
  }

  /// @notice One option at half, at its own, and at twice its mark volatility: calls, and its delta.
  function quote(
    int256 strike,
    int256 forward,
    int256 root,
    Surface calldata surface
  ) external pure returns (int256 low, int256 mark, int256 high, int256 delta) {
    Strike memory option = CurveMath.strikeAt(strike, forward, root, surface);
    low = CurveMath.callAt(option, forward, root, WAD / 2);
    high = CurveMath.callAt(option, forward, root, 2 * WAD);
    return (low, option.call, high, option.delta);
  }

  function _expiryOf(
    int256[7] calldata terms,
    int256[] calldata legs
  ) private pure returns (Expiry memory expiry) {
    (expiry.left, expiry.root, expiry.forward) = (terms[0], terms[1], terms[2]);
    Surface memory surface = Surface(terms[3], terms[4], terms[5]);
    uint256 strikes = legs.length / LEG;
    expiry.strikes = new Strike[](strikes);
    for (uint256 k = 0; k < strikes; ++k) {
      Strike memory option = CurveMath.strikeAt(
        legs[k * LEG],
        expiry.forward,
        expiry.root,
        surface
      );
      (option.calls, option.puts) = (legs[k * LEG + 1], legs[k * LEG + 2]);
      expiry.strikes[k] = option;
    }
  }

  function _writeStrike(int256[] memory all, uint256 at, Strike memory option) private pure {
    assembly ("memory-safe") {
      mcopy(add(add(all, 0x20), shl(5, at)), option, 0xe0)
    }
  }
}
