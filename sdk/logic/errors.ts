import { BallastError } from "../errors/BallastError.ts";
import type { AccountId, InstrumentId } from "../types/Ids.ts";

/** A question that a snapshot cannot answer, whatever the chain would say. */
export class SnapshotError extends BallastError {
  override readonly name: string = "SnapshotError";
}

/** An account that the snapshot was not asked for: what it holds is not known. */
export class AccountNotInSnapshot extends SnapshotError {
  override readonly name = "AccountNotInSnapshot";

  constructor(readonly account: AccountId) {
    super(`AccountNotInSnapshot: ${account}`);
  }
}

/** An instrument that no account of the snapshot holds, and that it was not asked for. */
export class InstrumentNotInSnapshot extends SnapshotError {
  override readonly name = "InstrumentNotInSnapshot";

  constructor(readonly instrument: InstrumentId) {
    super(`InstrumentNotInSnapshot: ${instrument}`);
  }
}

/** A time before the state's own: nothing is reckoned backwards. Unix seconds. */
export class TimeReversed extends SnapshotError {
  override readonly name = "TimeReversed";

  constructor(
    readonly timestamp: number,
    readonly earliest: number,
  ) {
    super(`TimeReversed: ${timestamp} is before ${earliest}`);
  }
}
