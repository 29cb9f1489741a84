import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { decodeError } from "../../../sdk/errors/index.ts";
import type { Inside } from "../../../sdk/preview/Change.ts";
import { preview } from "../../../sdk/preview/preview.ts";
import type { Fill } from "../../../sdk/types/Order.ts";
import { brokerOf } from "../../fixtures/broker.ts";
import { idOf, later, type Local, offer, phaseOf, WAD, withdraw } from "../../fixtures/margin.ts";
import { fillOf, signed } from "../../fixtures/trading.ts";
import { expectAlike, plain } from "../../parity/plain.ts";
import type { Thrown } from "../../preview/follow.ts";
import { stateOf } from "../../preview/stateOf.ts";
import { ETH, perpAuction } from "../../stories/perpAuction.ts";

/** The admin puts up 10 ETH at 2 000 and borrows 14 000: in call at 1 700. */
async function borrows(local: Local) {
  await local.deposit(local.admin, "ETH", 10);
  await withdraw(local, local.admin, "USDC", 14_000);
}

type Actor = Parameters<typeof signed>[1];

describe("attack: a bidder who trades when it is called", function () {
  this.timeout(240_000);
  let stage: Awaited<ReturnType<typeof perpAuction>> & Awaited<ReturnType<typeof brokerOf>>;

  beforeEach(async () => {
    const made = await perpAuction((p) => p, borrows);
    await made.local.deposit(made.local.dave, "USDC", 20_000);
    stage = { ...made, ...(await brokerOf(made.local, made.id)) };
  });

  /** `buyer` takes what `seller` makes. */
  async function meet(buyer: Actor, seller: Actor, size: number, more: object = {}): Promise<Fill> {
    const wish = { instrument: ETH, size, price: 1_700, ...more };
    const sells = await signed(stage.local, seller, { ...wish, size: -size, maker: true });
    return fillOf(sells, await signed(stage.local, buyer, wish));
  }

  /** A tenth of alice's book with these fills in its middle: foretold, and so. Returns the refusal's name. */
  async function tried(fills: readonly Fill[], atomic = true): Promise<string> {
    const { local, id, receiver, snapshot, wishOf, send } = stage;
    const fork = await local.networkHelpers.takeSnapshot();
    const seen = await snapshot();
    const timestamp = seen.block.timestamp + 10;
    const then: Inside[] = [{ verb: "settle", fills, atomic }];
    const wish = { ...offer(id, receiver, WAD / 10n), data: "0x01" as const };
    const told = preview(seen, [{ verb: "bid", offer: wish, then }], { timestamp });
    await local.networkHelpers.time.setNextBlockTimestamp(timestamp);
    const refusal = await send(wishOf(fills, WAD / 10n, atomic)).then(
      () => null,
      (thrown: unknown) => decodeError(thrown) as Thrown,
    );
    if (told.ok) {
      expect(refusal, refusal?.message).to.equal(null);
      const after = await snapshot();
      expectAlike(stateOf(told.state, timestamp), stateOf(after, timestamp), "fills");
    } else {
      const { name, args } = told.error as Thrown;
      expect(plain([refusal?.name, refusal?.args])).to.deep.equal(plain([name, args]));
    }
    await fork.restore();
    return refusal?.name ?? "done";
  }

  it("trades for the account that bought, on either side, and not with itself", async () => {
    const { bob, dave } = stage.local;
    expect(await tried([await meet(bob, dave, 2)])).to.equal("done");
    expect(await tried([await meet(dave, bob, 2)])).to.equal("done");
    expect(await tried([await meet(dave, dave, 1)])).to.equal("SelfMatch");
    expect(await tried([await meet(bob, dave, 1), await meet(bob, dave, 1)])).to.equal("done");
  });

  it("for no other account, nor with the one that is sold", async () => {
    const { alice, bob, carol, dave } = stage.local;
    expect(await tried([await meet(carol, bob, 1)])).to.equal("ClosedDuringBid");
    const sold = await meet(dave, alice, 1, { reducing: true });
    expect(await tried([sold])).to.equal("ClosedDuringBid");
    expect(await tried([await meet(carol, bob, 1), sold], false)).to.equal("done"); // both left out
  });

  it("nor with an account in call, which no one would look at", async () => {
    const { admin, bob, dave, clearinghouse } = stage.local;
    const id = idOf(admin);
    await clearinghouse.write.call([id]);
    expect(await phaseOf(stage.local, id)).to.equal("Called");
    const closing = await meet(dave, admin, 1, { reducing: true });
    expect(await tried([closing])).to.equal("ClosedDuringBid");
    expect(await tried([await meet(dave, bob, 1)])).to.equal("done");
  });

  it("needs IM for what it adds, rounds that wait among it, as any fill does", async () => {
    const { local } = stage;
    const { bob, carol, dave } = local;
    expect(await tried([await meet(dave, carol, 70)])).to.equal("MarginTooLow");
    expect(await tried([await meet(dave, carol, 14)])).to.equal("done");
    for (let i = 0; i < 9; ++i) await later(local, 61, { ETH: 1_700 });
    expect(await tried([])).to.equal("done");
    expect(await tried([await meet(bob, dave, 2)])).to.equal("EstimateBehind");
  });
});
