import type { Address, Hash } from "viem";

import { BallastError } from "../errors/BallastError.ts";
import type { AccountId } from "../types/Ids.ts";

/** Why a relay refuses an order, or drops one. */
export class RelayError extends BallastError {
  override readonly name: string = "RelayError";
}

/** The signature is not that of the signer whom the order names. */
export class NotSigned extends RelayError {
  override readonly name = "NotSigned";

  constructor(
    readonly hash: Hash,
    readonly signer: Address,
  ) {
    super(`NotSigned: ${hash} is not signed by ${signer}`);
  }
}

/** The relay has seen this order, and it waits already, or is filled. */
export class SeenBefore extends RelayError {
  override readonly name = "SeenBefore";

  constructor(
    readonly hash: Hash,
    readonly fate: "resting" | "filled",
  ) {
    super(`SeenBefore: ${hash} is ${fate}`);
  }
}

/** The order was cancelled. */
export class Withdrawn extends RelayError {
  override readonly name = "Withdrawn";

  constructor(readonly hash: Hash) {
    super(`Withdrawn: ${hash} was cancelled`);
  }
}

/** The account cancelled every order below a counter, this one with them. */
export class CounterBelow extends RelayError {
  override readonly name = "CounterBelow";

  constructor(
    readonly account: AccountId,
    readonly counter: bigint,
    readonly least: bigint,
  ) {
    super(`CounterBelow: ${account} cancelled below ${least}, the order has ${counter}`);
  }
}

/** No maker met the rest of a taker; units. */
export class NoMaker extends RelayError {
  override readonly name = "NoMaker";

  constructor(
    readonly hash: Hash,
    readonly left: bigint,
  ) {
    super(`NoMaker: nobody met ${left} of ${hash}`);
  }
}

/** `settle` has to answer for each fill. */
export class FillsUnanswered extends RelayError {
  override readonly name = "FillsUnanswered";

  constructor(
    readonly fills: number,
    readonly answers: number,
  ) {
    super(`FillsUnanswered: ${answers} answers for ${fills} fills`);
  }
}
