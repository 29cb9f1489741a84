import type { Margin } from "../../types/Portfolio.ts";
import type { AccountId } from "../../types/Ids.ts";
import type { Random } from "../random.ts";
import { endow, type LocalChain } from "./LocalChain.ts";
import type { Owner } from "./open.ts";

const WAD = 10n ** 18n;
const WORRY = (115n * WAD) / 100n; // health at which an owner starts to look
const COMFORT = (130n * WAD) / 100n; // health it pays up to
const LEAST = 50; // USD: less is not worth the gas

/** What is left of each owner's reserve outside the pool, USD. */
export type Reserves = Map<AccountId, number>;

/** What one owner would pay in now, USD; zero for nothing. Consumes one draw. */
export function topUpOf(owner: Owner, margin: Margin, reserves: Reserves, random: Random): number {
  const looks = random.uniform() < owner.trader.attention;
  if (!looks || margin.equity * WAD >= margin.maintenance * WORRY) return 0;
  const wanted = Number((margin.maintenance * COMFORT) / WAD - margin.equity) / 1e18;
  const paid = Math.min(wanted, reserves.get(owner.id)!);
  return paid < LEAST ? 0 : Math.ceil(paid);
}

/** Owners who look, and still have something, top up in cash. */
export async function react(
  chain: LocalChain,
  {
    owners,
    margins,
    reserves,
    random,
    time,
    cash,
  }: {
    owners: readonly Owner[];
    margins: ReadonlyMap<AccountId, Margin>;
    reserves: Reserves;
    random: Random;
    time: number;
    cash: string;
  },
): Promise<void> {
  const unit = 10n ** BigInt(chain.params.listings[cash]!.decimals);
  for (const owner of owners) {
    const paid = topUpOf(owner, margins.get(owner.id)!, reserves, random);
    if (paid === 0) continue;
    reserves.set(owner.id, reserves.get(owner.id)! - paid);
    await endow(chain, owner.id, {
      symbol: cash,
      amount: BigInt(paid) * unit,
      by: owner.address,
      time,
    });
  }
}
