/** A number lies outside what a formula is stated for. */
export class OutOfBounds extends Error {
  override readonly name = "OutOfBounds";

  constructor(
    readonly value: bigint,
    readonly low: bigint,
    readonly high: bigint,
  ) {
    super(`OutOfBounds: ${value} is not within [${low}, ${high}]`);
  }
}
