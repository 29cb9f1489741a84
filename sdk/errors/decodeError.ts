import { decodeErrorResult, isHex, parseAbi, type Hex } from "viem";

import * as access from "./access.ts";
import { BallastError } from "./BallastError.ts";
import { Panic, Reverted, UnknownRevert } from "./evm.ts";
import { OutOfBounds } from "./OutOfBounds.ts";
import * as oracles from "./oracles.ts";
import * as pool from "./pool.ts";
import * as token from "./token.ts";

type Constructor = { readonly signature: string; new (...values: never[]): BallastError };

const DECLARED: readonly Constructor[] = [
  ...Object.values(pool),
  ...Object.values(access),
  ...Object.values(oracles),
  ...Object.values(token),
  OutOfBounds,
];
const ABI = parseAbi(DECLARED.map(({ signature }) => `error ${signature}`));
const BY_TITLE = new Map(
  [...DECLARED, Reverted, Panic].map((of) => [of.signature.split("(")[0], of as Constructor]),
);

/**
 * The typed error behind whatever was thrown: a viem error, an ethers error, or revert data itself.
 * Revert data of no known error is an `UnknownRevert`. What is no revert (a node that does not answer,
 * a wallet that refuses) is returned as it is. The original is its `cause`.
 */
export function decodeError(thrown: unknown): Error {
  if (thrown instanceof BallastError) return thrown;
  const data = revertDataOf(thrown);
  if (data === undefined) return thrown instanceof Error ? thrown : new Error(String(thrown));
  const error = errorOf(data);
  if (thrown !== data) error.cause = thrown;
  return error;
}

function errorOf(data: Hex): BallastError {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: ABI, data });
    return new (BY_TITLE.get(errorName)!)(...(args as never[]));
  } catch {
    return new UnknownRevert(data);
  }
}

/** Where clients put what they wrap. */
const WRAPPERS = ["raw", "data", "cause", "error", "info"] as const;

/** The longest revert data in what was thrown: `0x` where nothing better is found. */
function revertDataOf(thrown: unknown, seen = new Set<unknown>()): Hex | undefined {
  if (isHex(thrown) && thrown.length % 2 === 0) return thrown;
  if (typeof thrown !== "object" || thrown === null || seen.has(thrown)) return undefined;
  seen.add(thrown);
  const inside = thrown as Record<string, unknown>;
  const found = WRAPPERS.map((key) => revertDataOf(inside[key], seen));
  return found.reduce((best, data) => ((data?.length ?? 0) > (best?.length ?? 0) ? data : best));
}
