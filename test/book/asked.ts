import { fileURLToPath } from "node:url";

import { explain } from "../../sdk/book/explain.ts";
import { marginJson } from "../../sdk/book/json.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { readMarginParams } from "../../sdk/files/params.ts";
import type { MarginParams } from "../../sdk/params/params.ts";

export const PARAMS_FILE = fileURLToPath(
  new URL("../../deployments/local/params.json", import.meta.url),
);

export const params: MarginParams = readMarginParams(PARAMS_FILE);

export const BTC = { price: 100_000, sigma: 0.96 };
export const ETH = { price: 4_000, sigma: 1.23 };

export const spot = (asset: string, amount: number | string) => ({ kind: "spot", asset, amount });
export const cash = (amount: number | string) => ({ kind: "cash", amount });

export const perp = (factor: string, size: number | string) => ({ kind: "perp", factor, size });

export const future = (expiryDays: number | string, size: number | string, basis?: number) => ({
  kind: "future",
  factor: "ETH",
  expiryDays,
  size,
  ...(basis === undefined ? {} : { basis }),
});

/** ETH options at a volatility of 65 %; `more` changes anything. */
export const option = (
  type: "call" | "put",
  strike: number,
  size: number | string,
  more: object = {},
) => ({
  kind: "option",
  factor: "ETH",
  expiryDays: 30,
  strike,
  type,
  volatility: 0.65,
  size,
  ...more,
});

/** A mark that moves by sMin alone: ETH 7 % at MM, 10.5 % at IM. */
export const FLAT = { price: 100, sigma: 0 };

/** The answer to a book of JSON, under the local pool's parameters. */
export function asked(book: unknown, under = params) {
  return marginJson(explain(parseBook(book), under));
}

/** A decimal text to the cent, half away from zero. */
export function cents(text: string): string {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)\.?(\d*)$/.exec(text)!;
  const rounded = (BigInt(whole! + fraction.padEnd(3, "0").slice(0, 3)) + 5n) / 10n;
  const digits = rounded.toString().padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What `act` throws. */
export function thrown(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
