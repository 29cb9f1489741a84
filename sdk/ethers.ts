import type { JsonRpcApiProvider, Signer } from "ethers";
import { createClient, custom, getAddress, hexToBigInt, type Address } from "viem";
import type { EIP1193Parameters, RpcTransactionRequest } from "viem";

import { readActions, writeActions, type ReadActions, type WriteActions } from "./actions/bound.ts";
import { requireCode } from "./actions/code.ts";
import type { ReadClient, WriteClient } from "./actions/contract.ts";
import { BallastError } from "./errors/BallastError.ts";

// Only types come from ethers: its code is whatever the caller already has.

/** The actions of an ethers Provider, and the viem client they use. */
export type ProviderActions = ReadActions & { readonly client: ReadClient };

/** The actions of an ethers Signer, and the viem client they use. */
export type SignerActions = ReadActions & WriteActions & { readonly client: WriteClient };

/** An ethers v6 provider that speaks JSON-RPC: JsonRpcProvider, BrowserProvider, Hardhat's. */
export type EthersProvider = Pick<JsonRpcApiProvider, "send">;

/** A signer without a provider, or a provider that sends no JSON-RPC requests. */
export class NoJsonRpc extends BallastError {
  override readonly name = "NoJsonRpc";

  constructor() {
    super("NoJsonRpc: the ethers signer or provider cannot send a JSON-RPC request");
  }
}

/**
 * An ethers v6 Signer in, every action out. What they send, the signer signs; data for an address
 * without code is refused (`NoCode`) before the signer is asked.
 *
 * @throws NoJsonRpc
 */
export async function fromSigner(signer: Signer): Promise<SignerActions> {
  const provider = jsonRpcOf(signer.provider);
  const address = getAddress(await signer.getAddress());
  const request = async ({ method, params }: EIP1193Parameters) => {
    if (method === "eth_accounts") return [address];
    if (method !== "eth_sendTransaction") return provider.send(method, list(params));
    const asked = list(params)[0] as RpcTransactionRequest;
    if (isCall(asked)) await requireCode(client, asked.to);
    return sendThrough(signer, asked);
  };
  const account = { address, type: "json-rpc" } as const;
  const client: WriteClient = createClient({ account, transport: custom({ request }, ONCE) });
  return { client, ...readActions(client), ...writeActions(client) };
}

/**
 * An ethers v6 Provider in, every read out.
 *
 * @throws NoJsonRpc
 */
export function fromProvider(provider: EthersProvider): ProviderActions {
  const node = jsonRpcOf(provider);
  const request = ({ method, params }: EIP1193Parameters) => node.send(method, list(params));
  const client = createClient({ transport: custom({ request }, ONCE) });
  return { client, ...readActions(client) };
}

const ONCE = { retryCount: 0 }; // ethers retries by itself

function jsonRpcOf(provider: object | null): EthersProvider {
  const speaks = provider !== null && "send" in provider && typeof provider.send === "function";
  if (!speaks) throw new NoJsonRpc();
  return provider as EthersProvider;
}

function list(params: unknown): unknown[] {
  return Array.isArray(params) ? params : [];
}

type Call = RpcTransactionRequest & { readonly to: Address };

/** Ether alone may go anywhere; data needs a contract that reads it. */
function isCall(asked: RpcTransactionRequest): asked is Call {
  const { to, data = "0x" } = asked;
  return typeof to === "string" && data !== "0x";
}

async function sendThrough(signer: Signer, asked: RpcTransactionRequest) {
  const { to, data, value, gas } = asked;
  const sent = await signer.sendTransaction({
    to: to ?? null,
    ...(data === undefined ? {} : { data }),
    ...(value === undefined ? {} : { value: hexToBigInt(value) }),
    ...(gas === undefined ? {} : { gasLimit: hexToBigInt(gas) }),
  });
  return sent.hash;
}
