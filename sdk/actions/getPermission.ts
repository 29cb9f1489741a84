import type { Address } from "viem";

import type { AccountId } from "../types/Ids.ts";
import { read, type PoolAddress, type ReadClient } from "./contract.ts";

/** What an owner lets an operator do. */
export interface Permission {
  readonly scopes: number; // of `scopes`, joined with `|`
  readonly expiry: number; // seconds since 1970
  readonly lossLimit: bigint; // of a day's trades against the mark, cash millionths
  readonly lost: bigint; // on `day`, cash millionths
  readonly day: number; // since 1970, of its last loss
}

/** What an account lets an operator do, as stored in the latest block; expired or not. */
export async function getPermission(
  client: ReadClient,
  args: { readonly pool: PoolAddress; readonly account: AccountId; readonly operator: Address },
): Promise<Permission> {
  return read(client, args.pool, "permissionOf", [args.account, args.operator]);
}
