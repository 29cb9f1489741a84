import type { Address, Hex } from "viem";
import { readContract, simulateContract } from "viem/actions";

import { authorityAbi } from "../../sdk/generated/authorityAbi.ts";
import type { ReadClient } from "../../sdk/actions/contract.ts";
import { AccessManagerExpired, AccessManagerNotReady } from "../../sdk/errors/access.ts";
import { AccessManagerNotScheduled, decodeError } from "../../sdk/errors/index.ts";

// A change that has to wait: scheduled with the authority, and executed once it is due. The authority
// forgets what nobody executes within a week.

/** A transaction for another contract, and who is to send it. */
export interface Operation {
  readonly authority: Address;
  readonly sender: Address;
  readonly call: { readonly to: Address; readonly data: Hex };
}

/** Where an operation stands. Free: its sender needs no queue. */
export type AccountHealth =
  | { readonly stage: "free" | "new" | "expired" | "due" }
  | { readonly stage: "queued"; readonly due: number };

/** How far an operation is, and what may be done with it now. */
export async function accountHealthOf(
  client: ReadClient,
  operation: Operation,
): Promise<AccountHealth> {
  const { authority, sender, call } = operation;
  const [free, delay] = await readContract(client, {
    ...{ address: authority, abi: authorityAbi, functionName: "canCall" },
    args: [sender, call.to, call.data.slice(0, 10) as Hex],
  });
  if (free || delay === 0) return { stage: "free" };
  const error = await refusalOf(client, operation);
  if (error instanceof AccessManagerNotScheduled) return { stage: "new" };
  if (error instanceof AccessManagerExpired) return { stage: "expired" };
  if (error instanceof AccessManagerNotReady)
    return { stage: "queued", due: await dueOf(client, operation) };
  if (error === undefined) return { stage: "due" };
  throw error;
}

/** When an operation that is scheduled may be executed, Unix seconds. */
export async function dueOf(client: ReadClient, { authority, sender, call }: Operation) {
  const at = { address: authority, abi: authorityAbi } as const;
  const args = [sender, call.to, call.data] as const;
  const id = await readContract(client, { ...at, functionName: "hashOperation", args });
  return readContract(client, { ...at, functionName: "getSchedule", args: [id] });
}

/** Why an operation cannot be executed now. */
async function refusalOf(client: ReadClient, { authority, sender, call }: Operation) {
  try {
    await simulateContract(client as never, {
      ...{ address: authority, abi: authorityAbi, functionName: "execute", account: sender },
      args: [call.to, call.data],
    });
    return undefined;
  } catch (error) {
    return decodeError(error);
  }
}
