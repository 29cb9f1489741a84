import type { AccountId } from "../types/Ids.ts";
import type { AccountView } from "./lensView.ts";
import type { Account, Holding, Phase } from "./Snapshot.ts";

const ASSET_BITS = 16n;
const ASSET_MASK = 0xffffn;

/** An account as the Lens shows it, with its name. */
export function accountEntry({ id, account }: AccountView): readonly [AccountId, Account] {
  return [id, accountFrom(account)];
}

/** An account as the contracts pack it. */
export function accountFrom(account: AccountView["account"]): Account {
  return {
    ...account,
    phase: account.phase as Phase,
    holdings: holdingsFrom(account.holdings),
  };
}

/** The packed slots up to the first empty one. */
export function holdingsFrom(slots: readonly bigint[]): Holding[] {
  const end = slots.findIndex((slot) => (slot & ASSET_MASK) === 0n);
  return slots.slice(0, end === -1 ? slots.length : end).map(unpacked);
}

function unpacked(slot: bigint): Holding {
  return { asset: Number(slot & ASSET_MASK), amount: slot >> ASSET_BITS };
}
