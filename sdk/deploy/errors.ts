import { InputError } from "../params/errors.ts";

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
