import { after, isWord, parts, plain, twinOf, type Declaration, type Twin } from "./Twin.ts";

const LOCATIONS = new Set(["memory", "calldata", "storage"]);

/** Length of the `Type[] memory` before a local's name; zero if none is declared at `i`. */
function typeLength(tokens: string[], i: number): number {
  if (!isWord(tokens[i])) return 0;
  let name = i + 1;
  while (tokens[name] === "[") name = after(tokens, name);
  if (LOCATIONS.has(tokens[name]!)) name++;
  return isWord(tokens[name]) && ["=", ";"].includes(tokens[name + 1]!) ? name - i : 0;
}

/** What the tokens at `i` become, and where to go on. */
function step(tokens: string[], i: number): [string[], number] {
  const [token, next, third] = tokens.slice(i, i + 3) as [string, string, string];
  const type = typeLength(tokens, i);
  if (type > 0) return [[], i + type];
  if (token === "unchecked") return [[], i + 1];
  if (token === "revert") return [["throw"], i + 1];
  if (token === "int256" && next === "(" && /^\d+$/.test(third)) return [[third], i + 4];
  if (token === "new" && tokens[i + 2] === "[") {
    return [next === "int256" ? ["zeros"] : ["new", next], i + 4];
  }
  if (isWord(token) && next === "(" && third === "{") {
    const end = after(tokens, i + 2);
    return [bodyOf(tokens.slice(i + 2, end)), end + 1];
  }
  return [[token], i + 1];
}

function bodyOf(tokens: string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < tokens.length;) {
    const [found, next] = step(tokens, i);
    out.push(...found);
    i = next;
  }
  return plain(out);
}

/** `int256[2] memory x` as `x: int256[2]`. */
function fieldOf(tokens: string[]): string {
  const words = tokens.filter((token) => !LOCATIONS.has(token));
  return `${words.at(-1)}: ${words.slice(0, -1).join("")}`;
}

function functionOf(tokens: string[]): Declaration {
  const end = after(tokens, 2);
  const returns = tokens.indexOf("returns");
  const results = returns < 0 ? [] : tokens.slice(returns + 2, after(tokens, returns + 1) - 1);
  return {
    kind: "function",
    name: tokens[1]!,
    fields: parts(tokens.slice(3, end - 1)).map(fieldOf),
    returns: results.filter((token) => !LOCATIONS.has(token)).join(""),
    body: bodyOf(tokens.slice(tokens.indexOf("{", end))),
  };
}

function declarationOf(tokens: string[]): Declaration | undefined {
  const [first, second] = tokens as [string, string];
  if (first === "function") return functionOf(tokens);
  if (second === "constant") {
    const body = bodyOf(tokens.slice(4, -1));
    return { kind: "constant", name: tokens[2]!, fields: [], returns: first, body };
  }
  const noun = { name: second, returns: "", body: [] };
  const inside = (separator: string) =>
    parts(tokens.slice(3, after(tokens, 2) - 1), separator).map(fieldOf);
  if (first === "struct") return { kind: "struct", ...noun, fields: inside(";") };
  if (first === "error") return { kind: "error", ...noun, fields: inside(",") };
  if (first === "enum") return { kind: "enum", ...noun, fields: inside(",") };
  return undefined;
}

/** A Solidity text in the common form. */
export function solidityTwin(text: string): Twin {
  return twinOf(text, declarationOf);
}
