import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { whole } from "./csv.ts";
import { UnreadableTape } from "./errors.ts";
import { parseTape, type ParseOptions } from "./parse.ts";
import type { Tape } from "./Tape.ts";

/** A file unpacked is at most this large; more is no price history but a trap. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Loads a price history from a CSV file, plain or gzipped (told by its first bytes).
 * What it reads and how: see `parseTape`.
 *
 * @throws UnreadableTape the file cannot be opened
 * @throws MalformedTape with the line and column; also for a broken gzip
 * @throws EmptyTape, MalformedWindow, UnknownSymbol, AmbiguousSymbol, UnnamedMarket
 */
export function load(file: string, options: ParseOptions = {}): Tape {
  return parseTape(file, textOf(file), options);
}

/**
 * The text of a file in UTF-8, plain or gzipped.
 *
 * @throws UnreadableTape, MalformedTape for a broken gzip or another encoding
 */
export function textOf(file: string): string {
  const bytes = read(file);
  const plain = isGzip(bytes) ? unpack(file, bytes) : bytes;
  if (plain.length > MOST_BYTES) throw whole(file, `larger than ${MOST_BYTES} bytes`);
  if (isWide(plain)) throw whole(file, "not a text file in UTF-8 but in UTF-16; save it in UTF-8");
  return plain.toString("utf8");
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UnreadableTape(file, codeOf(error));
  }
}

function unpack(file: string, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw whole(file, `broken gzip (${codeOf(error)})`);
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** UTF-16, with its mark or without: every other byte of an ASCII header is then zero. */
function isWide(bytes: Buffer): boolean {
  const [first, second] = [bytes[0], bytes[1]];
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return bytes.length > 3 && [0, 1].some((at) => bytes[at] === 0 && bytes[at + 2] === 0);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
