import { parseEventLogs } from "viem";

import { clearinghouseAbi } from "../../sdk/abi.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { accountId, FUND, type AccountId, type InstrumentId } from "../../sdk/types/Ids.ts";
import { calmMarket } from "../fixtures/market.ts";
import { findersUnpaid, idOf } from "../fixtures/margin.ts";
import { watched } from "../fixtures/watched.ts";
import { follow } from "../preview/follow.ts";
import type { Market } from "../preview/openMarket.ts";

export const HEIR = accountId(`0x${"00".repeat(20)}`, 1n);

/** A calm market whose every step is foretold in the SDK's memory, and must come true to the wei. */
export async function lossStage(
  instruments: (near: number) => readonly InstrumentId[],
  chosen: Parameters<typeof calmMarket>[0] = (p) => p,
) {
  const local = await calmMarket((p) => chosen(findersUnpaid(p)));
  const { alice, bob, carol, dave, admin, client, pool } = local;
  const people = [alice, bob, carol, dave, admin].map((actor) => idOf(actor));
  const ids: AccountId[] = [FUND, HEIR, ...people, idOf(alice, 1n)];
  const asked = instruments(local.near);
  const snapshot = (accounts: readonly AccountId[]) =>
    getSnapshot(client, {
      ...{ pool, accounts, instruments: asked, orders: [...watched(local).orders] },
    });
  const market = { ...local, snapshot } as unknown as Market;

  /** Foretells one act, sends it, and compares all accounts; returns its logs. */
  async function act(change: Change, seconds = 10) {
    const before = await snapshot(ids);
    const timestamp = before.block.timestamp + seconds;
    const step = { snapshot: before, changes: [change], timestamp, where: change.verb };
    const { preview, snapshot: after } = await follow(market, step);
    const block = await client.getBlock({ includeTransactions: true });
    const hash = (block.transactions[0] as { hash: `0x${string}` } | undefined)?.hash;
    const { logs } = await client.getTransactionReceipt({ hash: hash! });
    const events = parseEventLogs({ abi: clearinghouseAbi, logs });
    return { preview, before, after, events };
  }

  /** ETH at `price` in three rounds a minute apart: low seen, confirmed, and thin confirmed. */
  async function gap(account: AccountId, price: number) {
    for (let i = 0; i < 3; ++i) {
      await local.networkHelpers.time.increase(61);
      await local.setPrice("ETH", price);
      await act({ verb: "call", account });
    }
  }

  const cash = (id: AccountId) => local.door.read.cashOf([id]);
  return { local, ids, act, gap, cash, snapshot: () => snapshot(ids) };
}

export type Events = Awaited<ReturnType<Awaited<ReturnType<typeof lossStage>>["act"]>>["events"];

/** What each layer of the waterfall announced, wads of cash. */
export function layersOf(events: Events) {
  const sum = { fund: 0n, winners: 0n, lenders: 0n };
  for (const event of events) {
    if (event.eventName === "InsurancePaid") sum.fund += event.args.amount;
    if (event.eventName === "PayoutCut") sum.winners += event.args.amount;
    if (event.eventName === "DeficitBooked") sum.lenders += event.args.amount;
  }
  return sum;
}
