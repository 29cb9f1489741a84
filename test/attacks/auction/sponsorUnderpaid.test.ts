import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { maxWithdraw } from "../../../sdk/preview/maxWithdraw.ts";
import { FUND } from "../../../sdk/types/Ids.ts";
import { foretold } from "../../fixtures/foretold.ts";
import { drift, idOf, later, phaseOf } from "../../fixtures/margin.ts";
import { calmMarket } from "../../fixtures/market.ts";
import { feesOf, FEE, freeOf, sponsored, topUp, type Sponsored } from "../../fixtures/sponsored.ts";
import { perp, trade } from "../../fixtures/trading.ts";

const ETH = perp(2);

describe("attack: what a sponsor is paid from", () => {
  describe("an account that is a little above IM", () => {
    let stage: Sponsored;

    /** Alice owes carol 19, and has 10 above IM once she has paid what she can. */
    beforeEach(async () => {
      stage = await sponsored();
      await topUp(stage, 500);
      const wanted = -(await freeOf(stage)) / 1.0075 + 20;
      await topUp(stage, wanted.toFixed(6), "USDC", stage.local.alice);
      expect((await feesOf(stage)).owed).to.be.within(5, 15);
    });

    it("gives up nothing to its owner before the sponsor has all", async () => {
      const { local, alice, act, snapshot } = stage;
      const s = await snapshot();
      const timestamp = s.block.timestamp + 10;
      const eth = local.pool.tokens["ETH"]!;
      const limit = maxWithdraw(s, alice, eth, { timestamp });
      expect(limit).to.include({ amount: 0n, reason: "sponsor" });
      const one = await act({ verb: "withdraw", account: alice, token: eth, amount: 1n });
      expect(one.preview.ok ? "ok" : one.preview.error.name).to.equal("SponsorUnpaid");
      const to = idOf(local.alice, 1n);
      const moved = await act({ verb: "transfer", from: alice, to, token: eth, amount: 1n });
      expect(moved.preview.ok ? "ok" : moved.preview.error.name).to.equal("SponsorUnpaid");
    });

    it("gives up to the unit what is said once it has twice the fee", async () => {
      const { local, alice, act, snapshot } = stage;
      const token = local.pool.tokens["ETH"]!;
      await local.setPrice("ETH", 1_700);
      const mostOf = async () => {
        const s = await snapshot();
        return maxWithdraw(s, alice, token, { timestamp: s.block.timestamp + 10 }).amount;
      };
      const take = (amount: bigint) => act({ verb: "withdraw", account: alice, token, amount });
      const more = await mostOf();
      expect((await take(more + 1n)).preview.ok).to.equal(false);
      expect((await feesOf(stage)).owed).to.be.greaterThan(0);
      const most = await mostOf();
      expect(most > 0n).to.equal(true);
      expect((await take(most)).preview.ok).to.equal(true);
      expect((await feesOf(stage)).owed).to.equal(0);
    });
  });

  it("is nothing that settlement paid the account a moment ago", async () => {
    const local = await calmMarket();
    const alice = idOf(local.alice);
    const { clearinghouse } = local;
    const people = [local.bob, local.carol, local.dave, local.admin].map((actor) => idOf(actor));
    const stage = { local, alice, ...foretold(local, [FUND, alice, ...people], [ETH]) };
    const { act } = stage;
    await trade(local, local.alice, local.bob, { instrument: ETH, size: 170, price: 2_000 });
    const sponsor = local.dave.account.address;
    await act({ verb: "setSponsor", account: alice, sponsor, fee: FEE });

    // 1 % an hour down until she is called; her loss is paid, dave tops up.
    let price = 2_000;
    for (let i = 0; i < 24 && (await phaseOf(local, alice)) === "Clear"; ++i) {
      price = await drift(local, price, 1);
      await clearinghouse.write.call([alice]).catch(() => undefined);
    }
    expect(await phaseOf(local, alice)).to.equal("Called");
    await act({ verb: "settleExpired", account: alice });
    await topUp(stage as Sponsored, 1_000, "USDC", local.dave);

    // 1 % an hour up: cured on the way, and nobody looks from then on.
    for (let i = 0; i < 20; ++i) {
      price = Math.round(price * 1.01);
      await later(local, 3_600, { ETH: price, USDC: 1 });
      await clearinghouse.write.observe([2n, 8n]);
      if ((await phaseOf(local, alice)) !== "Clear") await clearinghouse.write.call([alice]);
    }
    const { owed } = (await clearinghouse.read.accountOf([alice])).sponsorship;
    expect(owed > 0n).to.equal(true);
    const [equity, required] = await clearinghouse.read.initial([alice]);
    expect(equity > required).to.equal(true);

    await act({ verb: "settleExpired", account: alice });
    expect((await clearinghouse.read.accountOf([alice])).sponsorship.owed).to.equal(owed);
    await later(local, 3_600, { ETH: price, USDC: 1 });
    await act({ verb: "settleExpired", account: alice });
    expect((await clearinghouse.read.accountOf([alice])).owes).to.equal(false);
  });
});
