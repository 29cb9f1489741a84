import type { Hex } from "viem";

import { BallastError, errorClass, shortened } from "./BallastError.ts";

/** A plain `revert` with a text. */
export class Reverted extends errorClass("Error(string reason)", "Reverted") {}

/** Solidity's own checks: 0x11 is an overflow, 0x12 a division by zero, 0x32 an index out of bounds. */
export class Panic extends errorClass("Panic(uint256 code)") {}

/** Revert data of no known error. */
export class UnknownRevert extends BallastError {
  override readonly name: string = "UnknownRevert";
  readonly args: { readonly data: Hex };

  constructor(readonly data: Hex) {
    super(`UnknownRevert(data: ${shortened(data)})`);
    this.args = { data };
  }
}

/**
 * A revert without data. No contract of a pool does so: a contract that it called did, such as a token
 * or a wallet that used up its gas, or that is none.
 */
export class SilentRevert extends UnknownRevert {
  override readonly name = "SilentRevert";

  constructor() {
    super("0x");
    this.message += ": what the pool called said nothing, or ran out of gas";
  }
}

/** Revert data that is longer than any contract of a pool gives: that of a token which means harm. */
export class LongRevert extends UnknownRevert {
  override readonly name = "LongRevert";
}

/** The call used up all the gas that the node allows it. */
export class OutOfGas extends BallastError {
  override readonly name = "OutOfGas";

  /** @param words the node's own */
  constructor(readonly words: string) {
    super(`OutOfGas: ${words}`);
  }
}

/** The sender has less ether than gas and value cost. Nothing reverted. */
export class InsufficientFunds extends BallastError {
  override readonly name = "InsufficientFunds";

  /** @param words the node's own */
  constructor(readonly words: string) {
    super(`InsufficientFunds: ${words}`);
  }
}
