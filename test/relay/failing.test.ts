import { expect } from "chai";

import { MarginTooLow, PriceNotOk } from "../../sdk/errors/index.ts";
import { attributeFailure, createRelay, FillsUnanswered } from "../../sdk/relay/index.ts";
import type { Fill } from "../../sdk/types/Order.ts";
import { alice, bob, carol, dave, DOMAIN, idOf, NOW } from "../orders/actors.ts";
import { met, OK, refusal, relayStage, wad } from "./stage.ts";

const poor = (actor: typeof alice) => new MarginTooLow(idOf(actor), 1n, 2n, 0n);
/** Not `equal`: mocha cannot print an error that carries bigints, and ends in silence with success. */
const expectSame = (found: Error | undefined, error: Error) =>
  expect(found === error, `${found} is not ${error}`).to.equal(true);

const stray = new PriceNotOk(256, 0n, 0n, 2);

describe("a fill that the chain refuses", () => {
  /** Who makes as `actor` fails with this error. */
  const failsFor = (actor: typeof alice, error: Error) => async (fill: Fill) =>
    fill.maker.account === idOf(actor) ? { ok: false as const, error } : OK;

  it("for the maker's margin drops the maker, and the taker goes on to the next", async () => {
    const { relay, chain, settled, events, make, take } = relayStage();
    const error = poor(bob);
    chain.answer = failsFor(bob, error);
    const ask = await make(-2, 3_990);
    const next = await make(-2, 4_000, { by: carol });
    const placed = await take(2, 4_000);
    expect(placed).to.include({ filled: wad(2), resting: 0n });
    expect(placed.failed).to.have.lengthOf(1);
    expectSame(placed.failed[0]!.error, error);
    expect(met(settled.flat())).to.deep.equal([
      [ask, wad(2), wad(3_990)],
      [next, wad(2), wad(4_000)],
    ]);
    expect(await relay.left(ask)).to.equal(0n);
    const dropped = events.find((event) => event.type === "dropped")!;
    expect(dropped).to.include({ hash: ask, left: wad(2) });
    expectSame(dropped.reason, error);
  });

  it("for nobody's fault keeps the maker and its place", async () => {
    const { relay, chain, settled, make, take } = relayStage();
    chain.answer = failsFor(bob, stray);
    const ask = await make(-1, 4_000);
    const next = await make(-3, 4_000, { by: carol });
    expect(await take(2, 4_000)).to.include({ filled: wad(2) });
    expect([await relay.left(ask), await relay.left(next)]).to.deep.equal([wad(1), wad(1)]);
    chain.answer = async () => OK;
    await take(1, 4_000);
    expect(met(settled.at(-1)!)[0]![0]).to.equal(ask);
  });

  it("for the taker's fault ends the taker and leaves the makers", async () => {
    const { relay, chain, settled, make, take } = relayStage();
    const error = poor(alice);
    chain.answer = async () => ({ ok: false, error });
    const asks = [await make(-1, 4_000), await make(-1, 4_010)];
    const placed = await take(1, 4_020);
    expect(placed).to.include({ filled: 0n, resting: 0n });
    expectSame(placed.dropped, error);
    expect(settled).to.have.lengthOf(1);
    for (const ask of asks) expect(await relay.left(ask)).to.equal(wad(1));
  });

  it("leaves the fills beside it, and gives the taker back its own part only", async () => {
    const { relay, chain, make, wait } = relayStage();
    chain.answer = failsFor(carol, stray);
    await make(-1, 4_000);
    const failing = await make(-1, 4_000, { by: carol });
    await make(-1, 4_000, { by: dave });
    const placed = await wait(4, 4_000);
    expect(placed).to.include({ filled: wad(2), resting: wad(2) });
    expect(await relay.left(failing)).to.equal(wad(1));
    expect(await relay.left(placed.hash)).to.equal(wad(2));
  });

  it("for a waiting taker's margin drops that taker, and the maker goes on", async () => {
    const { relay, chain, make, wait } = relayStage();
    const error = poor(carol);
    chain.answer = async ({ taker }) => (taker.account === idOf(carol) ? { ok: false, error } : OK);
    const carols = await wait(1, 4_050, { by: carol });
    await wait(1, 4_000);
    const ask = await make(-2, 4_000);
    expect(await relay.left(carols.hash)).to.equal(0n);
    expect(await relay.left(ask)).to.equal(wad(1));
  });

  it("is told with its error", async () => {
    const { chain, events, make, take } = relayStage();
    chain.answer = failsFor(bob, stray);
    const maker = await make(-1, 4_000);
    const { hash } = await take(1, 4_000);
    const types = events.map(({ type }) => type);
    expect(types).to.deep.equal(["came", "came", "failed", "dropped"]);
    const failed = events.find((event) => event.type === "failed")!;
    expect(failed).to.include({ maker, taker: hash });
    expectSame(failed.error, stray);
  });
});

describe("a settlement without an answer", () => {
  it("gives all back, drops the taker and says so", async () => {
    const { relay, chain, make, take } = relayStage();
    const ask = await make(-1, 4_000);
    chain.answer = async () => Promise.reject(new Error("no node"));
    expect(await refusal(take(1, 4_000))).to.include({ message: "no node" });
    expect(await relay.left(ask)).to.equal(wad(1));
    expect(await relay.orders(idOf(alice))).to.deep.equal([]);
    chain.answer = async () => OK;
    expect(await take(1, 4_000)).to.include({ filled: wad(1) });
  });

  it("keeps a maker that came", async () => {
    const { relay, chain, make, wait } = relayStage();
    const { hash } = await wait(1, 4_000);
    chain.answer = async () => Promise.reject(new Error("no node"));
    await refusal(make(-1, 4_000));
    expect(await relay.left(hash)).to.equal(wad(1));
    expect(await relay.orders(idOf(bob))).to.have.lengthOf(1);
  });

  it("is one that answers for some fills only", async () => {
    const { signed } = relayStage();
    const relay = createRelay({ domain: DOMAIN, now: () => NOW, settle: async () => [] });
    await relay.submit(await signed(-1, 4_000, { by: bob, maker: true }));
    const error = await refusal(relay.submit(await signed(1, 4_000)));
    expect(error).to.be.instanceOf(FillsUnanswered);
    expect(error).to.include({ fills: 1, answers: 0 });
  });
});

describe("attributeFailure", () => {
  it("falls on whom the error names by account, signer or hash", async () => {
    const { signed } = relayStage();
    const party = async (by: typeof alice, hash: `0x${string}`) => ({
      ...(await signed(1, 4_000, { by })),
      ...{ hash, left: 1n },
    });
    const [maker, taker] = [await party(bob, "0xb0"), await party(alice, "0xa1")];
    const blamed = (fields: object) =>
      attributeFailure(Object.assign(new Error(), fields), { maker, taker });
    expect(blamed({ account: idOf(bob) })).to.equal("maker");
    expect(blamed({ caller: alice.address })).to.equal("taker");
    expect(blamed({ order: "0xb0" })).to.equal("maker");
    expect(blamed({ maker: idOf(bob), taker: idOf(alice) })).to.equal("both");
    expect(blamed({ price: 5n })).to.equal("neither");
  });
});
