import { readJson, writeJson } from "../../sdk/files/json.ts";
import { readMarginParams } from "../../sdk/files/params.ts";
import { explain } from "../../sdk/book/explain.ts";
import { marginJson } from "../../sdk/book/json.ts";
import { parseBooks } from "../../sdk/book/parse.ts";
import { marginText } from "./text.ts";

export interface MarginOptions {
  readonly book: string; // JSON file of a book, or of an array of books
  readonly params: string; // JSON file of the pool's parameters
  readonly json?: string | undefined; // where to write the answer
}

/**
 * What would these books need? Writes the JSON answer if asked, an array if the books were one.
 *
 * @returns the answer as text
 * @throws InputError for anything wrong with a file
 */
export function marginOfFile({ book, params, json }: MarginOptions): string {
  const input = readJson(book);
  const pool = readMarginParams(params);
  const answers = parseBooks(input).map((one) => explain(one, pool));
  const written = answers.map(marginJson);
  if (json !== undefined) writeJson(json, Array.isArray(input) ? written : written[0]);
  return answers.map(marginText).join("\n\n");
}
