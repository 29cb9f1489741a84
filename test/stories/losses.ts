import { FUND, type AccountId, type InstrumentId } from "../../sdk/types/Ids.ts";
import { foretold } from "../fixtures/foretold.ts";
import { calmMarket } from "../fixtures/market.ts";
import { findersUnpaid, idOf } from "../fixtures/margin.ts";
import { HEIR } from "../fixtures/told.ts";

export { HEIR };

/** A calm market whose every step is foretold in the SDK's memory, and must come true to the wei. */
export async function lossStage(
  instruments: (near: number) => readonly InstrumentId[],
  chosen: Parameters<typeof calmMarket>[0] = (p) => p,
) {
  const local = await calmMarket((p) => chosen(findersUnpaid(p)));
  const { alice, bob, carol, dave, admin } = local;
  const people = [alice, bob, carol, dave, admin].map((actor) => idOf(actor));
  const ids: AccountId[] = [FUND, HEIR, ...people, idOf(alice, 1n)];
  const { act, snapshot } = foretold(local, ids, instruments(local.near));

  /** ETH at `price` in three rounds a minute apart: low seen, confirmed, and thin confirmed. */
  async function gap(account: AccountId, price: number) {
    for (let i = 0; i < 3; ++i) {
      await local.networkHelpers.time.increase(61);
      await local.setPrice("ETH", price);
      await act({ verb: "call", account });
    }
  }

  const cash = (id: AccountId) => local.clearinghouse.read.cashOf([id]);
  return { local, ids, act, gap, cash, snapshot };
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
