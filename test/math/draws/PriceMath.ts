import type * as PriceFile from "../../../sdk/math/PriceMath.ts";
import { Status, type Price } from "../../../sdk/types/Price.ts";
import { all, coin, pick, struct, time, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const price = struct<Price>({
  price: figure.checkedPrice,
  band: figure.checkedPrice,
  deviation: figure.price,
  updated: time,
  status: pick(...Object.values(Status)),
});

export const priceDraws: Draws<typeof PriceFile> = {
  bandRateOf: all(figure.price, figure.signedValue),
  quoteOf: all(figure.ANYTHING, figure.ANYTHING, coin),
  longQuote: all(price),
  debtQuote: all(price),
  doubtRateOf: all(price),
  narrowed: all(price),
};
