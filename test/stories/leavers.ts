import { expect } from "chai";

import type { Preview } from "../../sdk/preview/preview.ts";
import { FUND, type AccountId } from "../../sdk/types/Ids.ts";
import { idOf, type Local } from "../fixtures/margin.ts";
import { meet } from "../fixtures/market.ts";
import type { Change } from "../fixtures/pool.ts";
import { perp, trade } from "../fixtures/trading.ts";
import { HEIR, lossStage } from "./losses.ts";

export const ETH = perp(2);
export const RUIN = 1_290; // 150·710 = 106 500 lost of 100 000

type Actor = Local["alice"];

const free: Change = (p) => ({ ...p, trade: { ...p.trade, makerFee: 0, takerFee: 0 } });

/**
 * Nobody pays fees. Alice is long 150 ETH at 2 000 for 100 000 of margin, and admin 20 for more; bob is short 110
 * and carol 60. Dave has cash and nothing else.
 */
export async function leaverStage() {
  const made = await lossStage(() => [ETH], free);
  const { local, act } = made;
  const { alice, bob, carol, dave, admin } = local;
  for (const actor of [bob, carol, dave, admin]) {
    await local.fund(actor, "USDC", 500_000);
    await local.deposit(actor, "USDC", 500_000);
  }
  const wish = (size: number) => ({ instrument: ETH, size, price: 2_000 });
  await trade(local, alice, bob, wish(90));
  await trade(local, alice, carol, wish(60));
  await trade(local, admin, bob, wish(20));
  const loser = idOf(alice);

  const quoted = async () => (await local.clearinghouse.read.quoteOf([ETH])).mark;
  const done = <P extends { readonly preview: Preview }>(step: P): P => {
    expect(step.preview).to.include({ ok: true });
    return step;
  };

  /** One buys of another at the mark. */
  async function deal(buyer: Actor, seller: Actor, size: number, price = RUIN) {
    const fill = await meet(local, buyer, seller, { instrument: ETH, size, price });
    return done(await act({ verb: "settle", fills: [fill], atomic: true }));
  }

  const touch = async (id: AccountId) => done(await act({ verb: "settleExpired", account: id }));
  const look = () => act({ verb: "call", account: loser });

  /** ETH at `price` again, and again. */
  async function again(price: number, seconds = 61) {
    await local.networkHelpers.time.increase(seconds);
    await local.setPrice("ETH", price);
  }

  /** The house takes the book over: what is lost is booked, and nothing besides. */
  async function book() {
    await again(RUIN, 1_801);
    await look();
    return done(await act({ verb: "takeOver", account: loser, backstopAccount: HEIR }));
  }

  /** Cash of all once everybody was paid. */
  async function wealth() {
    const ids = [bob, carol, dave, admin].map((actor) => idOf(actor));
    for (const id of ids) await touch(id);
    return Promise.all(ids.map((id) => local.clearinghouse.read.cashOf([id])));
  }

  const cutOfShorts = async () => (await local.clearinghouse.read.payoutHaircutsOf([ETH]))[1].sum;
  const fund = () => local.clearinghouse.read.cashOf([FUND]);
  return { ...made, loser, quoted, deal, touch, look, again, book, wealth, cutOfShorts, fund };
}
