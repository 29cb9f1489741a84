import type { Address } from "viem";

import { BallastError } from "../errors/BallastError.ts";
import type { InstrumentKind } from "./kinds.ts";

/** An order, or an instrument, that no chain would take. */
export class OrderError extends BallastError {
  override readonly name: string = "OrderError";
}

/** A number the field cannot hold, or may not. */
export class FieldOutOfRange extends OrderError {
  override readonly name = "FieldOutOfRange";

  /** @param field of the order or the instrument; the others in its unit */
  constructor(
    readonly field: string,
    readonly value: bigint | number,
    readonly low: bigint,
    readonly high: bigint,
  ) {
    super(`FieldOutOfRange: ${field} is ${value}, not between ${low} and ${high}`);
  }
}

/** The kind of instrument has no such field: a perp no expiry, a future no strike. */
export class FieldNotTaken extends OrderError {
  override readonly name = "FieldNotTaken";

  constructor(
    readonly kind: InstrumentKind,
    readonly field: "expiry" | "strike",
    readonly value: bigint | number,
  ) {
    super(`FieldNotTaken: a ${kind} has no ${field}, and was given ${value}`);
  }
}

/** The kind of instrument needs this field, and it is zero or missing. */
export class FieldMissing extends OrderError {
  override readonly name = "FieldMissing";

  constructor(
    readonly kind: InstrumentKind,
    readonly field: "expiry" | "strike",
  ) {
    super(`FieldMissing: a ${kind} needs the ${field}`);
  }
}

/** No kind of instrument: a word that names none, or a number kept for later. */
export class NoSuchKind extends OrderError {
  override readonly name = "NoSuchKind";

  constructor(readonly kind: string | number) {
    super(`NoSuchKind: ${kind}; known are perp (1), future (2), call (3), put (4)`);
  }
}

/** A strike between two that an id can say; USD wads. */
export class StrikeNotExact extends OrderError {
  override readonly name = "StrikeNotExact";

  constructor(
    readonly strike: bigint,
    readonly unit: bigint,
  ) {
    super(`StrikeNotExact: ${strike} is no multiple of ${unit}`);
  }
}

/** An order of size zero: it has to buy (above zero) or sell (below). */
export class NothingOrdered extends OrderError {
  override readonly name = "NothingOrdered";

  constructor(readonly size = 0n) {
    super(`NothingOrdered: size is ${size}`);
  }
}

/** What an order needs to be ahead is behind; Unix seconds. */
export class AlreadyPast extends OrderError {
  override readonly name = "AlreadyPast";

  /** @param field the order's own deadline, or its instrument's expiry */
  constructor(
    readonly field: "deadline" | "expiry",
    readonly time: bigint,
    readonly now: number,
  ) {
    super(`AlreadyPast: ${field} was ${time}, and it is ${now}`);
  }
}

/** The key at hand is not the signer that the order names. */
export class NotTheSigner extends OrderError {
  override readonly name = "NotTheSigner";

  constructor(
    readonly signer: Address,
    readonly key: Address,
  ) {
    super(`NotTheSigner: the order names ${signer}, the key is that of ${key}`);
  }
}

/** JSON that `orderToJson` or `signedOrderToJson` did not write. */
export class NotAnOrder extends OrderError {
  override readonly name = "NotAnOrder";

  /** @param member what is missing, not known, or of another form */
  constructor(
    readonly member: string,
    readonly value: unknown,
  ) {
    super(`NotAnOrder: ${member} is ${String(value)}`);
  }
}
