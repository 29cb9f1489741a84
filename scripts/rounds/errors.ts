import { TapeError } from "../../sdk/sim/tape/errors.ts";

/** A price history that is no list of oracle rounds: its first line names no `round_id`. */
export class NotRounds extends TapeError {
  override readonly name = "NotRounds";
  constructor(readonly file: string) {
    super(`${file}: no oracle rounds; expected the columns timestamp_utc,symbol,round_id,price`);
  }
}

/** A volatility needs two rounds. */
export class TooFewRounds extends TapeError {
  override readonly name = "TooFewRounds";
  constructor(
    readonly file: string,
    readonly symbol: string,
    readonly rounds: number,
  ) {
    super(`${file}: ${symbol} has ${rounds} round; a volatility needs two`);
  }
}

/** Ids of one phase jump: a feed without what lies between walks it one by one. */
export class RoundsMissing extends TapeError {
  override readonly name = "RoundsMissing";
  constructor(
    readonly file: string,
    readonly after: bigint,
    readonly missing: bigint,
  ) {
    super(`${file}: ${missing} rounds are missing after round ${after}`);
  }
}

/** A feed tells each round once. */
export class RoundTwice extends TapeError {
  override readonly name = "RoundTwice";
  constructor(
    readonly file: string,
    readonly round: bigint,
  ) {
    super(`${file}: round ${round} is there twice`);
  }
}

/** A factor that the parameters do not have. */
export class UnknownFactorName extends TapeError {
  override readonly name = "UnknownFactorName";
  constructor(
    readonly factor: string,
    readonly known: readonly string[],
  ) {
    super(`no factor is called ${factor}; there are ${known.join(", ")}`);
  }
}
