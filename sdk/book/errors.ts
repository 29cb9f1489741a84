import { InputError, shown } from "../params/errors.ts";
import { decimalText } from "../decimal.ts";

/** A name that the pool's parameters do not have. */
export class UnknownName extends InputError {
  override readonly name: string = "UnknownName";

  /** @param path where it stands: `books[2].positions[0].asset` */
  constructor(
    readonly path: string,
    readonly what: string,
    readonly given: unknown,
    readonly known: readonly string[],
  ) {
    super(
      given === undefined
        ? `${path}: missing; known: ${known.join(", ")}`
        : `${path}: unknown ${what} ${shown(given)}; known: ${known.join(", ")}`,
    );
  }
}

export class UnknownAsset extends UnknownName {
  override readonly name = "UnknownAsset";
  constructor(path: string, given: string, known: readonly string[]) {
    super(path, "asset", given, known);
  }
}

export class UnknownFactor extends UnknownName {
  override readonly name = "UnknownFactor";
  constructor(path: string, given: string, known: readonly string[]) {
    super(path, "factor", given, known);
  }
}

/** A kind of position that there is not; `undefined` where a position names none. */
export class UnknownKind extends UnknownName {
  override readonly name = "UnknownKind";
  constructor(path: string, given: unknown, known: readonly string[]) {
    super(path, "kind", given, known);
  }
}

/** A grace that no tier has, in minutes. */
export class UnknownGrace extends UnknownName {
  override readonly name = "UnknownGrace";
  constructor(path: string, minutes: bigint, known: readonly string[]) {
    super(path, "grace tier of minutes", Number(decimalText(minutes)), known);
  }
}

/** Two quotes of one thing: of a forward, or of a volatility. */
export class Contradiction extends InputError {
  override readonly name = "Contradiction";

  /** @param path where the one stands, `other` where the other does */
  constructor(
    readonly path: string,
    readonly value: string,
    readonly other: string,
    readonly otherValue: string,
  ) {
    super(`${path}: ${value} contradicts ${other}: ${otherValue}`);
  }
}

/** More than one account holds. */
export class TooMany extends InputError {
  override readonly name = "TooMany";
  constructor(
    readonly book: number,
    readonly what: string,
    readonly count: number,
    readonly most: number,
  ) {
    super(`books[${book}].positions: ${count} ${what}; an account holds at most ${most}`);
  }
}

/** A position whose factor the book gives no price and volatility for. */
export class NotQuoted extends InputError {
  override readonly name = "NotQuoted";
  constructor(
    readonly book: number,
    readonly position: number,
    readonly factor: string,
  ) {
    super(
      `books[${book}].factors.${factor}: missing; positions[${position}] needs its price and sigma`,
    );
  }
}

/** A book past what the margin model is stated for. */
export class BookTooLarge extends InputError {
  override readonly name = "BookTooLarge";
  constructor(
    readonly book: number,
    options: ErrorOptions,
  ) {
    super(`books[${book}]: too large; the model is stated for values up to 10^11 USD`, options);
  }
}
