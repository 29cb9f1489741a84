import { isAddress, type Address, type Hex } from "viem";

import { BadAddress, BadWord } from "../errors/inputs.ts";

const FORM = /^0x[0-9a-fA-F]{40}$/;
const WORD = /^0x[0-9a-fA-F]{64}$/;

/**
 * What is wrong with an address, if anything. In mixed case it has to bear its checksum (EIP-55): one
 * digit that was changed by mistake is seen then.
 */
export function flawOf(value: unknown): string | undefined {
  if (typeof value !== "string" || !FORM.test(value)) return "not 0x and 40 hex digits";
  return isAddress(value) ? undefined : "whose checksum is wrong: a digit may be";
}

/** @throws BadAddress */
export function requireAddress(path: string, value: unknown): asserts value is Address {
  const flaw = flawOf(value);
  if (flaw !== undefined) throw new BadAddress(path, value, flaw);
}

/** @throws BadWord */
export function requireWord(path: string, value: unknown): asserts value is Hex {
  if (typeof value !== "string" || !WORD.test(value)) throw new BadWord(path, value);
}
