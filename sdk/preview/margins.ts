import { healthOf } from "../math/MarginMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { marginOf } from "../logic/margin.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Margin } from "../types/Portfolio.ts";

/** Equity, both requirements, and health = equity ÷ maintenance. USD and wads. */
export interface AccountMargin extends Margin {
  readonly health: bigint;
}

/** By account. */
export type Margins = Readonly<Record<AccountId, AccountMargin>>;

/** Where an account stands at a time. @throws AccountNotInSnapshot */
export function accountMarginOf(s: Snapshot, id: AccountId, timestamp: number): AccountMargin {
  const margin = marginOf(s, id, timestamp);
  return { ...margin, health: healthOf(margin.equity, margin.maintenance) };
}

/** The same of several accounts. */
export function marginsOf(s: Snapshot, ids: readonly AccountId[], timestamp: number): Margins {
  return Object.fromEntries(ids.map((id) => [id, accountMarginOf(s, id, timestamp)]));
}
