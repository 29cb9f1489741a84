import { marginOf } from "../math/MarginMath.ts";
import { divDown, divUp } from "../math/WadMath.ts";
import type { Account, Snapshot } from "../snapshot/Snapshot.ts";
import { EMPTY } from "../logic/accounts.ts";
import { supplyIndexAt } from "../logic/cash.ts";
import { portfolioOfAccount } from "../logic/portfolio.ts";
import { type AssetId, CASH } from "../types/Ids.ts";
import type { Pair } from "../types/Portfolio.ts";

/** What an asset is worth as collateral. */
export interface Haircut {
  readonly value: bigint; // USD
  readonly required: Pair; // MM and IM of the asset alone, USD
  readonly haircut: Pair; // required ÷ value, rounded up; zero where there is no value to cut
}

/**
 * The margin model asked about one asset alone, `amount` wads of it, at a time. More of an asset is
 * cut deeper: its size counts.
 *
 * @throws UnknownFactor, OutOfBounds
 */
export function haircut(
  snapshot: Snapshot,
  asset: AssetId,
  amount: bigint,
  { timestamp }: { readonly timestamp: number },
): Haircut {
  const account = holding(snapshot, asset, amount, timestamp);
  const look = { timestamp, view: "conservative" } as const;
  const { equity, maintenance, initial } = marginOf(portfolioOfAccount(snapshot, account, look));
  const share = (required: bigint) => (equity > 0n ? divUp(required, equity) : 0n);
  const required: Pair = [maintenance, initial];
  return { value: equity, required, haircut: [share(maintenance), share(initial)] };
}

/** An account that holds nothing else; cash is lent. */
function holding(s: Snapshot, asset: AssetId, amount: bigint, timestamp: number): Account {
  if (asset !== CASH) return { ...EMPTY, holdings: [{ asset, amount }] };
  return { ...EMPTY, principal: divDown(amount, supplyIndexAt(s.cash, timestamp)) };
}
