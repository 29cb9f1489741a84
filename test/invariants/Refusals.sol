// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../../contracts/interfaces/IClearinghouse.sol";
import {OutOfBounds} from "../../contracts/math/WadMath.sol";

/// @notice Every typed error of the pool, by name.
abstract contract Refusals {
  mapping(bytes4 => string) internal _errors;

  constructor() {
    _errors[OutOfBounds.selector] = "OutOfBounds";
    _errors[IClearinghouse.NotAuthorized.selector] = "NotAuthorized";
    _errors[IClearinghouse.ReservedAccount.selector] = "ReservedAccount";
    _errors[IClearinghouse.UnknownAsset.selector] = "UnknownAsset";
    _errors[IClearinghouse.UnknownFactor.selector] = "UnknownFactor";
    _errors[IClearinghouse.AssetFrozen.selector] = "AssetFrozen";
    _errors[IClearinghouse.AmountZero.selector] = "AmountZero";
    _errors[IClearinghouse.AmountTooLarge.selector] = "AmountTooLarge";
    _errors[IClearinghouse.TransferToSelf.selector] = "TransferToSelf";
    _errors[IClearinghouse.MoreThanHeld.selector] = "MoreThanHeld";
    _errors[IClearinghouse.CapExceeded.selector] = "CapExceeded";
    _errors[IClearinghouse.BorrowCapExceeded.selector] = "BorrowCapExceeded";
    _errors[IClearinghouse.NotEnoughIdle.selector] = "NotEnoughIdle";
    _errors[IClearinghouse.TooManyAssets.selector] = "TooManyAssets";
    _errors[IClearinghouse.TooManyFactors.selector] = "TooManyFactors";
    _errors[IClearinghouse.NotHeld.selector] = "NotHeld";
    _errors[IClearinghouse.NothingOwed.selector] = "NothingOwed";
    _errors[IClearinghouse.MarginTooLow.selector] = "MarginTooLow";
    _errors[IClearinghouse.PriceNotOk.selector] = "PriceNotOk";
    _errors[IClearinghouse.EstimateBehind.selector] = "EstimateBehind";
    _errors[IClearinghouse.InCall.selector] = "InCall";
    _errors[IClearinghouse.UnknownTier.selector] = "UnknownTier";
    _errors[IClearinghouse.SponsorFeeTooHigh.selector] = "SponsorFeeTooHigh";
    _errors[IClearinghouse.SponsorUnpaid.selector] = "SponsorUnpaid";
    _errors[IClearinghouse.AccountHealthy.selector] = "AccountHealthy";
    _errors[IClearinghouse.NotInAuction.selector] = "NotInAuction";
    _errors[IClearinghouse.BidTooSmall.selector] = "BidTooSmall";
    _errors[IClearinghouse.Throttled.selector] = "Throttled";
    _errors[IClearinghouse.PriceTooHigh.selector] = "PriceTooHigh";
    _errors[IClearinghouse.HealthOutside.selector] = "HealthOutside";
    _errors[IClearinghouse.SelfBid.selector] = "SelfBid";
    _errors[IClearinghouse.TakeOverTooEarly.selector] = "TakeOverTooEarly";
    _errors[IClearinghouse.NotBacked.selector] = "NotBacked";
    _errors[IClearinghouse.ParameterOutOfBounds.selector] = "ParameterOutOfBounds";
    _errors[IClearinghouse.AlreadyListed.selector] = "AlreadyListed";
    _errors[IClearinghouse.Reentered.selector] = "Reentered";
    _errors[IClearinghouse.BatchMixed.selector] = "BatchMixed";
    _errors[IClearinghouse.UnknownInstrument.selector] = "UnknownInstrument";
    _errors[IClearinghouse.InstrumentExpired.selector] = "InstrumentExpired";
    _errors[IClearinghouse.InstrumentsDiffer.selector] = "InstrumentsDiffer";
    _errors[IClearinghouse.NotOneMaker.selector] = "NotOneMaker";
    _errors[IClearinghouse.SameSide.selector] = "SameSide";
    _errors[IClearinghouse.SelfMatch.selector] = "SelfMatch";
    _errors[IClearinghouse.LookDue.selector] = "LookDue";
    _errors[IClearinghouse.NotNamed.selector] = "NotNamed";
    _errors[IClearinghouse.PriceOutsideLimit.selector] = "PriceOutsideLimit";
    _errors[IClearinghouse.PriceOutsideBand.selector] = "PriceOutsideBand";
    _errors[IClearinghouse.OrderExpired.selector] = "OrderExpired";
    _errors[IClearinghouse.OrderCancelled.selector] = "OrderCancelled";
    _errors[IClearinghouse.CounterTooLow.selector] = "CounterTooLow";
    _errors[IClearinghouse.Overfilled.selector] = "Overfilled";
    _errors[IClearinghouse.BadSignature.selector] = "BadSignature";
    _errors[IClearinghouse.FeeTooHigh.selector] = "FeeTooHigh";
    _errors[IClearinghouse.DailyLossExceeded.selector] = "DailyLossExceeded";
    _errors[IClearinghouse.SurfaceStale.selector] = "SurfaceStale";
    _errors[IClearinghouse.SurfaceTooSoon.selector] = "SurfaceTooSoon";
    _errors[IClearinghouse.OpenInterestCapExceeded.selector] = "OpenInterestCapExceeded";
    _errors[IClearinghouse.StrikeOutOfReach.selector] = "StrikeOutOfReach";
    _errors[IClearinghouse.WouldGrow.selector] = "WouldGrow";
    _errors[IClearinghouse.NotReducing.selector] = "NotReducing";
    _errors[IClearinghouse.TooManyPositions.selector] = "TooManyPositions";
    _errors[IClearinghouse.TooManyTerms.selector] = "TooManyTerms";
    _errors[IClearinghouse.TooManyExpiries.selector] = "TooManyExpiries";
    _errors[IClearinghouse.ExpiryListed.selector] = "ExpiryListed";
    _errors[IClearinghouse.UnknownVerb.selector] = "UnknownVerb";
  }
}
