// Of tokens, and of OpenZeppelin's SafeERC20, SafeCast, Address and ShortStrings.

import { errorClass } from "./BallastError.ts";

/** The sender has fewer tokens. */
export class ERC20InsufficientBalance extends errorClass(
  "ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
) {}

/** The spender was allowed less: approve the vault first. */
export class ERC20InsufficientAllowance extends errorClass(
  "ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
) {}

/** Tokens cannot come from this address. */
export class ERC20InvalidSender extends errorClass("ERC20InvalidSender(address sender)") {}

/** Tokens cannot go to this address. */
export class ERC20InvalidReceiver extends errorClass("ERC20InvalidReceiver(address receiver)") {}

/** This address cannot approve. */
export class ERC20InvalidApprover extends errorClass("ERC20InvalidApprover(address approver)") {}

/** This address cannot be approved. */
export class ERC20InvalidSpender extends errorClass("ERC20InvalidSpender(address spender)") {}

/** The token answered false, or is no token. */
export class SafeERC20FailedOperation extends errorClass(
  "SafeERC20FailedOperation(address token)",
) {}

/** A number does not fit its slot. */
export class SafeCastOverflowedUintDowncast extends errorClass(
  "SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)",
) {}

/** A number does not fit its slot. */
export class SafeCastOverflowedIntDowncast extends errorClass(
  "SafeCastOverflowedIntDowncast(uint8 bits, int256 value)",
) {}

/** A number does not fit its slot. */
export class SafeCastOverflowedUintToInt extends errorClass(
  "SafeCastOverflowedUintToInt(uint256 value)",
) {}

/** There is no contract at this address. */
export class AddressEmptyCode extends errorClass("AddressEmptyCode(address target)") {}

/** An inner call failed and did not say why. */
export class FailedCall extends errorClass("FailedCall()") {}

/** The caller has less ether than the call needs; wei. */
export class InsufficientBalance extends errorClass(
  "InsufficientBalance(uint256 balance, uint256 needed)",
) {}

/** A name too long to be kept in a word. */
export class StringTooLong extends errorClass("StringTooLong(string str)") {}

/** A word that keeps no name. */
export class InvalidShortString extends errorClass("InvalidShortString()") {}
