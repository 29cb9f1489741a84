import { errorClass } from "./BallastError.ts";

/** A plain `revert` with a text. */
export class Reverted extends errorClass("Error(string reason)") {}

/** Solidity's own checks: 0x11 is an overflow, 0x12 a division by zero, 0x32 an index out of bounds. */
export class Panic extends errorClass("Panic(uint256 code)") {}

/** Revert data of no known error; `0x` for a revert without data. */
export class UnknownRevert extends errorClass("UnknownRevert(bytes data)") {}
