import { parseAbi, type Address } from "viem";
import { simulateContract, writeContract } from "viem/actions";

import { requireAddress } from "../types/addresses.ts";
import { requireCode } from "./code.ts";
import { typed, type Sent, type WriteClient } from "./contract.ts";
import { asked, nonceOf } from "./pending.ts";

/** What the pool's vault may take of one's tokens. */
export interface Approve {
  readonly pool: { readonly vault: Address };
  readonly token: Address;
  readonly amount: bigint; // token units
}

// Without the answer: some tokens give none.
const ABI = parseAbi(["function approve(address spender, uint256 amount)"]);

/**
 * Lets the pool's vault take up to `amount` of the sender's `token`: `deposit` and `repay` need it.
 *
 * @throws the class of the Solidity error that the token would revert with; BadAddress; NoCode where
 * no token stands
 */
export async function approve(client: WriteClient, args: Approve): Promise<Sent> {
  const request = {
    account: client.account,
    address: args.token,
    abi: ABI,
    functionName: "approve",
    args: [args.pool.vault, args.amount],
  } as const;
  return typed(async () => {
    requireAddress("pool.vault", args.pool.vault);
    requireAddress("token", args.token);
    await requireCode(client, args.token);
    await asked(client, (at) => simulateContract(client, { ...request, ...at }));
    const last = { chain: client.chain ?? null, ...(await nonceOf(client)) };
    return { hash: await writeContract(client, { ...request, ...last }) };
  });
}
