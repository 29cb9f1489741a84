import { expect } from "chai";
import { describe, it } from "mocha";

import { decodeError } from "../../sdk/errors/index.ts";
import type { Bid } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { quote } from "../../sdk/logic/auction.ts";
import type { Fill } from "../../sdk/types/Order.ts";
import { brokerOf } from "../fixtures/broker.ts";
import { idOf, later, near, offer, phaseOf, usd, WAD } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { fillOf, signed, sizeOf } from "../fixtures/trading.ts";
import { expectAlike } from "../parity/plain.ts";
import { stateOf } from "../preview/stateOf.ts";
import { ETH, perpAuction } from "./perpAuction.ts";

describe("story: a broker without capital", () => {
  /** Some time into the auction of alice's 20 ETH: bob would buy what is for sale, at `price`. */
  async function stage(price: number, seconds = 590) {
    const made = await perpAuction();
    const { local, id, snapshot } = made;
    await later(local, seconds, { ETH: 1_700 });
    await local.clearinghouse.write.observe([2n, 8n]);
    const broker = await brokerOf(local, id);
    const seen = await snapshot();
    const timestamp = seen.block.timestamp + 20;
    const { largest, discount } = quote(seen, id, WAD, timestamp);
    const units = Math.floor(usd(largest) * 20e6) / 1e6;
    const wish = { instrument: ETH, size: units.toFixed(6), price };
    const buys = await signed(local, local.bob, { ...wish, maker: true });
    const sells = await signed(local, local.dave, {
      ...{ ...wish, size: `-${wish.size}`, price: 1, reduceOnly: true },
    });
    const before = await snapshot();
    return { ...made, ...broker, before, timestamp, discount, fill: fillOf(buys, sells), units };
  }

  /** The bid, foretold with its fill in the middle. */
  function foretell(
    { before, id, receiver, timestamp }: Awaited<ReturnType<typeof stage>>,
    fill: Fill,
  ) {
    const settle = { verb: "settle", fills: [fill], atomic: true } as const;
    const change: Bid = {
      verb: "bid",
      offer: { ...offer(id, receiver), data: "0x01" },
      then: [settle],
    };
    return preview(before, [change], { timestamp });
  }

  it("buys a slice of a perp, sells it to whoever signed for it, and keeps what the discount left", async () => {
    const made = await stage(1_695);
    const { local, id, receiver, wishOf, send, fill, timestamp, discount, units } = made;
    const told = foretell(made, fill);
    if (!told.ok) throw told.error;
    await local.networkHelpers.time.setNextBlockTimestamp(timestamp);
    await send(wishOf([fill]));
    expectAlike(
      stateOf(told.state, timestamp),
      stateOf(await made.snapshot(), timestamp),
      "broker",
    );
    expect(told.state.accounts[id]!.phase).to.equal(Phase.Clear);

    // 3.5 % of the slice, less 5 USD a unit that bob pays below the mark, and a fee of 5 in ten thousand.
    expect(await sizeOf(local, receiver, ETH)).to.be.within(0, 1e-5);
    const profit = (units / 20) * usd(discount) - 5 * units - 0.0005 * 1_700 * units;
    near(usd(await local.clearinghouse.read.cashOf([receiver])), profit, 0.5);
    expect(profit).to.be.greaterThan(100);
  });

  it("could not have carried the slice", async () => {
    const made = await stage(1_695);
    const { local, send, wishOf } = made;
    await refuses(local, () => send({ ...wishOf([]), data: "0x" }), "MarginTooLow");
    await refuses(local, () => send(wishOf([])), "MarginTooLow");
  });

  it("buys nothing, and bob neither, where bob pays less than it owes", async () => {
    const made = await stage(1_650, 60); // the discount is 41 a unit
    const { local, receiver, wishOf, send, fill, timestamp, id } = made;
    const told = foretell(made, fill);
    if (told.ok) throw new Error("it should have lost");
    await local.networkHelpers.time.setNextBlockTimestamp(timestamp);
    const refusal = await send(wishOf([fill])).then(() => null, decodeError);
    expect([refusal?.name, refusal?.message]).to.deep.equal([told.error.name, told.error.message]);
    expect(told.error.name).to.equal("MarginTooLow");
    expect(await phaseOf(local, id)).to.equal("Auction");
    expect(await sizeOf(local, idOf(local.bob), ETH)).to.equal(-20);
    expect(await sizeOf(local, receiver, ETH)).to.equal(0);
  });
});
