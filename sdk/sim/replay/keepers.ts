import type { Address } from "viem";

import { getSnapshot } from "../../snapshot/getSnapshot.ts";
import { standingOf, quote } from "../../state/index.ts";
import { accountId, type AccountId } from "../../types/Ids.ts";
import { endow, verb, type LocalChain } from "./LocalChain.ts";

const WAD = 10n ** 18n;
const CAPITAL = 5_000_000; // USD each keeper starts with

export interface Keeper {
  readonly id: AccountId;
  readonly address: Address;
}

export async function hireKeepers(
  chain: LocalChain,
  addresses: readonly Address[],
  cash: string,
  time: number,
): Promise<Keeper[]> {
  const unit = 10n ** BigInt(chain.params.listings[cash]!.decimals);
  const keepers = addresses.map((address) => ({ address, id: accountId(address) }));
  for (const { id, address } of keepers) {
    await endow(chain, id, { symbol: cash, amount: BigInt(CAPITAL) * unit, by: address, time });
  }
  return keepers;
}

export async function keep(
  chain: LocalChain,
  keepers: readonly Keeper[],
  { accounts, time }: { accounts: readonly AccountId[]; time: number; prices: unknown; cash: string },
): Promise<void> {
  const keeper = keepers[0]!;
  const snapshot = await getSnapshot(chain.client, { pool: chain.pool, accounts });
  for (const id of accounts) {
    const a = snapshot.accounts[id]!;
    if (a.principal >= 0n && a.phase === 0) continue;
    const standing = standingOf(snapshot, id, time);
    if (a.phase === 0 && standing.health >= WAD) continue;
    if (!/^0x0{40}/.test(id)) await verb(chain, "call", [id], keeper.address, time);
  }
  const again = await getSnapshot(chain.client, { pool: chain.pool, accounts });
  for (const id of accounts) {
    if (again.accounts[id]!.phase !== 2) continue;
    const slice = quote(again, id, WAD, time);
    const worth = (slice.fraction * slice.equity) / WAD - slice.price;
    if (worth < 20n * WAD) continue;
    const offer = {
      ...{ account: id, receiver: keeper.id, fraction: WAD, smallest: 0n },
      ...{ maxPrice: slice.price + WAD, minHealth: -100n * WAD, maxHealth: 100n * WAD },
    };
    await verb(chain, "bid", [offer], keeper.address, time);
  }
}
