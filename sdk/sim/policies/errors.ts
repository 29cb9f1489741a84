import { InputError } from "../../params/errors.ts";

/** The market data that the comparison reads by default is not beside the clone. */
export class NoMarketData extends InputError {
  override readonly name = "NoMarketData";
  constructor(readonly folder: string) {
    super(
      `${folder}: no market data lies here. Name price histories of your own with --data FILE: ` +
        "CSV of bars or of oracle rounds, plain or gzipped",
    );
  }
}

/** An option that says something of files of the user's, where none is named. */
export class NeedsData extends InputError {
  override readonly name = "NeedsData";
  constructor(readonly option: string) {
    super(`--${option} is of files of your own; name them with --data FILE`);
  }
}

/** Two histories of one name: their results could not be told apart. */
export class SameEvent extends InputError {
  override readonly name = "SameEvent";
  constructor(readonly event: string) {
    super(`--data: two files are called ${event}; rename one`);
  }
}

/** A history too short to compare anything on. */
export class TooShort extends InputError {
  override readonly name = "TooShort";
  constructor(
    readonly event: string,
    readonly seconds: number,
    readonly least: number,
  ) {
    super(`${event}: its prices span ${seconds} s; a comparison needs ${least} s at least`);
  }
}
