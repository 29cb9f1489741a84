import { expect } from "chai";
import { describe, it } from "mocha";

import { LookDue } from "../../sdk/errors/pool.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { near as about, usd } from "../fixtures/margin.ts";
import { meet, settle } from "../fixtures/market.ts";
import { refuses } from "../fixtures/refusal.ts";
import { fillOf, signed } from "../fixtures/trading.ts";
import { ETH, leaverStage, RUIN } from "./leavers.ts";

// 170 shorts are charged 37 each at 1 290; at 2 000 all of it comes back, once somebody looks.
describe("story: units that open while payouts are withheld", function () {
  this.timeout(240_000);

  it("wait for a look at the last price: what comes back is theirs who were charged", async () => {
    const { local, gap, loser, deal, look, again, wealth, snapshot } = await leaverStage();
    const { admin, bob, dave } = local;
    await gap(loser, RUIN);
    await deal(admin, dave, 1); // looked at at this price
    await deal(dave, admin, 1);
    await again(2_000);
    const late = await meet(local, admin, dave, { instrument: ETH, size: 100, price: 2_000 });
    await refuses(local, () => settle(local, [late]), "LookDue", [ETH, false]);
    const known = await snapshot();
    const foretold = preview(known, [{ verb: "settle", fills: [late], atomic: true }], {
      timestamp: known.block.timestamp + 1,
    });
    expect(foretold).to.have.property("error").that.is.instanceOf(LookDue);
    await deal(bob, dave, 10, 2_000); // units that change hands need no look
    await look();
    await deal(admin, dave, 100, 2_000);
    const [bobs, carols, daves, admins] = (await wealth()).map(usd);
    // Bob left ten while they were charged; dave took them over, and has that back. The hundred have nothing.
    expect(bobs).to.be.within(600_000 - 10 * 38, 600_000 - 10 * 36);
    about(carols!, 600_000, 1);
    about(daves!, 500_000 + 600_000 - bobs!, 2);
    about(admins!, 500_000, 1);
  });

  it("wait for a look at every account that lacks something", async () => {
    const { local, gap, loser, look, again, act } = await leaverStage();
    const { admin, alice, bob, dave } = local;
    // Her second account is long 30 for 20 000: 21 300 lost of it at 1 290.
    const other = await local.deposit(alice, "USDC", 20_000, 1n);
    const wish = { instrument: ETH, price: 2_000 };
    const sell = await signed(local, bob, { ...wish, size: -30, maker: true });
    await settle(local, [
      fillOf(sell, await signed(local, alice, { ...wish, account: other, size: 30 })),
    ]);
    await gap(loser, RUIN);
    const lookToo = () => act({ verb: "call", account: other });
    await lookToo();
    const wanted = { instrument: ETH, size: 1, price: RUIN };
    const opening = () => meet(local, admin, dave, wanted);
    const open = async () => settle(local, [await opening()]);
    await open();
    await again(RUIN);
    await look();
    const waits = await opening();
    await refuses(local, () => settle(local, [waits]), "LookDue");
    await lookToo();
    await open();
    await again(RUIN);
    await lookToo();
    await refuses(local, () => settle(local, [waits]), "LookDue");
    await look();
    await open();
    const [, shorts] = await local.clearinghouse.read.payoutHaircutsOf([ETH]);
    const parts = await Promise.all(
      [loser, other].map((id) => local.clearinghouse.read.partsOf([id])),
    );
    expect(shorts.held).to.equal(parts.flat().reduce((sum, { rate }) => sum + rate, 0n));
    expect(shorts.known).to.equal(shorts.held);
  });
});
