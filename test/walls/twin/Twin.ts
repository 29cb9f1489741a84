import { tokensOf } from "../source.ts";

// A Solidity file and its TypeScript twin brought to one form: declarations in order, each a list of
// tokens without types, locations and the punctuation of its language; literals as plain integers.

/** One constant, function, struct, enum or error. */
export interface Declaration {
  readonly kind: "constant" | "function" | "struct" | "enum" | "error";
  readonly name: string;
  /** `name: type` of each parameter, field or member, in order; types in Solidity's words. */
  readonly fields: string[];
  /** What a function returns, in Solidity's words. */
  readonly returns: string;
  readonly body: string[];
}

/** What a file declares, and what it takes from where. */
export interface Twin {
  readonly imports: string[];
  readonly declarations: Declaration[];
}

const KEYWORDS = new Set(["return", "new", "revert", "throw", "else", "emit", "delete"]);

/** A name; not a sign, a literal, or a keyword that a name or a bracket may follow. */
export function isWord(token: string | undefined): boolean {
  return token !== undefined && /^[A-Za-z_$]/.test(token) && !KEYWORDS.has(token);
}

export const opens = (token: string | undefined) => ["(", "[", "{"].includes(token ?? "");
export const closes = (token: string | undefined) => [")", "]", "}"].includes(token ?? "");

/** Index just after the bracket that closes the one at `open`. */
export function after(tokens: string[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (opens(tokens[i])) depth++;
    if (closes(tokens[i]) && --depth === 0) return i + 1;
  }
  throw new Error(`no end of ${tokens.slice(open, open + 12).join(" ")}`);
}

/** The tokens between separators that stand in no bracket. */
export function parts(tokens: string[], separator = ","): string[][] {
  const found: string[][] = [[]];
  for (let i = 0; i < tokens.length;) {
    const next = opens(tokens[i]) ? after(tokens, i) : i + 1;
    if (tokens[i] === separator) found.push([]);
    else found.at(-1)!.push(...tokens.slice(i, next));
    i = next;
  }
  return found.filter((part) => part.length > 0);
}

/** A literal of either language as digits: `0.25e18`, `1_800n`, `0xff`. */
function digits(token: string): string {
  const plain = token.replace(/_/g, "").replace(/n$/, "");
  if (plain.startsWith("0x")) return BigInt(plain).toString();
  const [mantissa, exponent = "0"] = plain.split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  const zeros = Number(exponent) - fraction.length;
  return zeros < 0 ? token : BigInt(whole + fraction + "0".repeat(zeros)).toString();
}

/** Trailing commas out, literals as digits. */
export function plain(tokens: string[]): string[] {
  return tokens
    .filter((token, i) => token !== "," || !closes(tokens[i + 1]))
    .map((token) => (/^\d/.test(token) ? digits(token) : token));
}

/** `Name from path` for each name, the path without its ending. */
function importsOf(tokens: string[]): string[] {
  const path = tokens[tokens.indexOf("from") + 1]!.slice(1, -1).replace(/\.(sol|ts)$/, "");
  const open = tokens.indexOf("{");
  if (open < 0) return [`${tokens.slice(1, tokens.indexOf("from")).join(" ")} from ${path}`];
  return parts(tokens.slice(open + 1, after(tokens, open) - 1)).map(
    (name) => `${name.filter((token) => token !== "type").join(" ")} from ${path}`,
  );
}

/** An import or a constant goes on to its semicolon, past any brace. */
function isOpenEnded(opening: string): boolean {
  return ["import", "const", "using", "type"].includes(opening);
}

/** Top-level statements: each ends at a semicolon, or at the brace of a function or a type. */
function statements(tokens: string[]): string[][] {
  const found: string[][] = [];
  for (let start = 0; start < tokens.length;) {
    let end = start;
    while (tokens[end] !== ";" && (tokens[end] !== "{" || isOpenEnded(tokens[start]!))) {
      end = opens(tokens[end]) ? after(tokens, end) : end + 1;
    }
    end = tokens[end] === "{" ? after(tokens, end) : end + 1;
    found.push(tokens.slice(start, end));
    start = end;
  }
  return found;
}

/** What a text declares, as `declaration` reads each of its statements. */
export function twinOf(
  text: string,
  declaration: (tokens: string[]) => Declaration | undefined,
): Twin {
  const all = statements(tokensOf(text).filter((token) => token !== "export"));
  return {
    imports: all.filter((tokens) => tokens[0] === "import").flatMap(importsOf),
    declarations: all.map(declaration).filter((found) => found !== undefined),
  };
}
