/**
 * Decimal text and wads (1e18 = 1), exactly: a price never passes through a floating-point number.
 */

const PLACES = 18;
/** A text or an exponent longer than this is no price; it also bounds the work of one cell. */
const LONGEST = 80;
const FEED_PLACES = 8;
const FEED_UNIT = 10n ** BigInt(PLACES - FEED_PLACES);

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * The wad of a decimal text: `194.74`, `.5`, `1e-5`, `-3`. Beyond 18 places it is cut off, towards
 * zero.
 *
 * @returns null when the text is no decimal number, or is absurdly long
 */
export function parseWad(text: string): bigint | null {
  const trimmed = text.trim();
  const match = trimmed.length > LONGEST ? null : DECIMAL.exec(trimmed);
  if (match === null) return null;
  const [whole, fraction] = [match[2] ?? "", match[3] ?? ""];
  const exponent = Number(match[4] ?? 0);
  if (whole + fraction === "" || Math.abs(exponent) > LONGEST) return null;
  const size = shift(BigInt(whole + fraction), PLACES + exponent - fraction.length);
  return match[1] === "-" ? -size : size;
}

/**
 * The wad of a positive number, rounded to 8 decimals as price feeds are (and never under
 * 0.00000001, the least that such a feed can say).
 */
export function feedWad(value: number): bigint {
  const units = BigInt(Math.round(value * 10 ** FEED_PLACES));
  return (units > 0n ? units : 1n) * FEED_UNIT;
}

/** The nearest number to a wad, for logarithms and pictures. */
export function toNumber(wad: bigint): number {
  return Number(wad) / 1e18;
}

/** The shortest exact decimal text of a wad: `88.2`. */
export function decimalText(wad: bigint): string {
  const digits = (wad < 0n ? -wad : wad).toString().padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  const text = digits.slice(0, -PLACES) + (fraction === "" ? "" : `.${fraction}`);
  return wad < 0n ? `-${text}` : text;
}

function shift(digits: bigint, places: number): bigint {
  return places < 0 ? digits / 10n ** BigInt(-places) : digits * 10n ** BigInt(places);
}
