import { TooManyAssets, TooManyFactors } from "../errors/pool.ts";
import type { Account, CallState, Holding, Snapshot } from "../snapshot/Snapshot.ts";
import { Phase } from "../snapshot/Snapshot.ts";
import { type AccountId, type AssetId, factorOf, FUND, instrumentFactorOf } from "../types/Ids.ts";
import { isStable, ownerOf } from "../types/Ids.ts";
import { AccountNotInSnapshot } from "./errors.ts";

// What an account holds. Twin of contracts/logic/Accounts.sol.

export const MAX_ASSETS = 16;
export const MAX_FACTORS = 8;

/** A call that remembers nothing. */
export const NO_CALL: CallState = {
  cover: 0n,
  health: 0n,
  certain: false,
  longest: 0,
  opened: 0,
  lowSeen: 0,
  brokeSeen: 0,
  low: 0,
  thinSeen: 0,
  backed: 0,
  sold: 0,
  unbookedLoss: 0n,
};

/** An account that no one has used. */
export const EMPTY: Account = {
  principal: 0n,
  phase: Phase.Clear,
  tier: 0,
  fuse: 0n,
  poked: 0,
  holdings: [],
  positions: [],
  gains: { period: 0, current: 0n, previous: 0n },
  counter: 0n,
  call: NO_CALL,
  finder: ownerOf(FUND),
  warned: false,
  heaviest: 0,
  scarce: 0n,
  parts: [],
  sponsorship: { sponsor: ownerOf(FUND), fee: 0n, owed: 0n },
};

/** An account of the snapshot. @throws AccountNotInSnapshot */
export function accountOf(s: Snapshot, id: AccountId): Account {
  const account = s.accounts[id] ?? (id === FUND ? EMPTY : undefined);
  if (account === undefined) throw new AccountNotInSnapshot(id);
  return account;
}

/** The snapshot with some members of an account replaced. */
export function withAccount(s: Snapshot, id: AccountId, change: Partial<Account>): Snapshot {
  return { ...s, accounts: { ...s.accounts, [id]: { ...accountOf(s, id), ...change } } };
}

/** The snapshot with some members of an account's call replaced. */
export function withCall(s: Snapshot, id: AccountId, change: Partial<CallState>): Snapshot {
  return withAccount(s, id, { call: { ...accountOf(s, id).call, ...change } });
}

/** What an account holds of an asset, wads. */
export function amountOf({ holdings }: Account, asset: AssetId): bigint {
  return holdings.find((held) => held.asset === asset)?.amount ?? 0n;
}

/** Adds to a holding, opening a slot for it. @throws TooManyAssets, TooManyFactors */
export function add(s: Snapshot, id: AccountId, asset: AssetId, amount: bigint): Snapshot {
  if (amount === 0n) return s;
  const { holdings } = accountOf(s, id);
  const i = holdings.findIndex((held) => held.asset === asset);
  if (i >= 0) {
    const more = holdings.with(i, { asset, amount: holdings[i]!.amount + amount });
    return withAccount(s, id, { holdings: more });
  }
  if (holdings.length >= MAX_ASSETS) throw new TooManyAssets(id, BigInt(MAX_ASSETS));
  const opened = withAccount(s, id, { holdings: [...holdings, { asset, amount }] });
  const many = holdings.length + accountOf(s, id).positions.length >= MAX_FACTORS;
  if (many) requireFewFactors(opened, id);
  return opened;
}

/** Takes from a holding; an emptied one is replaced by the last. */
export function remove(s: Snapshot, id: AccountId, asset: AssetId, amount: bigint): Snapshot {
  if (amount === 0n) return s;
  return withAccount(s, id, { holdings: without(accountOf(s, id).holdings, asset, amount) });
}

function without(holdings: readonly Holding[], asset: AssetId, amount: bigint): Holding[] {
  const i = holdings.findIndex((held) => held.asset === asset);
  if (i < 0) return [...holdings];
  const left = holdings[i]!.amount - amount;
  if (left > 0n) return holdings.with(i, { asset, amount: left });
  return holdings.with(i, holdings.at(-1)!).slice(0, -1);
}

/** The factors an account holds something of: of positions first, then of assets. */
export function factorsHeld({ holdings, positions }: Account): number[] {
  const traded = positions.map(({ instrument }) => instrumentFactorOf(instrument));
  const spot = holdings.filter(({ asset }) => !isStable(asset));
  return [...new Set([...traded, ...spot.map(({ asset }) => factorOf(asset))])];
}

/** @throws TooManyFactors */
export function requireFewFactors(s: Snapshot, id: AccountId): void {
  if (factorsHeld(accountOf(s, id)).length <= MAX_FACTORS) return;
  throw new TooManyFactors(id, BigInt(MAX_FACTORS));
}
