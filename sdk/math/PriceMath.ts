import { type Price, type Quote, Status } from "../types/Price.ts";
import { MAX_PRICE, WAD } from "./WadMath.ts";
import { bounded, divUp, max, min } from "./WadMath.ts";

// DESIGN §5. How a price with a band enters margin. A price that is not Ok is taken at its low end
// and carries no band charge; the plain view, by which calls open and fuses burn, sees every band
// as narrow as the feed's own threshold, so that a silent feed liquidates no one.

export function bandRateOf(price: bigint, band: bigint): bigint {
  return price == 0n ? 0n : min(WAD, divUp(max(0n, band), price));
}

export function quoteOf(price: bigint, bandRate: bigint, counted: boolean): Quote {
  return { price: price, bandRate: bandRate, counted: counted };
}

/** What a long counts at: below Ok, the low end, and IM does not lean on it. */
export function longQuote(price: Price): Quote {
  bounded(price.price, 0n, MAX_PRICE);
  bounded(price.band, 0n, MAX_PRICE);
  if (price.status == Status.Ok) {
    return quoteOf(price.price, bandRateOf(price.price, price.band), true);
  }
  return quoteOf(max(0n, price.price - price.band), 0n, false);
}

/** What a debt in a stable counts at; at par if its feed is dead, never at nothing. */
export function debtQuote(price: Price): Quote {
  bounded(price.price, 0n, MAX_PRICE);
  bounded(price.band, 0n, MAX_PRICE);
  const mark = price.price == 0n ? WAD : price.price;
  return quoteOf(mark, bandRateOf(mark, price.band), true);
}

/** By what share a price that is not Ok may be off; one that is dead is off by nothing known. */
export function doubtRateOf(price: Price): bigint {
  bounded(price.price, 0n, MAX_PRICE);
  if (price.status == Status.Ok) return 0n;
  return bandRateOf(price.price, max(price.band, price.deviation));
}

/** A price as margin calls see it: no band wider than the feed's own threshold. */
export function narrowed(price: Price): Price {
  return {
    price: price.price,
    band: min(price.band, price.deviation),
    deviation: price.deviation,
    updated: price.updated,
    status: Status.Ok,
  };
}
