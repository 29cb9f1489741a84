// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice Did somebody sign? A key, or a contract by ERC-1271. A contract is asked with as much gas as the
/// dearest honest one takes (a P-256 key checked without a precompile), and no more: what it burns, all
/// fills after its own would lack. One word of its answer is read.
library Signatures {
  uint256 private constant MOST_GAS = 500_000;

  function isValid(
    address signer,
    bytes32 hash,
    bytes calldata signature
  ) internal view returns (bool) {
    if (signer.code.length > 0) return _agrees(signer, hash, signature);
    (address found, ECDSA.RecoverError failed, ) = ECDSA.tryRecoverCalldata(hash, signature);
    return failed == ECDSA.RecoverError.NoError && found == signer;
  }

  function _agrees(
    address signer,
    bytes32 hash,
    bytes calldata signature
  ) private view returns (bool agrees) {
    bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (hash, signature));
    bytes32 answer = IERC1271.isValidSignature.selector;
    assembly ("memory-safe") {
      agrees := staticcall(MOST_GAS, signer, add(question, 32), mload(question), 0x00, 0x20)
      agrees := and(agrees, and(gt(returndatasize(), 0x1f), eq(mload(0x00), answer)))
    }
  }
}
