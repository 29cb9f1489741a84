import type {
  AbiFunction,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  Hash,
  Hex,
} from "viem";
import { encodeFunctionData } from "viem";
import { estimateContractGas, readContract, simulateContract, writeContract } from "viem/actions";

import { clearinghouseAbi } from "../generated/clearinghouseAbi.ts";
import { decodeError } from "../errors/decodeError.ts";
import { requireAddress } from "../types/addresses.ts";
import { requireCode } from "./code.ts";
import { requireInputs } from "./inputs.ts";
import type { PoolAddress, ReadClient, WriteClient } from "./clients.ts";
import { asked, nonceOf } from "./pending.ts";

export type { PoolAddress, ReadClient, WriteClient } from "./clients.ts";

type ClearinghouseAbi = typeof clearinghouseAbi;
type View = ContractFunctionName<ClearinghouseAbi, "view">;

/** A function of the clearinghouse that changes something. */
export type Verb = ContractFunctionName<ClearinghouseAbi, "nonpayable">;

/** What a verb returns. */
export type ResultOf<V extends Verb> = ContractFunctionReturnType<
  ClearinghouseAbi,
  "nonpayable",
  V
>;

/** One verb with its arguments: to be simulated, or put into a `batch`. */
export interface ContractCall<V extends Verb = Verb> {
  readonly pool: PoolAddress;
  readonly verb: V;
  readonly args: ContractFunctionArgs<ClearinghouseAbi, "nonpayable", V>;
}

/** A transaction on its way. */
export interface Sent {
  readonly hash: Hash;
}

/** An act's data, as the clearinghouse reads it. @throws BadAddress, BadWord */
export function encode({ verb, args }: ContractCall): Hex {
  requireArguments(verb, args);
  return encodeFunctionData({ abi: clearinghouseAbi, functionName: verb, args } as never);
}

/**
 * What an act would return now. Nothing is sent and nothing is paid.
 *
 * @throws the class of the Solidity error that the act would revert with; BadAddress, BadWord; NoCode
 * where no pool stands
 */
export async function simulate<V extends Verb>(
  client: WriteClient,
  act: ContractCall<V>,
): Promise<ResultOf<V>> {
  return typed(async () => {
    const request = requestOf(client, act);
    await requireCode(client, act.pool.clearinghouse);
    const { result } = await asked(client, (at) =>
      simulateContract(client, { ...request, ...at } as never),
    );
    return result as ResultOf<V>;
  });
}

/**
 * Simulates an act, then sends it. `result` is what the simulation returned: the transaction itself
 * may fare otherwise, should the pool move before it.
 *
 * @throws what `simulate` throws, before anything is paid
 */
export async function send<V extends Verb>(
  client: WriteClient,
  act: ContractCall<V>,
): Promise<Sent & { readonly result: ResultOf<V> }> {
  const result = await simulate(client, act);
  const hash = await typed(async () => {
    const request = requestOf(client, act);
    const gas = await asked(client, (at) =>
      estimateContractGas(client, { ...request, ...at } as never),
    );
    const nonce = await nonceOf(client);
    // A quarter more: what is read may have moved by a slot or a round when the act is mined.
    return writeContract(client, { ...request, ...nonce, gas: gas + gas / 4n } as never);
  });
  return { hash, result };
}

/** Reads the clearinghouse. @throws the class of the Solidity error that the read reverts with; BadAddress, BadWord */
export async function read<V extends View>(
  client: ReadClient,
  pool: PoolAddress,
  functionName: V,
  args: ContractFunctionArgs<ClearinghouseAbi, "view", V>,
): Promise<ContractFunctionReturnType<ClearinghouseAbi, "view", V>> {
  const request = { address: pool.clearinghouse, abi: clearinghouseAbi, functionName, args };
  return typed(() => {
    requirePool(pool);
    requireArguments(functionName, args);
    return asked(client, (at) => readContract(client, { ...request, ...at } as never));
  }) as never;
}

/** Runs `ask` and turns what it throws into the typed error behind it. */
export async function typed<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    throw decodeError(thrown);
  }
}

function requestOf(client: WriteClient, { pool, verb, args }: ContractCall) {
  requirePool(pool);
  requireArguments(verb, args);
  const from = { account: client.account, chain: client.chain ?? null };
  const to = { address: pool.clearinghouse, abi: clearinghouseAbi };
  return { ...from, ...to, functionName: verb, args };
}

function requirePool(pool: PoolAddress): void {
  requireAddress("pool.clearinghouse", pool.clearinghouse);
}

function requireArguments(name: Verb | View, args: unknown): void {
  const found = clearinghouseAbi.find((item) => item.type === "function" && item.name === name);
  requireInputs((found as AbiFunction).inputs, args as readonly unknown[]);
}
