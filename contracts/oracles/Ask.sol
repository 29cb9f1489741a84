// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Questions to contracts that may revert, answer short, or answer nonsense.
library Ask {
  /// The first `count` words of the answer; none of them counts if it is not ok.
  /// @dev By hand: a try would revert on a short answer, and one feed must never stop an account.
  function words(
    address target,
    bytes memory question,
    uint256 count
  ) internal view returns (bool ok, uint256[] memory answer) {
    return wordsFor(gasleft(), target, question, count);
  }

  /// The same of a contract that may burn so much gas and no more.
  function wordsFor(
    uint256 most,
    address target,
    bytes memory question,
    uint256 count
  ) internal view returns (bool ok, uint256[] memory answer) {
    answer = new uint256[](count);
    assembly ("memory-safe") {
      let size := mul(count, 32)
      ok := staticcall(most, target, add(question, 32), mload(question), add(answer, 32), size)
      ok := and(ok, iszero(lt(returndatasize(), size)))
    }
  }
}
