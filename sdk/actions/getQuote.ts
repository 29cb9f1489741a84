import type { InstrumentId } from "../types/Ids.ts";
import type { InstrumentQuote, Status } from "../types/Price.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/**
 * What an instrument is worth, and between which prices it may trade, as of the latest block.
 * What is listed no more, or has an old surface, has a price at which it may be closed.
 *
 * @throws UnknownInstrument, InstrumentExpired, OutOfBounds
 */
export async function getQuote(
  client: ReadClient,
  { pool, instrument }: { readonly pool: PoolAddress; readonly instrument: InstrumentId },
): Promise<InstrumentQuote> {
  const quote = await read(client, pool, "quoteOf", [instrument]);
  return { ...quote, updated: Number(quote.updated), status: quote.status as Status };
}
