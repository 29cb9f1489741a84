import { z } from "zod";

import { MAX_PREMIUM } from "../math/PerpMath.ts";
import { MAX_AMOUNT, MAX_PRICE, MAX_RATE, MAX_VALUE, WAD } from "../math/WadMath.ts";
import { check, wad } from "../params/check.ts";
import { readWad } from "../params/decimal.ts";
import { Invalid } from "../params/errors.ts";
import type { Book, ExpiryState } from "./Book.ts";
import { MAX_DAYS, secondsOf } from "./days.ts";
import { UnknownKind } from "./errors.ts";

// Surfaces and bases are bounded as contracts/logic/Settings.sol bounds a post; a single option's
// volatility may be what a smile can reach.

const FOREVER = 1_000_000n * WAD; // minutes: longer than any grace

const band = wad(0n, MAX_PRICE).default(0n);
const volume = z.union([wad(0n, 0n), wad(WAD, MAX_VALUE)]);
const days = wad(1n, MAX_DAYS);
const basis = wad(-WAD, WAD);
const bend = wad(-WAD, WAD).default(0n);
const size = wad(-MAX_AMOUNT, MAX_AMOUNT);

const term = z.strictObject({
  basis: basis.optional(),
  average: wad(0n, MAX_PRICE).optional(),
  atm: wad(WAD / 20n, 4n * WAD).optional(),
  skew: bend,
  curvature: bend,
});

const terms = z.record(z.string(), term).transform((given, context) => {
  const read: ExpiryState[] = [];
  for (const [key, one] of Object.entries(given)) {
    const left = leftOf(key);
    const twin = read.find((other) => other.left === left)?.key;
    const expected = left === undefined ? DAYS_LEFT : `another expiry than that of "${twin}"`;
    if (left !== undefined && twin === undefined) read.push({ key, left, ...one });
    else context.issues.push({ code: "custom", message: expected, input: key, path: [key] });
  }
  return read;
});

const DAYS_LEFT = "days until expiry, more than 0";

/** Seconds until an expiry named by its days; none if it names no such thing. */
function leftOf(key: string): bigint | undefined {
  const read = readWad(key);
  return typeof read === "string" || read <= 0n || read > MAX_DAYS ? undefined : secondsOf(read);
}

const market = z.strictObject({
  price: wad(1n, MAX_PRICE),
  sigma: wad(0n, MAX_RATE),
  band,
  adv: volume.default(0n),
  openInterest: wad(0n, MAX_VALUE).default(0n),
  perp: z
    .strictObject({ premium: wad(-MAX_PREMIUM, MAX_PREMIUM).default(0n) })
    .default({ premium: 0n }),
  expiries: terms.default([]),
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
  cash: z.strictObject({ kind: z.literal("cash"), amount: size }),
  perp: z.strictObject({ kind: z.literal("perp"), factor: z.string(), size }),
  future: z.strictObject({
    kind: z.literal("future"),
    factor: z.string(),
    expiryDays: days,
    basis: basis.optional(),
    size,
  }),
  option: z.strictObject({
    kind: z.literal("option"),
    factor: z.string(),
    expiryDays: days,
    strike: wad(1n, MAX_PRICE),
    type: z.enum(["call", "put"]),
    volatility: wad(WAD / 20n, 10n * WAD).optional(),
    basis: basis.optional(),
    size,
  }),
};

const { spot, cash, perp, future, option } = positions;

const book = z.strictObject({
  name: z.string().optional(),
  factors: z.record(z.string(), market).default({}),
  assets: z.record(z.string(), rate).default({}),
  stables: z.record(z.string(), peg).default({}),
  positions: z.array(z.discriminatedUnion("kind", [spot, cash, perp, future, option])),
  grace: wad(0n, FOREVER).optional(),
});

/**
 * The books of a file's JSON: one book, or an array of them.
 *
 * @throws Invalid, UnknownKey, UnknownKind with the path and the value
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
 * @throws Invalid, UnknownKey, UnknownKind with the path and the value
 */
export function parseBook(json: unknown, index = 0): Book {
  requireKinds(json, index);
  return { index, ...check(book, json, `books[${index}]`) };
}

/** Whatever else is wrong with a position of no known kind, its kind is what stands in the way. */
function requireKinds(json: unknown, index: number): void {
  const listed = (json as { positions?: unknown } | null)?.positions;
  if (!Array.isArray(listed)) return;
  for (const [i, position] of listed.entries()) {
    if (typeof position !== "object" || position === null) continue;
    const { kind } = position as { kind?: unknown };
    if (typeof kind === "string" && Object.hasOwn(positions, kind)) continue;
    throw new UnknownKind(`books[${index}].positions[${i}].kind`, kind, Object.keys(positions));
  }
}
