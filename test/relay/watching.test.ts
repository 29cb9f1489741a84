import { expect } from "chai";

import { bob, carol, idOf, NOW, PERP } from "../orders/actors.ts";
import { OK, relayStage, wad } from "./stage.ts";

describe("what a relay shows", () => {
  it("depth: makers that anyone may meet, by price, best first", async () => {
    const { relay, clock, make, wait } = relayStage();
    await make(-1, 4_010);
    await make(-2, 4_000, { by: carol });
    await make(-0.5, 4_000);
    await make(-9, 3_990, { taker: idOf(carol) });
    await make(-9, 3_980, { deadline: NOW });
    await make(1, 3_950);
    await make(1, 3_960);
    await wait(-1, 3_970); // a taker offers no price
    clock.now++;
    expect(await relay.depth(PERP)).to.deep.equal({
      bids: [
        { price: wad(3_960), size: wad(1), orders: 1 },
        { price: wad(3_950), size: wad(1), orders: 1 },
      ],
      asks: [
        { price: wad(4_000), size: wad(2.5), orders: 2 },
        { price: wad(4_010), size: wad(1), orders: 1 },
      ],
    });
    expect(await relay.depth(PERP + 1n)).to.deep.equal({ bids: [], asks: [] });
  });

  it("orders of an account, the oldest first, less what is filled", async () => {
    const { relay, make, take } = relayStage();
    const [dear, cheap] = [await make(-1, 4_010), await make(-2, 4_000)];
    await take(0.5, 4_000);
    const orders = await relay.orders(idOf(bob));
    expect(orders.map(({ hash, left }) => [hash, left])).to.deep.equal([
      [dear, wad(1)],
      [cheap, wad(1.5)],
    ]);
  });

  it("nothing of what is under way", async () => {
    const { relay, chain, make, take } = relayStage();
    const ask = await make(-1, 4_000);
    await make(-1, 4_010);
    chain.answer = async () => {
      const { asks } = await relay.depth(PERP);
      expect(asks).to.deep.equal([{ price: wad(4_010), size: wad(1), orders: 1 }]);
      expect(await relay.orders(idOf(bob))).to.have.lengthOf(1);
      expect(await relay.left(ask)).to.equal(0n);
      return OK;
    };
    expect(await take(1, 4_000)).to.include({ filled: wad(1) });
  });

  it("nothing of an order it does not know", async () => {
    const { relay } = relayStage();
    expect(await relay.left(`0x${"ab".repeat(32)}`)).to.equal(0n);
    expect(await relay.orders(idOf(carol))).to.deep.equal([]);
  });
});

describe("watching a relay", () => {
  it("tells what happens in order", async () => {
    const { events, make, take } = relayStage();
    const maker = await make(-1, 4_000);
    const { hash: taker } = await take(2, 4_000);
    expect(events.map(({ type }) => type)).to.deep.equal(["came", "came", "filled", "dropped"]);
    expect(events[2]).to.include({ maker, taker });
    expect(events[3]).to.include({ hash: taker, left: wad(1) });
  });

  it("ends with unwatch", async () => {
    const { relay, make } = relayStage();
    let count = 0;
    const unwatch = relay.watch(() => count++);
    await make(-1, 4_000);
    unwatch();
    await make(-1, 4_000);
    expect(count).to.equal(1);
  });

  it("lets a watcher act on what it hears", async () => {
    const { relay, settled, make, take } = relayStage();
    await make(-1, 4_000);
    relay.watch((event) => {
      if (event.type === "came") void relay.cancel(event.hash);
    });
    expect(await take(1, 4_000)).to.include({ filled: 0n });
    expect(settled).to.deep.equal([]);
  });
});
