import { after, isWord, parts, plain, twinOf, type Declaration, type Twin } from "./Twin.ts";

const WORDS: Record<string, string> = {
  bigint: "int256",
  number: "uint256",
  Hex: "bytes",
  boolean: "bool",
  Pair: "int256[2]",
  Curves: "int256[][4]",
};

/** A type in Solidity's words. */
function typeOf(tokens: string[]): string {
  return tokens
    .filter((token) => token !== "readonly")
    .map((token) => WORDS[token] ?? token)
    .join("");
}

/** Where the annotation of a local ends that begins at `i`. */
function annotationEnd(tokens: string[], i: number): number {
  if (tokens[i] !== ":") return i;
  while (tokens[i] !== "=" && tokens[i] !== ";") i++;
  return i;
}

/** What the tokens at `i` become, and where to go on. */
function step(tokens: string[], i: number): [string[], number] {
  const [token, next] = tokens.slice(i, i + 2) as [string, string];
  const before = tokens[i - 1];
  if (token === "const" || token === "let") return [[next], annotationEnd(tokens, i + 2)];
  if (token === "throw" && next === "new") return [["throw"], i + 2];
  if (token === "new" && next === "Array") return [["new", tokens[i + 3]!], i + 5];
  const isPostfix = isWord(before) || before === "]" || before === ")";
  if (token === "!" && isPostfix) return [[], i + 1];
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

/** `readonly x: Pair` as `x: int256[2]`. */
function fieldOf(tokens: string[]): string {
  const colon = tokens.indexOf(":");
  return `${tokens[colon - 1]}: ${typeOf(tokens.slice(colon + 1))}`;
}

function functionOf(tokens: string[]): Declaration {
  const end = after(tokens, 2);
  const open = tokens.indexOf("{", end);
  return {
    kind: "function",
    name: tokens[1]!,
    fields: parts(tokens.slice(3, end - 1)).map(fieldOf),
    returns: typeOf(tokens.slice(end + 1, open)),
    body: bodyOf(tokens.slice(open)),
  };
}

/** A table of numbers is an enum; any other constant is a constant, without a sign if it is no bigint. */
function constantOf(tokens: string[]): Declaration {
  const [, name, equals, open] = tokens as [string, string, string, string];
  if (equals !== "=" || open !== "{") {
    const body = bodyOf(tokens.slice(tokens.indexOf("=") + 1, -1));
    const value = tokens[tokens.indexOf("=") + 1]!;
    const returns = /^\d+$/.test(value) ? "uint256" : "int256";
    return { kind: "constant", name, fields: [], returns, body };
  }
  const members = parts(tokens.slice(4, after(tokens, 3) - 1));
  const fields = members.map(
    ([member, , value], i) => `${member}: ${value === `${i}` ? "" : value}`,
  );
  return { kind: "enum", name, fields, returns: "", body: [] };
}

function declarationOf(tokens: string[]): Declaration | undefined {
  const [first, name] = tokens as [string, string];
  if (first === "function") return functionOf(tokens);
  if (first === "const") return constantOf(tokens);
  if (first !== "interface") return undefined;
  const fields = parts(tokens.slice(3, after(tokens, 2) - 1), ";").map(fieldOf);
  return { kind: "struct", name, fields, returns: "", body: [] };
}

/** A TypeScript text in the common form. */
export function typescriptTwin(text: string): Twin {
  return twinOf(text, declarationOf);
}
