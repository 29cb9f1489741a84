import { expect } from "chai";

import { Throttled } from "../../sdk/errors/pool.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import { maxBid } from "../../sdk/preview/maxBid.ts";
import type { Accepted } from "../../sdk/preview/preview.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { accountId, FUND, type AccountId } from "../../sdk/types/Ids.ts";
import { calmPool, idOf, later, offer, WAD } from "../fixtures/margin.ts";
import { follow } from "../preview/follow.ts";
import type { Market } from "../preview/openMarket.ts";

export const ETH = 2;
const SHORT = 1_690; // h = 0.97 of 10 ETH against 14 000

/** What a whale puts up and owes, ETH and USDC. */
export interface Whale {
  readonly units: number;
  readonly debt: number;
}

export const TEN: Whale = { units: 10, debt: 14_000 };

/** A pool where 1 % of ETH's price takes `depth` ETH, whales of alice, and carol with a million to bid. */
export async function whaleStage(depth: number, whales: readonly Whale[]) {
  const local = await calmPool((p) => {
    p.factors["ETH"]!.onePercent = depth;
    return p;
  });
  const { alice, bob, carol, client, pool, clearinghouse } = local;
  const account = alice.account.address;
  const ids = whales.map((_, i) => accountId(account, BigInt(i)));
  const all: AccountId[] = [FUND, ...ids, idOf(bob), idOf(carol), accountId(account, 99n)];
  const snapshot = (accounts: readonly AccountId[]) => getSnapshot(client, { pool, accounts });
  const market = { ...local, snapshot } as unknown as Market;
  await local.deposit(bob, "USDC", 3_000_000);
  await local.deposit(carol, "USDC", 1_000_000);
  for (const [i, { units, debt }] of whales.entries()) {
    await local.deposit(alice, "ETH", units, BigInt(i));
    const cash = [pool.tokens["USDC"]!, local.units("USDC", debt), account] as const;
    await clearinghouse.write.withdraw([ids[i]!, ...cash], { account });
  }

  /** Foretells one act, sends it at that time, and compares all accounts and the buckets. */
  async function act(change: Change, time?: number) {
    const before = await snapshot(all);
    const timestamp = time ?? before.block.timestamp + 2;
    const step = { snapshot: before, changes: [change], timestamp, where: change.verb };
    return (await follow(market, step)).preview;
  }

  /** These in auction, above their floor. */
  async function auction(whales: readonly AccountId[] = ids, price = SHORT) {
    await later(local, 60, { ETH: price });
    for (let i = 0; i < 3; ++i) {
      if (i > 0) await later(local, 300 - 2 * whales.length);
      for (const one of whales) await act({ verb: "call", account: one });
    }
  }

  const bidOf = (one: AccountId, smallest = 0n, receiver = idOf(carol)) =>
    ({ verb: "bid", offer: { ...offer(one, receiver), smallest } }) as const;

  /** Takes all that passes, to the wei: one wei more is refused on both sides. Units sold and why not more. */
  async function take(one: AccountId, receiver?: AccountId) {
    const before = await snapshot(all);
    const timestamp = before.block.timestamp + 2;
    const { fraction, reason, refusal } = maxBid(before, one, { timestamp });
    const more = await act(bidOf(one, fraction + 1n, receiver), timestamp);
    expect(more.ok ? "accepted" : more.error.name).to.equal(refusal.name);
    if (fraction === 0n) return { fraction, reason };
    const limit = maxBid(await snapshot(all), one, { timestamp: timestamp + 1 });
    const { steps } = (await act(bidOf(one, limit.fraction, receiver), timestamp + 1)) as Accepted;
    expect(steps[0]!.slice!.fraction).to.equal(limit.fraction);
    return { fraction: limit.fraction, reason };
  }

  /** Refused by the throttle: what a tenth would sell, and what is left, ETH. */
  async function waits(one: AccountId, time?: number) {
    const answer = await act(bidOf(one), time);
    if (answer.ok) throw new Error("accepted");
    expect(answer.error).to.be.instanceOf(Throttled);
    const { units, left } = answer.error as Throttled;
    return { units, left };
  }

  const openedOf = async (one: AccountId) =>
    (await clearinghouse.read.accountOf([one])).call.opened;
  const used = async () => (await clearinghouse.read.bucketOf([BigInt(ETH)])).used;
  return { local, ids, act, auction, bidOf, take, waits, openedOf, used, other: all.at(-1)! };
}

export { WAD };
