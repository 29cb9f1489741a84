import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Every file under a folder whose name ends so, as sorted paths from the root of the repository. */
export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

const STRING = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|` + "`(?:\\\\.|[^`\\\\])*`";
const COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;

/** The text with every comment blank; strings stay. */
export function withoutComments(text: string): string {
  return text.replace(new RegExp(`(${STRING})|${COMMENT}`, "g"), (_, kept?: string) => kept ?? " ");
}

const NUMBER = String.raw`0x[0-9a-fA-F_]+n?|\d[\d_]*(?:\.\d+)?(?:e\d+)?n?`;
const OPERATOR = String.raw`\.\.\.|=>|===|!==|[=!<>+\-*/%]=|&&|\|\||\+\+|--|\*\*|<<|>>|\?\.|\?\?`;
const TOKEN = new RegExp(`${STRING}|${NUMBER}|[A-Za-z_$][\\w$]*|${OPERATOR}|\\S`, "g");

/** The words, numbers and signs of a Solidity or TypeScript text, comments left out. */
export function tokensOf(text: string): string[] {
  return withoutComments(text).match(TOKEN) ?? [];
}
