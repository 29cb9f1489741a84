import { expect } from "chai";

import { ReservedAccount } from "../../sdk/errors/index.ts";
import { CounterBelow, NotSigned, SeenBefore, Withdrawn } from "../../sdk/relay/index.ts";
import { FUND } from "../../sdk/types/Ids.ts";
import { alice, bob, idOf, NOW } from "../orders/actors.ts";
import { refusal, relayStage, wad } from "./stage.ts";

describe("a relay refuses", () => {
  it("an order that its signer did not sign", async () => {
    const { relay, signed } = relayStage();
    const { order, signature } = await signed(1, 4_000);
    const dearer = { order: { ...order, limitPrice: wad(5_000) }, signature };
    const error = await refusal(relay.submit(dearer));
    expect(error).to.be.instanceOf(NotSigned);
    expect(error).to.include({ signer: alice.address });
  });

  it("an order past its deadline, and one of the house", async () => {
    const { relay, clock, signed } = relayStage();
    const late = await signed(1, 4_000, { deadline: NOW });
    const house = { ...late, order: { ...late.order, account: FUND } };
    expect(await refusal(relay.submit(house))).to.be.instanceOf(ReservedAccount);
    clock.now++;
    expect(await refusal(relay.submit(late))).to.include({ name: "AlreadyPast", now: NOW + 1 });
  });

  it("an order that waits already, and one that is filled", async () => {
    const { relay, signed, make, take } = relayStage();
    const ask = await signed(-1, 4_000, { by: bob, maker: true });
    await relay.submit(ask);
    expect(await refusal(relay.submit(ask))).to.include({ name: "SeenBefore", fate: "resting" });
    await take(1, 4_000);
    const again = await refusal(relay.submit(ask));
    expect(again).to.be.instanceOf(SeenBefore);
    expect(again).to.include({ fate: "filled" });
    await make(-1, 4_000);
  });

  it("an order below the account's counter, whenever it comes", async () => {
    const { relay, signed } = relayStage();
    const [old, fresh] = [
      await signed(1, 4_000, { counter: 4n }),
      await signed(1, 4_000, { counter: 5n }),
    ];
    await relay.cancelBelow(idOf(alice), 5n);
    await relay.cancelBelow(idOf(alice), 2n); // a counter never falls
    const error = await refusal(relay.submit(old));
    expect(error).to.be.instanceOf(CounterBelow);
    expect(error).to.include({ account: idOf(alice), counter: 4n, least: 5n });
    expect(await relay.submit(fresh, { remainder: "rest" })).to.include({ resting: wad(1) });
  });

  it("an order cancelled before, in letters of any case", async () => {
    const { relay, signed } = relayStage();
    const ask = await signed(-1, 4_000, { by: bob, maker: true });
    const { hash } = await relay.submit(ask);
    expect(await relay.cancel(hash.toUpperCase().replace("0X", "0x") as typeof hash)).to.equal(
      true,
    );
    expect(await relay.cancel(hash)).to.equal(false);
    expect(await refusal(relay.submit(ask))).to.be.instanceOf(Withdrawn);
  });

  it("and goes on with the next", async () => {
    const { relay, signed, make, take } = relayStage();
    const { order } = await signed(1, 4_000);
    const refused = refusal(relay.submit({ order, signature: "0x" }));
    await make(-1, 4_000);
    expect(await take(1, 4_000)).to.include({ filled: wad(1) });
    expect(await refused).to.be.instanceOf(NotSigned);
  });
});

describe("a relay that has seen part of an order filled", () => {
  it("takes the order again for what is left of it", async () => {
    const { relay, signed, make } = relayStage();
    const bid = await signed(3, 4_000);
    await make(-1, 4_000);
    expect(await relay.submit(bid)).to.include({ filled: wad(1) });
    await make(-5, 4_000);
    expect(await relay.submit(bid)).to.include({ filled: wad(2) });
    expect(await refusal(relay.submit(bid))).to.include({ fate: "filled" });
  });
});
