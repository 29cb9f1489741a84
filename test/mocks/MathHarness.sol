// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Lets a test ask a file of free functions many questions in one call.
abstract contract MathHarness {
  /// @notice Calls this contract with each of `questions`. An answer is what came back: words of 32
  /// bytes, or four bytes more than that for an error.
  function ask(bytes[] calldata questions) external view returns (bytes[] memory answers) {
    answers = new bytes[](questions.length);
    for (uint256 i = 0; i < questions.length; ++i) {
      (, answers[i]) = address(this).staticcall(questions[i]);
    }
  }
}
