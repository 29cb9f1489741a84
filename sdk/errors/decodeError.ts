import { decodeErrorResult, isHex, parseAbi, type Abi, type Hex } from "viem";

import * as access from "./access.ts";
import { BallastError } from "./BallastError.ts";
import { evidenceIn, type Evidence } from "./evidence.ts";
import {
  InsufficientFunds,
  LongRevert,
  OutOfGas,
  Panic,
  Reverted,
  SilentRevert,
  UnknownRevert,
} from "./evm.ts";
import { OutOfBounds } from "./OutOfBounds.ts";
import * as oracles from "./oracles.ts";
import * as pool from "./pool.ts";
import * as token from "./token.ts";
import { dataIn, panicIn, reasonIn, saysNoFunds, saysOutOfGas, saysReverted } from "./words.ts";

type AbiError = Extract<Abi[number], { type: "error" }>;
type Constructor = { readonly signature: string; new (...values: never[]): BallastError };

const DECLARED: readonly Constructor[] = [
  ...Object.values(pool),
  ...Object.values(access),
  ...Object.values(oracles),
  ...Object.values(token),
  OutOfBounds,
];
const ABI = parseAbi(DECLARED.map(({ signature }) => `error ${signature}`)) as readonly AbiError[];
const BY_TITLE = new Map(
  [...DECLARED, Reverted, Panic].map((of) => [of.signature.split("(")[0], of as Constructor]),
);

/**
 * The typed error behind whatever was thrown: a viem error, an ethers error, a node's answer, or revert
 * data itself, wherever a node or a wallet put it, and if only in its words. Revert data of no known
 * error is an `UnknownRevert`, none at all a `SilentRevert`; a node that speaks of gas or of the sender's
 * ether is heard (`OutOfGas`, `InsufficientFunds`). What is no refusal (a node that does not answer, a
 * wallet that refuses) is returned as it is. The original is its `cause`.
 */
export function decodeError(thrown: unknown): Error {
  if (thrown instanceof BallastError) return thrown;
  const evidence = evidenceIn(thrown);
  if (evidence.typed !== undefined) return evidence.typed;
  const error = fromData(evidence) ?? fromWords(evidence) ?? fromSilence(evidence);
  if (error === undefined) return thrown instanceof Error ? thrown : new Error(String(thrown));
  if (typeof thrown !== "string") error.cause = thrown;
  return error;
}

/** By revert data: of a known error, or else the longest. */
function fromData({ data, words }: Evidence): BallastError | undefined {
  const told = words.map(dataIn).filter((found) => found !== undefined);
  const errors = [...data, ...told].filter(({ length }) => length >= 10).map(errorOf);
  const known = errors.find((error) => !(error instanceof UnknownRevert));
  return known ?? (errors as UnknownRevert[]).reduce<UnknownRevert | undefined>(longer, undefined);
}

/** By what a node says of it. */
function fromWords({ words }: Evidence): BallastError | undefined {
  for (const read of READERS) {
    for (const one of words) {
      const error = read(one);
      if (error !== undefined) return error;
    }
  }
  return undefined;
}

type Reader = (words: string) => BallastError | undefined;

const READERS: readonly Reader[] = [
  namedIn,
  (words) => made(panicIn(words), Panic),
  (words) => (saysOutOfGas(words) && !saysNoFunds(words) ? new OutOfGas(words) : undefined),
  (words) => made(reasonIn(words), Reverted),
  (words) => (saysNoFunds(words) ? new InsufficientFunds(words) : undefined),
];

/** A revert that says nothing. */
function fromSilence({ data, words }: Evidence): BallastError | undefined {
  const silent = data.includes("0x") || words.some(saysReverted);
  return silent ? new SilentRevert() : undefined;
}

const LONG = 2 + 2 * 4_096; // digits: the longest of our own, with a text in it, is far shorter

function errorOf(data: Hex): BallastError {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: ABI, data });
    return new (BY_TITLE.get(errorName)!)(...(args as never[]));
  } catch {
    return data.length > LONG ? new LongRevert(data) : new UnknownRevert(data);
  }
}

function longer(best: UnknownRevert | undefined, other: UnknownRevert): UnknownRevert {
  return best !== undefined && best.data.length >= other.data.length ? best : other;
}

function made<T>(argument: T | undefined, Class: new (argument: T) => BallastError) {
  return argument === undefined ? undefined : new Class(argument);
}

const NAMED = /\b([A-Z]\w+)\(([^()]*)\)/g; // MarginTooLow("0x01", 5, 7, 0)

/** A known error that a node decoded itself. */
function namedIn(words: string): BallastError | undefined {
  for (const [, title, inside] of words.matchAll(NAMED)) {
    const inputs = ABI.find(({ name }) => name === title)?.inputs;
    const texts = inside === "" ? [] : inside!.split(/,\s*/);
    if (inputs === undefined || inputs.length !== texts.length) continue;
    const args = inputs.map(({ type }, i) => valueOf(type, texts[i]!));
    if (!args.includes(undefined)) return new (BY_TITLE.get(title!)!)(...(args as never[]));
  }
  return undefined;
}

function valueOf(type: string, text: string): unknown {
  const plain = text.replace(/^(?:\w+\s*[:=]\s*)?["']?(.*?)["']?$/, "$1");
  if (!/^u?int/.test(type))
    return /^(?:address|bytes)/.test(type) === isHex(plain) ? plain : undefined;
  if (!/^-?\d+$/.test(plain)) return undefined;
  return Number(/\d+/.exec(type)![0]) <= 48 ? Number(plain) : BigInt(plain);
}
