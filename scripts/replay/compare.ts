import { lensAbi } from "../../sdk/generated/lensAbi.ts";
import { marginOf } from "../../sdk/logic/index.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import type { Margin } from "../../sdk/types/Portfolio.ts";
import type { LocalChain } from "./LocalChain.ts";

const BATCH = 60; // weight of one eth_call: well under the chain's cap

/** One figure on which chain and SDK disagree. */
export interface Mismatch {
  readonly account: AccountId;
  readonly time: number;
  readonly chain: Margin;
  readonly sdk: Margin;
}

/** What the SDK says every account's margin will be. */
export function predict(
  snapshot: Snapshot,
  accounts: readonly AccountId[],
  time: number,
): Map<AccountId, Margin> {
  return new Map(accounts.map((id) => [id, marginOf(snapshot, id, time)]));
}

/** What the chain says every account's margin is; an account weighs one, and more for its positions. */
export async function ask(
  chain: LocalChain,
  accounts: readonly AccountId[],
  weigh: (account: AccountId) => number = () => 1,
): Promise<Map<AccountId, Margin>> {
  const answers = new Map<AccountId, Margin>();
  for (const ids of batches(accounts, weigh)) {
    const margins = await chain.client.readContract({
      address: chain.pool.lens,
      abi: lensAbi,
      functionName: "margins",
      args: [chain.pool.clearinghouse, ids],
    });
    ids.forEach((id, k) => answers.set(id, margins[k]!));
  }
  return answers;
}

function batches(accounts: readonly AccountId[], weigh: (account: AccountId) => number) {
  const found: AccountId[][] = [];
  let room = 0;
  for (const id of accounts) {
    room -= weigh(id);
    if (found.length > 0 && room >= 0) found.at(-1)!.push(id);
    else {
      found.push([id]);
      room = BATCH - weigh(id);
    }
  }
  return found;
}

/** Where the two differ, in any figure, by so much as a wei. */
export function differ(
  sdk: ReadonlyMap<AccountId, Margin>,
  chain: ReadonlyMap<AccountId, Margin>,
  time: number,
): Mismatch[] {
  return [...sdk].flatMap(([account, predicted]) => {
    const answer = chain.get(account)!;
    const same =
      predicted.equity === answer.equity &&
      predicted.initialEquity === answer.initialEquity &&
      predicted.maintenance === answer.maintenance &&
      predicted.initial === answer.initial;
    return same ? [] : [{ account, time, chain: answer, sdk: predicted }];
  });
}
