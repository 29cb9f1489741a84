import { MalformedJson, NumberTooLong } from "./errors.ts";

/**
 * What a JSON text holds. A number is read only if it is then exactly what was written.
 *
 * @throws MalformedJson, NumberTooLong with the line and column
 */
export function parseJson(text: string, file: string): unknown {
  const plain = text.replace(/^\uFEFF/, "");
  const read = parsed(plain, file);
  for (const { 0: found, index } of plain.matchAll(TOKEN)) {
    if (found.startsWith('"') || isExact(found)) continue;
    throw new NumberTooLong(file, ...placeOf(plain, index), found);
  }
  return read;
}

function parsed(plain: string, file: string): unknown {
  try {
    return JSON.parse(plain);
  } catch {
    const at = faultIn(plain);
    const found = plain.slice(at).split(/\s/, 1)[0]!;
    throw new MalformedJson(file, ...placeOf(plain, at), found);
  }
}

/** Line and column, from 1. */
function placeOf(text: string, at: number): [line: number, column: number] {
  const before = text.slice(0, at).split("\n");
  return [before.length, before.at(-1)!.length + 1];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g; // of a text that is JSON

/** Does a double, by its shortest text, say what these digits say? */
function isExact(digits: string): boolean {
  return decimalOf(digits) === decimalOf(String(Number(digits)));
}

/** Digits without zeros at either end, and the power of ten of the last: the same for the same number. */
function decimalOf(text: string): string {
  const [, sign, whole = "", fraction = "", power = "0"] = DECIMAL.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return `${sign}${significant}e${exponent}`;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

const SPACE = /[ \t\n\r]*/y;
const OPEN = /[[{]/y;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const PLAIN = /true\b|false\b|null\b|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const COLON = /:/y;
const COMMA = /,/y;
const CLOSE = { "[": /\]/y, "{": /\}/y } as const;

/** Where a text stops being JSON: `JSON.parse` tells it only sometimes. */
function faultIn(text: string): number {
  const open: (keyof typeof CLOSE)[] = [];
  let at = 0;
  let want: "first" | "value" | "key" | "colon" | "next" = "value";
  const take = (token: RegExp): string | undefined => {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const inObject = () => open.at(-1) === "{";
  for (;;) {
    take(SPACE);
    if ((want === "first" || want === "next") && open.length > 0 && take(CLOSE[open.at(-1)!])) {
      open.pop();
      want = "next";
    } else if (want === "next") {
      if (open.length === 0 || !take(COMMA)) return at;
      want = inObject() ? "key" : "value";
    } else if (want === "colon") {
      if (!take(COLON)) return at;
      want = "value";
    } else if (want === "key" || (want === "first" && inObject())) {
      if (!take(TEXT)) return at;
      want = "colon";
    } else {
      const bracket = take(OPEN) as keyof typeof CLOSE | undefined;
      if (bracket) open.push(bracket);
      else if (!take(TEXT) && !take(PLAIN)) return at;
      want = bracket ? "first" : "next";
    }
  }
}
