/** What an input can be refused for; a program shows `message` and needs no stack. */
export class InputError extends Error {
  override readonly name: string = "InputError";
}

/** A value that is not what its place asks for; `undefined` where there is none. */
export class Invalid extends InputError {
  override readonly name = "Invalid";

  /**
   * @param path where it stands: `books[2].positions[0].amount`
   * @param expected what its place asks for
   */
  constructor(
    readonly path: string,
    readonly value: unknown,
    readonly expected: string,
  ) {
    super(
      value === undefined
        ? `${path}: missing; expected ${expected}`
        : `${path}: expected ${expected}, not ${shown(value)}`,
    );
  }
}

/** A key that means nothing where it stands: likely a slip of the pen. */
export class UnknownKey extends InputError {
  override readonly name = "UnknownKey";
  constructor(
    readonly path: string,
    readonly value: unknown,
  ) {
    super(`${path}: not a known key, its value is ${shown(value)}`);
  }
}

/** A file that is not JSON. Line and column count from 1. */
export class MalformedJson extends InputError {
  override readonly name = "MalformedJson";
  constructor(
    readonly file: string,
    readonly line: number,
    readonly column: number,
    readonly found: string,
  ) {
    super(
      `${file}: malformed JSON at line ${line}, column ${column}: unexpected ` +
        (found === "" ? "end of file" : shown(found)),
    );
  }
}

/** A number of more digits than a JSON number keeps. Line and column count from 1. */
export class NumberTooLong extends InputError {
  override readonly name = "NumberTooLong";
  constructor(
    readonly file: string,
    readonly line: number,
    readonly column: number,
    readonly digits: string,
  ) {
    super(
      `${file}: line ${line}, column ${column}: ${shown(digits).slice(1, -1)} has more digits than a ` +
        `JSON number keeps, and would be read as ${Number(digits)}: write it as a string, in quotes`,
    );
  }
}

/** A file that cannot be opened, or written. */
export class FileRefused extends InputError {
  override readonly name = "FileRefused";
  constructor(
    readonly file: string,
    readonly act: "read" | "written",
    readonly code: string,
  ) {
    super(`${file}: cannot be ${act} (${REASONS[code] ?? code})`);
  }
}

/** What codes of the file system mean. */
export const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  ENOTDIR: "a file stands where a folder should",
  EEXIST: "a file stands where a folder should",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
};

/** A value as an error shows it, at most 60 characters. */
export function shown(value: unknown): string {
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
