/**
 * Seeded pseudo-random numbers, so that a run can be repeated from one integer.
 *
 * Generator: sfc32 (Small Fast Counter, 32 bits) by Chris Doty-Humphrey, from PractRand
 * (https://pracrand.sourceforge.net). Seeding: splitmix32, the 32-bit finaliser of MurmurHash3
 * (Austin Appleby) over a Weyl sequence. Normals: the polar method of G. Marsaglia and T. A. Bray,
 * "A convenient method for generating normal variables", SIAM Review 6 (1964).
 *
 * Not for secrets. Only integer arithmetic, `Math.sqrt` and `Math.log` are used, so one JavaScript
 * engine gives one sequence on every machine.
 */

const GOLDEN = 0x9e3779b9;
const WARM_UP = 12;

/** A stream of draws. Equal seeds give equal streams. */
export interface Random {
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A standard normal: mean 0, variance 1. */
  normal(): number;
  /** An integer in [0, count). `count` is a positive integer of at most 2^53. */
  integer(count: number): number;
  /** One of the items, each as likely. Throws `NothingToPick` on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** The items in a random order (Fisher-Yates); the list given is left as it was. */
  shuffle<T>(items: readonly T[]): T[];
}

/** `pick` was given an empty list. */
export class NothingToPick extends Error {
  override readonly name = "NothingToPick";
  constructor() {
    super("cannot pick from an empty list");
  }
}

/** A seed that is not a safe integer. */
export class SeedNotInteger extends Error {
  override readonly name = "SeedNotInteger";
  constructor(readonly seed: number) {
    super(`a seed is an integer between -2^53 and 2^53, not ${seed}`);
  }
}

/**
 * Starts a stream.
 *
 * @param seed any safe integer
 * @throws SeedNotInteger
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new SeedNotInteger(seed);
  const next = sfc32(seed);
  const uniform = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  const integer = (count: number) => Math.floor(uniform() * count);
  return { uniform, normal: polar(uniform), integer, ...choices(integer) };
}

/**
 * A seed for a stream of its own, made from a seed and a name, so that two symbols of one tape
 * draw independent numbers whatever else the tape holds. Two FNV-1a hashes, 52 bits.
 */
export function seedFor(seed: number, name: string): number {
  return fnv1a(`${name}/${seed}`) * 2 ** 20 + (fnv1a(`${seed}/${name}`) >>> 12);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

function sfc32(seed: number): () => number {
  const mix = splitmix32(seed);
  let [a, b, c, counter] = [mix(), mix(), mix(), 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < WARM_UP; i++) next();
  return next;
}

function splitmix32(seed: number): () => number {
  let state = (seed ^ Math.imul(Math.floor(seed / 2 ** 32), GOLDEN)) | 0;
  return () => {
    state = (state + GOLDEN) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
}

function polar(uniform: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const { x, y, square } = insideCircle(uniform);
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    spare = y * scale;
    return x * scale;
  };
}

function insideCircle(uniform: () => number): { x: number; y: number; square: number } {
  for (;;) {
    const x = 2 * uniform() - 1;
    const y = 2 * uniform() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return { x, y, square };
  }
}

function choices(integer: (count: number) => number): Pick<Random, "pick" | "shuffle"> {
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new NothingToPick();
    return items[integer(items.length)]!;
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last--) {
      const other = integer(last + 1);
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    return order;
  };
  return { pick, shuffle };
}
