// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What random histories must not miss.
abstract contract Expected {
  string[] internal _expected;

  constructor() {
    _expectVerbs();
    _expectWorld();
    _expectFills();
    _expectRefusals();
    _expectCalls();
  }

  function _expectVerbs() private {
    _bothWays("deposit");
    _bothWays("withdraw");
    _bothWays("borrow");
    _bothWays("repay");
    _bothWays("transfer");
    _bothWays("setGrace");
    _bothWays("setSponsor");
    _expected.push("topUp done");
    _bothWays("setOperator");
    _bothWays("batch");
    _bothWays("observe");
    _bothWays("call");
    _bothWays("bid");
    _bothWays("takeOver");
    _bothWays("cancel");
    _bothWays("cancelBelow");
    _bothWays("batch with a fill");
    _bothWays("batchReducing");
    _bothWays("settle");
    _expected.push("trim done");
    _bothWays("postSurface");
    _expected.push("accrue done");
    _expected.push("setFactor done");
    _expected.push("setMarket done");
    _expected.push("setAsset done");
    _expected.push("setTiers done");
    _expected.push("settleExpired done");
    _expected.push("settleExpiries done");
  }

  function _expectWorld() private {
    _expected.push("tick");
    _expected.push("keep");
    _expected.push("crash");
    _expected.push("rally");
    _expected.push("squeeze");
    _expected.push("depeg");
    _expected.push("misprint");
    _expected.push("silence");
    _expected.push("donate");
    _expected.push("leap with rounds");
    _expected.push("leap with few rounds");
    _expected.push("leap in silence");
    _expected.push("expiry listed");
  }

  function _expectFills() private {
    _expected.push("perp filled");
    _expected.push("future filled");
    _expected.push("call filled");
    _expected.push("put filled");
    _expected.push("one wei filled");
    _expected.push("reduce-only order filled");
    _expected.push("reducing order filled");
    _expected.push("named order filled");
    _expected.push("operator's order filled");
    _expected.push("rested order filled");
    _expected.push("order filled in part");
    _expected.push("filled beside a failure");
    _expected.push("several filled at once");
    _expected.push("position closed by a fill");
    _expected.push("reduced below MM");
    _expected.push("order that reduced");
    _expected.push("batch that reduced");
    _expected.push("slice with positions sold");
    _expected.push("book with positions taken over");
    _expected.push("left with positions");
    _expected.push("left with recent gains");
  }

  function _expectRefusals() private {
    _refusedFill("MarginTooLow");
    _refusedFill("PriceNotOk");
    _refusedFill("EstimateBehind");
    _refusedFill("InCall");
    _refusedFill("UnknownInstrument");
    _refusedFill("InstrumentsDiffer");
    _refusedFill("NotOneMaker");
    _refusedFill("SameSide");
    _refusedFill("SelfMatch");
    _refusedFill("NotNamed");
    _refusedFill("PriceOutsideLimit");
    _refusedFill("PriceOutsideBand");
    _refusedFill("OrderExpired");
    _refusedFill("OrderCancelled");
    _refusedFill("CounterTooLow");
    _refusedFill("Overfilled");
    _refusedFill("BadSignature");
    _refusedFill("FeeTooHigh");
    _refusedFill("DailyLossExceeded");
    _refusedFill("SurfaceStale");
    _refusedFill("OpenInterestCapExceeded");
    _refusedFill("StrikeOutOfReach");
    _refusedFill("WouldGrow");
    _refusedFill("NotReducing");
    _refusedFill("NotAuthorized");
    _refusedFill("ReservedAccount");
    _refusedFill("InstrumentExpired");
    _refusedFill("AmountZero");
    _expected.push("batch with a fill refused: BatchMixed");
  }

  function _expectCalls() private {
    _expected.push("calls opened");
    _expected.push("calls cured");
    _expected.push("auctions opened");
    _expected.push("auctions backed");
    _expected.push("slices sold");
    _expected.push("books taken over");
    _expected.push("insurance paid");
    _expected.push("payouts cut");
    _expected.push("payouts withheld");
    _expected.push("losses seen");
    _expected.push("losses left inside");
    _expected.push("deficits booked");
    _expected.push("lenders charged");
    _expected.push("fees earned or lost by sponsors");
    _expected.push("sponsors paid");
    _expected.push("positions touched");
    _expected.push("expiries settled");
  }

  function _bothWays(string memory verb) private {
    _expected.push(string.concat(verb, " done"));
    _expected.push(string.concat(verb, " refused"));
  }

  function _refusedFill(string memory error) private {
    _expected.push(string.concat("fill refused: ", error));
  }
}
