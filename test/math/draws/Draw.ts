import type { Random } from "../../../sdk/sim/random.ts";

/** Something made by chance. */
export type Draw<T> = (random: Random) => T;

/** A draw of arguments for each function of a file. */
export type Draws<File> = {
  [Name in keyof File as File[Name] extends Function_ ? Name : never]: Draw<
    File[Name] extends Function_ ? Parameters<File[Name]> : never
  >;
};

type Function_ = (...args: never[]) => unknown;
type Drawn<Items> = { [Key in keyof Items]: Items[Key] extends Draw<infer T> ? T : never };

/** One draw of each, as a list. */
export function all<Items extends Draw<unknown>[]>(...items: Items): Draw<Drawn<Items>> {
  return (random) => items.map((item) => item(random)) as Drawn<Items>;
}

/** One draw of each, as a struct. */
export function struct<T>(items: { [Key in keyof T]: Draw<T[Key]> }): Draw<T> {
  const entries = Object.entries<Draw<unknown>>(items);
  return (random) => Object.fromEntries(entries.map(([key, item]) => [key, item(random)])) as T;
}

/** One of these draws, each as likely. */
export function either<T>(...draws: Draw<T>[]): Draw<T> {
  return (random) => random.pick(draws)(random);
}

export function pick<T>(...items: T[]): Draw<T> {
  return (random) => random.pick(items);
}

export function list<T>(length: number, item: Draw<T>): Draw<T[]> {
  return (random) => Array.from({ length }, () => item(random));
}

export const coin: Draw<boolean> = (random) => random.integer(2) === 0;

/** Below 2^48: a time, an index. */
export const time: Draw<number> = (random) => random.integer(2 ** random.integer(49));

function bits(random: Random, count: number): bigint {
  let value = 0n;
  for (let i = 0; i < count; i += 32) value = (value << 32n) | BigInt(random.integer(2 ** 32));
  return count === 0 ? 0n : value >> BigInt((32 - (count % 32)) % 32);
}

/** In [0, most], every order of magnitude as likely. */
function magnitude(random: Random, most: bigint): bigint {
  const value = bits(random, random.integer(most.toString(2).length + 1));
  return value > most ? value % (most + 1n) : value;
}

/** In [0, most], every value as likely. */
function evenly(random: Random, most: bigint): bigint {
  return bits(random, most.toString(2).length + 32) % (most + 1n);
}

function inside(random: Random, low: bigint, high: bigint): bigint {
  if (random.integer(4) === 0) return low + evenly(random, high - low);
  if (low >= 0n && random.integer(2) === 0) return low + magnitude(random, high - low);
  if (low >= 0n) return high - magnitude(random, high - low);
  if (high <= 0n || random.integer(2) === 0) return -magnitude(random, -low);
  return magnitude(random, high);
}

/** Now and then exactly a bound, zero or next to nothing, where that lies within. */
function edge(random: Random, low: bigint, high: bigint): bigint {
  const edges = [low, high, low + 1n, high - 1n, 0n, 1n, -1n];
  return random.pick(edges.filter((value) => value >= low && value <= high));
}

/** In [low, high], of every magnitude, one in eight at an edge. */
export function within(low: bigint, high: bigint): Draw<bigint> {
  return (random) =>
    random.integer(8) === 0 ? edge(random, low, high) : inside(random, low, high);
}

/** As `within`, but for one in 32 just outside: there the function must refuse, with its numbers. */
export function checked(low: bigint, high: bigint): Draw<bigint> {
  const draw = within(low, high);
  const outside = [low - 1n, high + 1n, high + 1n, low - high - 2n];
  return (random) => (random.integer(32) === 0 ? random.pick(outside) : draw(random));
}
