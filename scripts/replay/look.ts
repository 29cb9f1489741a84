import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import type { Factor, Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import type { LocalChain } from "./LocalChain.ts";

/**
 * A pool and these accounts as they stand now. Read whole the first time and when an expiry came or
 * went, else only what verbs have named since, and whom keepers' pay may reach: of no other account can what is
 * stored change.
 */
export async function look(chain: LocalChain, accounts: readonly AccountId[]): Promise<Snapshot> {
  const { client, pool, touched, senders, seen } = chain;
  const isNamed = (id: AccountId) => touched.has(id) || senders.has(id);
  const named = accounts.filter((id) => isNamed(id) || seen.last?.accounts[id] === undefined);
  const instruments = Object.keys(seen.last?.interests ?? {}).map(BigInt);
  const fresh = await getSnapshot(client, { pool, accounts: named, instruments });
  const whole = named.length === accounts.length;
  const last = seen.last && !whole && merged(seen.last, fresh);
  seen.last = last || (whole ? fresh : await getSnapshot(client, { pool, accounts }));
  touched.clear();
  return seen.last;
}

/** Nothing if the two do not fit together. */
function merged(last: Snapshot, fresh: Snapshot): Snapshot | undefined {
  const pairs = Object.entries(fresh.factors).map(
    ([id, factor]) => [id, last.factors[Number(id)], factor] as const,
  );
  if (!pairs.every(([, before, after]) => sameExpiries(before, after))) return undefined;
  const factors = pairs.map(([id, before, after]) => {
    return [id, { ...after, terms: { ...before?.terms, ...after.terms } }];
  });
  return {
    ...fresh,
    factors: Object.fromEntries(factors),
    accounts: { ...last.accounts, ...fresh.accounts },
  };
}

function sameExpiries(before: Factor | undefined, after: Factor): boolean {
  const [was, is] = [before?.expiries ?? [], after.expiries];
  return was.length === is.length && was.every((expiry) => is.includes(expiry));
}
