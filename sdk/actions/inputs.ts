import type { AbiParameter } from "viem";

import { requireAddress, requireWord } from "../types/addresses.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * Throws unless every address and every word among a call's arguments is one.
 *
 * @throws BadAddress, BadWord with the path of it
 */
export function requireInputs(inputs: readonly AbiParameter[], args: readonly unknown[]): void {
  inputs.forEach((input, i) => requireInput(input.name ?? String(i), input, args[i]));
}

function requireInput(path: string, input: AbiParameter, value: unknown): void {
  const list = /^(.*)\[\d*\]$/.exec(input.type);
  if (list !== null) return requireEach(path, { ...input, type: list[1]! }, value);
  if (input.type === "tuple") return requireMembers(path, input, value as Members);
  if (input.type === "address") requireAddress(path, value);
  if (input.type === "bytes32") requireWord(path, value);
}

function requireEach(path: string, input: AbiParameter, list: unknown): void {
  if (!Array.isArray(list)) return; // viem says so
  list.forEach((value, i) => requireInput(`${path}[${i}]`, input, value));
}

function requireMembers(path: string, input: AbiParameter, value: Members): void {
  const { components } = input as { components: readonly AbiParameter[] };
  for (const member of components) {
    const name = member.name!;
    requireInput(`${path}.${name}`, member, value[name]);
  }
}
