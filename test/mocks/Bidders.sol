// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IBidder} from "../../contracts/interfaces/IBidder.sol";
import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";
import {Offer, Slice} from "../../contracts/types/Offer.sol";
import {CASH} from "../../contracts/types/Ids.sol";
import {ConstantProduct} from "./ConstantProduct.sol";

/// @notice Bids with nothing: sells what it bought on an exchange, repays, and keeps what is left.
contract FlashBidder is IBidder {
  error NotTheHarness(address caller);

  IClearinghouse private immutable _door;
  ConstantProduct private immutable _exchange;
  IERC20 private immutable _cash;

  constructor(IClearinghouse harness, ConstantProduct exchange) {
    (_door, _exchange, _cash) = (harness, exchange, IERC20(harness.tokenOf(CASH)));
    _cash.approve(address(harness.vault()), type(uint256).max);
  }

  function bid(Offer calldata offer) external returns (Slice memory) {
    return _door.bid(offer);
  }

  /// @dev The offer's data is the token to sell, one of 18 decimals, and how much of it.
  function onBid(Offer calldata offer, Slice calldata) external {
    require(msg.sender == address(_door), NotTheHarness(msg.sender));
    (IERC20 token, uint256 amount) = abi.decode(offer.data, (IERC20, uint256));
    _door.withdraw(offer.receiver, address(token), amount, address(this));
    token.approve(address(_exchange), amount);
    uint256 got = _exchange.swap(token, amount, address(this));
    if (_door.cashOf(offer.receiver) < 0) _door.repay(offer.receiver, got);
  }
}

/// @notice Does what its offer says when it is called: call after call.
contract ScriptedBidder is IBidder {
  struct Step {
    address target;
    bool must; // if it may not, nor may the bid; otherwise the answer is kept
    bytes data;
  }

  struct Answer {
    bool entered;
    bytes said;
  }

  Answer[] private _answers;

  function bid(IClearinghouse harness, Offer calldata offer) external returns (Slice memory) {
    return harness.bid(offer);
  }

  /// @notice The same outside a bid.
  function run(Step[] calldata steps) external {
    for (uint256 i = 0; i < steps.length; ++i) _run(steps[i]);
  }

  function onBid(Offer calldata offer, Slice calldata) external {
    Step[] memory steps = abi.decode(offer.data, (Step[]));
    for (uint256 i = 0; i < steps.length; ++i) _run(steps[i]);
  }

  function answers() external view returns (Answer[] memory) {
    return _answers;
  }

  function _run(Step memory step) private {
    (bool entered, bytes memory said) = step.target.call(step.data);
    if (!step.must) _answers.push(Answer(entered, said));
    else if (!entered) {
      assembly ("memory-safe") {
        revert(add(said, 32), mload(said))
      }
    }
  }
}
