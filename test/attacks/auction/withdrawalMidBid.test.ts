import { expect } from "chai";
import { describe, it } from "mocha";

import { type AccountId } from "../../../sdk/types/Ids.ts";
import { script, scriptedStage } from "../../fixtures/flash.ts";
import { idOf, later, near, offer, phaseOf, usd } from "../../fixtures/margin.ts";
import { calmMarket, encoded } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { perp, trade } from "../../fixtures/trading.ts";

const [WITHDRAW, LIQUIDATE] = [4, 16] as const;

describe("attack: what leaves in the middle of a bid", () => {
  it("is proved as at the clearinghouse: while rounds wait, a bidder may keep a slice and take nothing", async () => {
    const { local, sold, bidder, receiver, eth, usdc } = await scriptedStage();
    const { clearinghouse, vault } = local.pool;
    const token = await local.tokenOf("USDC");
    await token.write.mint([local.carol.account.address, local.units("USDC", 1_600)]);
    await token.write.approve([vault, local.units("USDC", 1_600)], {
      account: local.carol.account,
    });
    await local.clearinghouse.write.deposit([receiver, usdc, local.units("USDC", 1_600)], {
      account: local.carol.account,
    });
    for (let i = 0; i < 9; ++i) await later(local, 30, { ETH: 1_690 });

    // 1 600 and some 1.2 ETH against 2 020: E is some 1 640, and IM 1 430 once all is known.
    const dave = local.dave.account.address;
    const taking = encoded(local, "withdraw", [receiver, eth, 1n, dave]);
    const steps = [{ target: clearinghouse, data: taking, must: true }];
    const bid = (data: `0x${string}`) =>
      bidder.write.bid([clearinghouse, { ...offer(sold, receiver), data }]);
    const [factor] = await refuses(local, () => bid(script(steps)), "EstimateBehind");
    expect(factor).to.equal(2n);
    const snapshot = await local.networkHelpers.takeSnapshot();
    await bid(script([]));
    await snapshot.restore();
    await local.clearinghouse.write.observe([2n, 16n]);
    await bid(script(steps));
    const [equity, required] = (await local.clearinghouse.read.initial([receiver])).map(usd);
    expect(required! > 0 && equity! > required!).to.equal(true);
  });

  it("is not what was won a moment ago", async () => {
    const local = await calmMarket();
    const { alice, bob, carol, dave, clearinghouse, pool } = local;
    await local.setPrice("ETH", 2_000);
    const sold: AccountId = await local.deposit(dave, "ETH", 10, 1n);
    const usdc = pool.tokens["USDC"]!;
    const [account, to] = [dave.account, dave.account.address];
    await clearinghouse.write.withdraw([sold, usdc, 14_000_000_000n, to], { account });
    await trade(local, bob, alice, { instrument: perp(2), size: 50, price: 2_000 });
    for (const price of [1_690, 1_690, 1_690]) {
      await later(local, 300, { ETH: price });
      await clearinghouse.write.call([sold]);
    }
    expect(await phaseOf(local, sold)).to.equal("Auction");

    // Alice wins 50·310 = 15 500, and is flat: what she owns is some 115 500, of which 100 000 may leave.
    await trade(local, alice, carol, { instrument: perp(2), size: 50, price: 1_690 });
    const cash = usd(await clearinghouse.read.cashOf([idOf(alice)]));
    near(cash, 115_500, 200);
    const bidder = await local.viem.deployContract("ScriptedBidder");
    const scopes = LIQUIDATE | WITHDRAW;
    await clearinghouse.write.setOperator([idOf(alice), bidder.address, scopes, 2 ** 39, 0n], {
      account: alice.account,
    });
    const bid = (amount: number) => {
      const args = [idOf(alice), usdc, local.units("USDC", amount), alice.account.address];
      const taking = encoded(local, "withdraw", args);
      const data = script([{ target: pool.clearinghouse, data: taking, must: true }]);
      return bidder.write.bid([pool.clearinghouse, { ...offer(sold, idOf(alice)), data }]);
    };
    await refuses(local, () => bid(101_000), "MarginTooLow");
    await bid(98_000);
  });
});
