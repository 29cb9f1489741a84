import { accountFrom } from "../snapshot/account.ts";
import type { Account } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";
import { getPositions } from "./getPositions.ts";

/** What an account holds and where it stands, as stored in the latest block. */
export async function getAccount(
  client: ReadClient,
  args: { readonly pool: PoolAddress; readonly account: AccountId },
): Promise<Account> {
  const { pool, account } = args;
  const [view, book, counter, parts] = await Promise.all([
    read(client, pool, "accountOf", [account]),
    getPositions(client, args),
    read(client, pool, "counterOf", [account]),
    read(client, pool, "partsOf", [account]),
  ]);
  return accountFrom(view, { ...book, counter, parts });
}
