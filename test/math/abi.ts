import type { AbiParameter } from "viem";

// A small ABI encoder for what math speaks: words, structs, fixed and dynamic arrays. viem's does
// more and takes ten times as long; abi.test.ts compares the two.

/** How one type is written. `words` is its length in the head: one for what stands in the tail. */
interface Encoder {
  readonly isDynamic: boolean;
  readonly words: number;
  encode(value: unknown): string;
}

const WORD = 1n << 256n;

/** A number, bigint or boolean as 64 hexadecimal digits; negative as two's complement. */
export function word(value: unknown): string {
  const number = BigInt(value as bigint | number | boolean);
  return (number < 0n ? number + WORD : number).toString(16).padStart(64, "0");
}

function sequence(encoders: Encoder[], values: unknown[]): string {
  let offset = encoders.reduce((sum, { words }) => sum + 32 * words, 0);
  let head = "";
  let tail = "";
  for (const [i, encoder] of encoders.entries()) {
    const text = encoder.encode(values[i]);
    if (!encoder.isDynamic) {
      head += text;
      continue;
    }
    head += word(offset);
    tail += text;
    offset += text.length / 2;
  }
  return head + tail;
}

/** A list of known length: a struct, or the arguments of a call. */
function listEncoder(encoders: Encoder[], valuesOf: (value: unknown) => unknown[]): Encoder {
  const isDynamic = encoders.some((encoder) => encoder.isDynamic);
  const words = encoders.reduce((sum, encoder) => sum + encoder.words, 0);
  const encode = (value: unknown) => sequence(encoders, valuesOf(value));
  return { isDynamic, words: isDynamic ? 1 : words, encode };
}

function arrayEncoder(item: Encoder): Encoder {
  const encode = (value: unknown) => {
    const items = value as unknown[];
    return word(items.length) + sequence(new Array<Encoder>(items.length).fill(item), items);
  };
  return { isDynamic: true, words: 1, encode };
}

type Struct = Record<string, unknown>;

function encoderOf(parameter: AbiParameter): Encoder {
  const [, inner, length] = /^(.*)\[(\d*)\]$/.exec(parameter.type) ?? [];
  if (inner !== undefined) {
    const item = encoderOf({ ...parameter, type: inner });
    if (length === "") return arrayEncoder(item);
    return listEncoder(
      new Array<Encoder>(Number(length)).fill(item),
      (value) => value as unknown[],
    );
  }
  if (!("components" in parameter)) return { isDynamic: false, words: 1, encode: word };
  const names = parameter.components.map(({ name }) => name!);
  return listEncoder(parameter.components.map(encoderOf), (value) =>
    names.map((name) => (value as Struct)[name]),
  );
}

/** Writes values of these types one after the other, without a leading 0x. */
export function encoderFor(parameters: readonly AbiParameter[]): (values: unknown[]) => string {
  return listEncoder(parameters.map(encoderOf), (values) => values as unknown[]).encode;
}

const padded = (bytes: string) => bytes + "0".repeat((64 - (bytes.length % 64)) % 64);

/** `bytes[]` as the only argument or result of a call. */
export function encodeBytesList(list: string[]): string {
  let offset = 32 * list.length;
  let head = "";
  let tail = "";
  for (const bytes of list) {
    const text = word(bytes.length / 2) + padded(bytes);
    head += word(offset);
    tail += text;
    offset += text.length / 2;
  }
  return word(32) + word(list.length) + head + tail;
}

/** What `encodeBytesList` wrote. */
export function decodeBytesList(text: string): string[] {
  const number = (at: number) => parseInt(text.slice(at, at + 64), 16);
  const items = 128;
  return Array.from({ length: number(64) }, (_, i) => {
    const at = items + 2 * number(items + 64 * i);
    return text.slice(at + 64, at + 64 + 2 * number(at));
  });
}
