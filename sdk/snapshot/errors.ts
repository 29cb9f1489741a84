import type { Hex } from "viem";

import { BallastError } from "../errors/BallastError.ts";

/** A text that `stringifySnapshot` did not write. */
export class NotASnapshot extends BallastError {
  override readonly name = "NotASnapshot";

  /** @param member what is missing, or of another type */
  constructor(readonly member: string) {
    super(`NotASnapshot: ${member} is missing or of another type`);
  }
}

/** The chain changed its mind between two reads of one block. */
export class BlockReplaced extends BallastError {
  override readonly name = "BlockReplaced";

  constructor(
    readonly number: bigint,
    readonly hash: Hex,
  ) {
    super(`BlockReplaced: block ${number} was ${hash} when the snapshot began`);
  }
}
