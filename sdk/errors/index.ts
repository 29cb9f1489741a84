export * from "./access.ts";
export { BallastError, errorClass, type ErrorClass } from "./BallastError.ts";
export { decodeError } from "./decodeError.ts";
export * from "./evm.ts";
export * from "./inputs.ts";
export { OutOfBounds } from "./OutOfBounds.ts";
export * from "./oracles.ts";
export * from "./pool.ts";
export * from "./token.ts";
