import { InputError } from "../../sdk/params/errors.ts";

/** A parameter file that asks for tokens or feeds to be made up, on a chain where others have money. */
export class LocalOnly extends InputError {
  override readonly name = "LocalOnly";

  /** @param entry where it stands: `params.listings.ETH.token` */
  constructor(
    readonly entry: string,
    readonly value: string,
    readonly chainId: number,
  ) {
    super(
      `${entry}: "${value}" is for local chains, not for chain ${chainId}: expected an address`,
    );
  }
}

/** A network that hardhat.config.ts does not name. */
export class UnknownNetwork extends InputError {
  override readonly name = "UnknownNetwork";

  constructor(
    readonly network: string,
    readonly known: readonly string[],
  ) {
    super(`${network}: not a network of hardhat.config.ts, which has ${known.join(", ")}`);
  }
}

/** Someone else serves there already. */
export class PortTaken extends InputError {
  override readonly name = "PortTaken";

  constructor(readonly port: number) {
    super(`port ${port} is taken: choose another with --port`);
  }
}

/** A setting that the chain does not take; those before it were sent. */
export class RefusedSetting extends InputError {
  override readonly name = "RefusedSetting";

  constructor(
    readonly setting: string,
    readonly sent: number,
    readonly wanted: number,
    override readonly cause: Error,
  ) {
    super(`${setting}: ${cause.message.split("\n")[0]}; ${sent} of ${wanted} were sent`);
  }
}

/** Parameters that ask for an oracle which the pool was deployed without. */
export class NoSuchOracle extends InputError {
  override readonly name = "NoSuchOracle";

  constructor(readonly oracle: string) {
    super(`the pool has no ${oracle} oracle: it asks those it was deployed with`);
  }
}

/** Parameters that name an address where the chain has no contract, or no token. */
export class NotThere extends InputError {
  override readonly name = "NotThere";

  /** @param entry where it stands: `params.listings.ETH.token` */
  constructor(
    readonly entry: string,
    readonly address: string,
    readonly expected: "a contract" | "a token",
  ) {
    super(`${entry}: expected ${expected} at ${address}, and there is none on this chain`);
  }
}

/** A token that counts in other units than parameters say. */
export class OtherDecimals extends InputError {
  override readonly name = "OtherDecimals";

  /** @param entry where it stands: `params.listings.ETH.decimals` */
  constructor(
    readonly entry: string,
    readonly named: number,
    readonly found: number,
  ) {
    super(`${entry}: ${named}, but the token itself says ${found}: correct the file`);
  }
}

/** A record of a deployment that was cut off while it was written, or changed since. */
export class BrokenRecord extends InputError {
  override readonly name = "BrokenRecord";

  /**
   * @param line of the file, from 1
   * @param remedy what to do
   */
  constructor(
    readonly file: string,
    readonly line: number,
    readonly remedy: string,
  ) {
    super(`${file}: line ${line} is not whole: ${remedy}`);
  }
}
