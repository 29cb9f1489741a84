// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import * as PriceMath from "../math/PriceMath.sol";
import {divDown, divUp} from "../math/WadMath.sol";
import {CASH} from "../types/Ids.sol";
import {Price} from "../types/Price.sol";
import {State} from "../types/State.sol";
import {Rates} from "./Rates.sol";

/// @notice The price of cash, and amounts of USD in it.
library Prices {
  /// The price at which a unit of owed cash counts; the last sound price if its feed is dead.
  function debtPrice(State storage s) internal view returns (int256) {
    Price memory price = s.oracle.read(CASH);
    return price.price == 0 ? Rates.soundOf(s, CASH) : PriceMath.debtQuote(price).price;
  }

  /// Cash worth `value` USD, rounded down.
  function toCash(State storage s, int256 value) internal view returns (int256) {
    return divDown(value, debtPrice(s));
  }

  /// Cash worth `value` USD, rounded up.
  function toCashUp(State storage s, int256 value) internal view returns (int256) {
    return divUp(value, debtPrice(s));
  }
}
