// Of addresses and accounts that a caller gives.

import type { Address, Hex } from "viem";

import { BallastError } from "./BallastError.ts";

/** No address: other characters, another length, or a checksum that does not fit. */
export class BadAddress extends BallastError {
  override readonly name = "BadAddress";

  /**
   * @param path where it stands: `operator`, `fills[0].maker.signer`
   * @param flaw what is wrong with it
   */
  constructor(
    readonly path: string,
    readonly value: unknown,
    readonly flaw: string,
  ) {
    super(`BadAddress: ${path} is ${String(value)}, ${flaw}`);
  }
}

/** No 32 bytes: an account or a hash is written as 0x and 64 hex digits. */
export class BadWord extends BallastError {
  override readonly name = "BadWord";

  /** @param path where it stands: `account`, `fills[0].maker.account` */
  constructor(
    readonly path: string,
    readonly value: unknown,
  ) {
    super(`BadWord: ${path} is ${String(value)}, not 32 bytes (0x and 64 hex digits)`);
  }
}

/** No contract stands at the address a transaction was for: it would succeed and do nothing. */
export class NoCode extends BallastError {
  override readonly name = "NoCode";

  constructor(readonly address: Address) {
    super(`NoCode: no contract at ${address} on this chain`);
  }
}

/** An operator that may trade is given the loss that it may make in a day; zero lets it pay no fee. */
export class LossLimitMissing extends BallastError {
  override readonly name = "LossLimitMissing";

  constructor(
    readonly account: Hex,
    readonly operator: Address,
  ) {
    super(
      `LossLimitMissing: give the lossLimit of ${operator} for ${account}, in millionths of cash a day ` +
        "(NO_LOSS_LIMIT for none)",
    );
  }
}
