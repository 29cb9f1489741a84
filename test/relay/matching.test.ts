import { expect } from "chai";

import { buildInstrument, verifyOrder } from "../../sdk/orders/index.ts";
import { createRelay, NoMaker } from "../../sdk/relay/index.ts";
import { alice, bob, carol, dave, DOMAIN, idOf, NOW, PERP } from "../orders/actors.ts";
import { met, OK, relayStage, wad } from "./stage.ts";

describe("a relay matches", () => {
  it("the best price first, whoever came first", async () => {
    const { settled, make, take } = relayStage();
    const dear = await make(-1, 4_010);
    const cheap = await make(-1, 4_000);
    expect(await take(2, 4_020)).to.include({ filled: wad(2), resting: 0n });
    expect(met(settled[0]!)).to.deep.equal([
      [cheap, wad(1), wad(4_000)],
      [dear, wad(1), wad(4_010)],
    ]);
  });

  it("the highest bid first for who sells", async () => {
    const { settled, make, take } = relayStage();
    await make(1, 3_980);
    const high = await make(1, 3_990);
    await take(-1, 3_900);
    expect(met(settled[0]!)).to.deep.equal([[high, wad(1), wad(3_990)]]);
  });

  it("the oldest first at one price", async () => {
    const { settled, make, take } = relayStage();
    const first = await make(-1, 4_000);
    const second = await make(-1, 4_000, { by: carol });
    await take(1.5, 4_000);
    expect(met(settled[0]!).map(([maker, size]) => [maker, size])).to.deep.equal([
      [first, wad(1)],
      [second, wad(0.5)],
    ]);
  });

  it("in the order of the calls, however long a signature takes", async () => {
    const { signed } = relayStage();
    const made: bigint[] = [];
    let patience = 20;
    const relay = createRelay({
      domain: DOMAIN,
      now: () => NOW,
      settle: async (fills) => fills.map(({ maker }) => (made.push(maker.salt), OK)),
      verify: async () => new Promise((done) => setTimeout(done, (patience -= 9), true)),
    });
    const makers = [bob, carol].map((by) => signed(-1, 4_000, { by, maker: true }));
    const orders = await Promise.all([...makers, signed(2, 4_000)]);
    await Promise.all(orders.map((order) => relay.submit(order)));
    expect(made).to.deep.equal(orders.slice(0, 2).map(({ order }) => order.salt));
  });

  it("a part, and keeps the rest of the maker", async () => {
    const { relay, make, take } = relayStage();
    const ask = await make(-3, 4_000);
    await take(1, 4_000);
    expect(await relay.left(ask)).to.equal(wad(2));
    await take(1.5, 4_000, { by: carol });
    expect(await relay.left(ask)).to.equal(wad(0.5));
    expect(await take(1, 4_000)).to.include({ filled: wad(0.5), resting: 0n });
    expect(await relay.left(ask)).to.equal(0n);
  });

  it("nothing outside the taker's limit, and drops what nobody met", async () => {
    const { settled, make, take } = relayStage();
    await make(-1, 4_000);
    const { hash, dropped, ...rest } = await take(1, 3_999);
    expect(rest).to.deep.equal({ filled: 0n, resting: 0n, failed: [] });
    expect(dropped).to.be.instanceOf(NoMaker);
    expect(dropped).to.include({ hash, left: wad(1) });
    expect(settled).to.deep.equal([]);
  });

  it("neither two takers nor two makers", async () => {
    const { relay, settled, make, wait } = relayStage();
    await wait(1, 4_100);
    await wait(-1, 3_900, { by: carol });
    await relay.cancelBelow(idOf(alice), 1n);
    await relay.cancelBelow(idOf(carol), 1n);
    await make(-1, 3_900, { counter: 1n });
    await make(1, 4_100, { by: dave });
    expect(settled).to.deep.equal([]);
  });

  it("neither one side nor two instruments", async () => {
    const { settled, make, take } = relayStage();
    const other = buildInstrument({ factor: 2, kind: "perp" });
    await make(-1, 4_000, { instrument: other });
    await make(1, 4_000);
    await take(1, 4_000);
    expect(settled).to.deep.equal([]);
  });

  it("a taker that waits with the maker that comes, at the maker's price", async () => {
    const { relay, settled, make, wait } = relayStage();
    const low = await wait(1, 4_000);
    const high = await wait(1, 4_050, { by: carol });
    expect([low.resting, high.resting]).to.deep.equal([wad(1), wad(1)]);
    const ask = await make(-3, 3_990);
    expect(settled[0]!.map(({ taker }) => taker.account)).to.deep.equal([idOf(carol), idOf(alice)]);
    expect(met(settled[0]!)).to.deep.equal([
      [ask, wad(1), wad(3_990)],
      [ask, wad(1), wad(3_990)],
    ]);
    expect(await relay.left(ask)).to.equal(wad(1));
  });

  it("no account with itself, but with the next in the book", async () => {
    const { settled, make, take } = relayStage();
    await make(-1, 3_990, { by: alice });
    await make(-1, 4_000);
    expect(await take(1, 4_000)).to.include({ filled: wad(1) });
    expect(settled[0]!.map(({ maker }) => maker.account)).to.deep.equal([idOf(bob)]);
  });

  it("who names a taker with that one only", async () => {
    const { make, take } = relayStage();
    await make(-1, 4_000, { taker: idOf(carol) });
    expect(await take(1, 4_000)).to.include({ filled: 0n });
    expect(await take(1, 4_000, { by: carol })).to.include({ filled: wad(1) });
  });

  it("a taker that names a maker with that one only, past better prices", async () => {
    const { settled, make, take } = relayStage();
    await make(-1, 3_990);
    const named = await make(-1, 4_000, { by: dave });
    await take(1, 4_000, { taker: idOf(dave) });
    expect(met(settled[0]!)).to.deep.equal([[named, wad(1), wad(4_000)]]);
  });

  it("whom an order names, in letters of any case", async () => {
    const { relay, signed, take } = relayStage();
    const loud = (text: string) => text.toUpperCase().replace("0X", "0x") as `0x${string}`;
    const ask = await signed(-1, 4_000, { by: bob, maker: true, taker: idOf(carol) });
    const { order, signature } = ask;
    const shouted = { ...order, account: loud(order.account), taker: loud(order.taker) };
    await relay.submit({ order: shouted, signature });
    expect(await relay.orders(loud(idOf(bob)))).to.have.lengthOf(1);
    expect(await take(1, 4_000, { by: carol })).to.include({ filled: wad(1) });
  });

  it("up to the last second of a deadline", async () => {
    const { relay, clock, make, take } = relayStage();
    const ask = await make(-2, 4_000, { deadline: NOW + 60 });
    clock.now = NOW + 60;
    expect(await take(1, 4_000)).to.include({ filled: wad(1) });
    clock.now = NOW + 61;
    expect(await relay.left(ask)).to.equal(0n);
    expect(await take(1, 4_000)).to.include({ filled: 0n });
  });

  it("until an instrument expires", async () => {
    const { relay, clock, make, take } = relayStage();
    const future = buildInstrument({ factor: 1, kind: "future", expiry: NOW + 60 });
    const ask = await make(-2, 4_000, { instrument: future });
    clock.now = NOW + 59;
    expect(await take(1, 4_000, { instrument: future })).to.include({ filled: wad(1) });
    clock.now = NOW + 60;
    expect(await relay.left(ask)).to.equal(0n);
  });

  it("with the orders and signatures that were given", async () => {
    const { settled, make, take } = relayStage();
    await make(-1, 4_000);
    await take(1, 4_000);
    const { maker, makerSignature, taker, takerSignature } = settled[0]![0]!;
    const both = [
      { order: maker, signature: makerSignature },
      { order: taker, signature: takerSignature },
    ];
    for (const each of both) expect(await verifyOrder(each, DOMAIN)).to.equal(true);
    expect(maker.instrument).to.equal(PERP);
  });
});
