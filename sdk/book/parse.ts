import { z } from "zod";

import { MAX_AMOUNT, MAX_PRICE, MAX_RATE, MAX_VALUE, WAD } from "../math/WadMath.ts";
import { check, wad } from "../params/check.ts";
import { Invalid } from "../params/errors.ts";
import type { Book } from "./Book.ts";
import { KindNotSupported, UnknownKind } from "./errors.ts";

const TO_COME = ["perp", "future", "option"];
const FOREVER = 1_000_000n * WAD; // minutes: longer than any grace

const band = wad(0n, MAX_PRICE).default(0n);
const volume = z.union([wad(0n, 0n), wad(WAD, MAX_VALUE)]);

const market = z.strictObject({
  price: wad(1n, MAX_PRICE),
  sigma: wad(0n, MAX_RATE),
  band,
  adv: volume.default(0n),
  openInterest: wad(0n, MAX_VALUE).default(0n),
});

const rate = z.strictObject({ rate: wad(1n, MAX_PRICE).optional(), band });

const price = wad(0n, MAX_PRICE);
const peg = z.union([
  price.transform((wads) => ({ price: wads, band: 0n })),
  z.strictObject({ price, band }),
]);

const positions = {
  spot: z.strictObject({
    kind: z.literal("spot"),
    asset: z.string(),
    amount: wad(0n, MAX_AMOUNT),
  }),
  cash: z.strictObject({ kind: z.literal("cash"), amount: wad(-MAX_AMOUNT, MAX_AMOUNT) }),
};

const book = z.strictObject({
  name: z.string().optional(),
  factors: z.record(z.string(), market).default({}),
  assets: z.record(z.string(), rate).default({}),
  stables: z.record(z.string(), peg).default({}),
  positions: z.array(z.discriminatedUnion("kind", [positions.spot, positions.cash])),
  grace: wad(0n, FOREVER).optional(),
});

/**
 * The books of a file's JSON: one book, or an array of them.
 *
 * @throws Invalid, UnknownKey, UnknownKind, KindNotSupported with the path and the value
 */
export function parseBooks(json: unknown): Book[] {
  if (!Array.isArray(json)) return [parseBook(json)];
  if (json.length === 0) throw new Invalid("books", json, "at least one book");
  return json.map((one, index) => parseBook(one, index));
}

/**
 * One book of JSON. Numbers may be JSON numbers or decimal texts; they are read exactly.
 *
 * @param index of the book in its file, for errors
 * @throws Invalid, UnknownKey, UnknownKind, KindNotSupported with the path and the value
 */
export function parseBook(json: unknown, index = 0): Book {
  requireKinds(json, index);
  return { index, ...check(book, json, `books[${index}]`) };
}

/** Whatever else is wrong with a position of a kind to come, its kind is what stands in the way. */
function requireKinds(json: unknown, index: number): void {
  const listed = (json as { positions?: unknown } | null)?.positions;
  if (!Array.isArray(listed)) return;
  for (const [i, position] of listed.entries()) {
    if (typeof position !== "object" || position === null) continue;
    const { kind } = position as { kind?: unknown };
    if (TO_COME.includes(kind as string)) throw new KindNotSupported(index, i, kind as string);
    if (Object.hasOwn(positions, String(kind))) continue;
    throw new UnknownKind(`books[${index}].positions[${i}].kind`, kind, [
      ...Object.keys(positions),
      ...TO_COME,
    ]);
  }
}
