import { errorClass } from "./BallastError.ts";

/** A number lies outside what a formula is stated for. */
export class OutOfBounds extends errorClass("OutOfBounds(int256 value, int256 low, int256 high)") {}
