import type { AccountId } from "../types/Ids.ts";
import type { Expiry, Portfolio } from "../types/Portfolio.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

type Answer = Awaited<ReturnType<typeof read<"portfolio">>>;
type ExpiryView = Answer["exposures"][number]["expiries"][number];

/**
 * All that an account's margin depends on, as of the latest block: `MarginMath.marginOf` of it is what
 * `getMargin` answers.
 *
 * @throws UnknownFactor, OutOfBounds
 */
export async function getPortfolio(
  client: ReadClient,
  { pool, account }: { readonly pool: PoolAddress; readonly account: AccountId },
): Promise<Portfolio> {
  const book = await read(client, pool, "portfolio", [account]);
  const exposures = book.exposures.map((exposure) => ({
    ...exposure,
    factor: Number(exposure.factor),
    updated: Number(exposure.updated),
    expiries: exposure.expiries.map(expiryFrom),
  }));
  return { ...book, stables: [...book.stables], exposures };
}

function expiryFrom({ curves, ...expiry }: ExpiryView): Expiry {
  return {
    ...expiry,
    time: Number(expiry.time),
    strikes: [...expiry.strikes],
    curves: [[...curves[0]], [...curves[1]], [...curves[2]], [...curves[3]]],
  };
}
