// Human numbers to wads, exactly: no digit is dropped, none is made up.

const PLACES = 18;
const LONGEST = 40; // digits before the point: past every bound, and short work
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * The wad (1e18 = 1) of a number or of a decimal text such as `-0.25` or `1e-5`. A number is taken
 * through its shortest decimal text, so 0.1 is a tenth.
 *
 * @returns the wad; or, as text, what was expected instead
 */
export function readWad(value: unknown): bigint | string {
  if (typeof value === "string") return readText(value);
  if (typeof value !== "number") return "a number or a decimal text";
  return Number.isFinite(value) ? readText(String(value)) : "a finite number";
}

/** The wad of a number known to be one. */
export function wadOf(value: number): bigint {
  const wad = readWad(value);
  if (typeof wad === "string") throw new RangeError(`${value}: expected ${wad}`);
  return wad;
}

function readText(text: string): bigint | string {
  const match = DECIMAL.exec(text);
  if (match === null) return "a number or a decimal text";
  const [, sign, whole = "", fraction = "", power = "0"] = match;
  const exponent = Number(power);
  if (fraction.length - exponent > PLACES) return `at most ${PLACES} decimal places`;
  if (whole.replace(/^0+/, "").length + exponent > LONGEST) return "a smaller number";
  const size = BigInt(whole + fraction) * 10n ** BigInt(PLACES + exponent - fraction.length);
  return sign === "-" ? -size : size;
}
