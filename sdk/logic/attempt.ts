import { BallastError } from "../errors/BallastError.ts";
import { SnapshotError } from "./errors.ts";

/** What is done, or the error the chain would revert with. */
export function attempt<T>(act: () => T): T | BallastError {
  try {
    return act();
  } catch (error) {
    if (error instanceof SnapshotError || !(error instanceof BallastError)) throw error;
    return error;
  }
}
