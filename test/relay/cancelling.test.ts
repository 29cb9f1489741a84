import { expect } from "chai";

import { CounterBelow, Withdrawn } from "../../sdk/relay/index.ts";
import { bob, carol, idOf } from "../orders/actors.ts";
import { OK, relayStage, wad } from "./stage.ts";

describe("cancelling at a relay", () => {
  it("takes one order out", async () => {
    const { relay, make, take } = relayStage();
    const first = await make(-1, 4_000);
    const second = await make(-1, 4_000);
    expect(await relay.cancel(first)).to.equal(true);
    expect([await relay.left(first), await relay.left(second)]).to.deep.equal([0n, wad(1)]);
    expect(await take(2, 4_000)).to.include({ filled: wad(1) });
  });

  it("takes all of an account out below a counter, and no one else's", async () => {
    const { relay, make } = relayStage();
    for (const counter of [0n, 1n, 2n]) await make(-1, 4_000, { counter });
    await make(-1, 4_000, { by: carol });
    expect(await relay.cancelBelow(idOf(bob), 2n)).to.equal(2);
    const left = await relay.orders(idOf(bob));
    expect(left.map(({ order }) => order.counter)).to.deep.equal([2n]);
    expect(await relay.orders(idOf(carol))).to.have.lengthOf(1);
  });

  it("says why to who watches", async () => {
    const { relay, events, make } = relayStage();
    const ask = await make(-2, 4_000);
    await make(-1, 4_000);
    await relay.cancel(ask);
    await relay.cancelBelow(idOf(bob), 1n);
    const dropped = events.filter((event) => event.type === "dropped");
    expect(dropped.map(({ left }) => left)).to.deep.equal([wad(2), wad(1)]);
    expect(dropped[0]!.reason).to.be.instanceOf(Withdrawn);
    expect(dropped[1]!.reason).to.be.instanceOf(CounterBelow);
  });

  it("stops an order while its first fill is under way", async () => {
    const { relay, chain, settled, make, take } = relayStage();
    await make(-1, 4_000);
    chain.answer = async (fill) => {
      const bid = (await relay.orders(fill.taker.account))[0]!;
      await relay.cancel(bid.hash);
      chain.answer = async () => OK;
      return { ok: false, error: new Error("too far from the mark") };
    };
    await make(-1, 4_010);
    const placed = await take(1.5, 4_000);
    expect(placed).to.include({ filled: 0n, resting: 0n });
    expect(placed.dropped).to.be.instanceOf(Withdrawn);
    expect(settled).to.have.lengthOf(1);
  });

  it("stops a maker whose fill is under way and fails", async () => {
    const { relay, chain, make, take } = relayStage();
    const ask = await make(-1, 4_000);
    chain.answer = async () => {
      await relay.cancel(ask);
      return { ok: false, error: new Error("too far from the mark") };
    };
    await take(1, 4_000);
    expect(await relay.left(ask)).to.equal(0n);
    expect(await relay.orders(idOf(bob))).to.deep.equal([]);
  });
});
