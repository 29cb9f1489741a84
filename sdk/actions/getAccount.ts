import { accountFrom } from "../snapshot/account.ts";
import type { Account } from "../snapshot/Snapshot.ts";
import type { AccountId } from "../types/Ids.ts";
import { read, type Door, type ReadClient } from "./door.ts";

/** What an account holds and where it stands, as stored in the latest block. */
export async function getAccount(
  client: ReadClient,
  { pool, account }: { readonly pool: Door; readonly account: AccountId },
): Promise<Account> {
  return accountFrom(await read(client, pool, "accountOf", [account]));
}
