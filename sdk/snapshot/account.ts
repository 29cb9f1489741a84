import type { Address } from "viem";

import type { AccountId } from "../types/Ids.ts";
import type { AccountView } from "./lensView.ts";
import { millionthsToWad, PART, partsToWad } from "./wads.ts";
import type { Account, Gains, Holding, Part, Phase, Position, Sponsorship } from "./Snapshot.ts";

const ASSET_BITS = 16n;
const ASSET_MASK = 0xffffn;

/** The derivatives of an account, and what a snapshot keeps beside it. */
export interface BookView {
  readonly positions: readonly Position[];
  readonly gains: Gains;
  readonly counter: bigint;
  readonly parts: readonly Part[];
}

/** An account as the Lens shows it, with its name. */
export function accountEntry(view: AccountView): readonly [AccountId, Account] {
  const positions = view.positions.map(({ size, entry, shared }) => ({
    ...{ instrument: shared.instrument, size, entry },
  }));
  return [view.id, accountFrom(view.account, { ...view, positions })];
}

/** An account as the contracts pack it. */
export function accountFrom(
  { gained: _, owes: __, ...account }: AccountView["account"],
  { positions, gains, counter, parts }: BookView,
): Account {
  return {
    ...account,
    phase: account.phase as Phase,
    finder: account.finder.toLowerCase() as Address,
    scarce: account.scarce * PART,
    holdings: holdingsFrom(account.holdings),
    call: { ...account.call, unbookedLoss: millionthsToWad(account.call.unbookedLoss) },
    sponsorship: sponsorshipFrom(account.sponsorship),
    ...{ positions, gains, counter, parts },
  };
}

function sponsorshipFrom({
  sponsor,
  fee,
  owed,
}: AccountView["account"]["sponsorship"]): Sponsorship {
  return {
    sponsor: sponsor.toLowerCase() as Address,
    fee: partsToWad(fee),
    owed: millionthsToWad(owed),
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
