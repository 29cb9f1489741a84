import { getTransactionCount } from "viem/actions";

import { BallastError } from "../errors/BallastError.ts";
import { decodeError } from "../errors/decodeError.ts";
import type { ReadClient, WriteClient } from "./clients.ts";

/** Where to ask; at the client's own block if nothing is said. */
export interface At {
  readonly blockTag?: "latest";
}

const without = new WeakSet<ReadClient>(); // clients whose node has no pending block

/**
 * Asks at the pending block if that is what the client wants, and at the latest where the node has
 * no pending one.
 */
export async function asked<T>(client: ReadClient, ask: (at: At) => Promise<T>): Promise<T> {
  if (client.experimental_blockTag !== "pending") return ask({});
  if (without.has(client)) return ask({ blockTag: "latest" });
  try {
    return await ask({});
  } catch (thrown) {
    if (decodeError(thrown) instanceof BallastError) throw thrown;
    const answer = await ask({ blockTag: "latest" });
    without.add(client);
    return answer;
  }
}

/** The next nonce of a client that signs by itself; others, and nonce managers, find their own. */
export async function nonceOf(client: WriteClient): Promise<{ readonly nonce?: number }> {
  const { account } = client;
  if (account.type !== "local" || account.nonceManager !== undefined) return {};
  const { address } = account;
  const nonce = await getTransactionCount(client, { address, blockTag: "pending" }).catch(() =>
    getTransactionCount(client, { address, blockTag: "latest" }),
  );
  return { nonce };
}
