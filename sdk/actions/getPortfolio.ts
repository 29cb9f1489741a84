import type { AccountId } from "../types/Ids.ts";
import type { Portfolio } from "../types/Portfolio.ts";
import { read, type Door, type ReadClient } from "./door.ts";

/**
 * All that an account's margin depends on, as of the latest block: `MarginMath.marginOf` of it is what
 * `getMargin` answers.
 *
 * @throws UnknownFactor, OutOfBounds
 */
export async function getPortfolio(
  client: ReadClient,
  { pool, account }: { readonly pool: Door; readonly account: AccountId },
): Promise<Portfolio> {
  const book = await read(client, pool, "portfolio", [account]);
  const exposures = book.exposures.map((exposure) => ({
    ...exposure,
    factor: Number(exposure.factor),
    updated: Number(exposure.updated),
  }));
  return { ...book, stables: [...book.stables], exposures };
}
