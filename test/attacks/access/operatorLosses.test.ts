import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress } from "viem";

import { idOf, near } from "../../fixtures/margin.ts";
import { calmMarket, pair, settle } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { fillOf, perp, sizeOf, signed, type Trading } from "../../fixtures/trading.ts";

const eth = perp(2);
const wish = { instrument: eth, size: 1, price: 2_000 };
const [TRADE, ALL_ELSE] = [2, 29];

describe("attack: operators who trade", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  const carol = () => getAddress(local.carol.account.address);

  const allow = (scopes: number, expiry: number, lossLimit = 10n ** 12n) =>
    local.clearinghouse.write.setOperator([idOf(local.bob), carol(), scopes, expiry, lossLimit], {
      account: local.bob.account,
    });

  /** Carol signs for bob's account; alice takes. */
  async function act(price = 2_000) {
    const [, buy] = await pair(local, local.alice, local.bob, { ...wish, price });
    const sell = await signed(local, local.carol, {
      ...{ ...wish, price, size: -1, maker: true },
      ...{ account: idOf(local.bob), signer: local.carol.account.address },
    });
    return () => settle(local, [fillOf(sell, buy)]);
  }

  it("need the scope, whatever else they may", async () => {
    await refuses(local, await act(), "NotAuthorized", [idOf(local.bob), carol(), TRADE, 0]);
    await allow(ALL_ELSE, 2 ** 39);
    await refuses(local, await act(), "NotAuthorized", [idOf(local.bob), carol(), TRADE, 2 ** 39]);
    await allow(TRADE, 2 ** 39);
    await (
      await act()
    )();
    expect(await sizeOf(local, idOf(local.bob), eth)).to.equal(-1);
  });

  it("end at their expiry, to the second", async () => {
    const { time } = local.networkHelpers;
    const expiry = (await time.latest()) + 100;
    await allow(TRADE, expiry);
    const [last, late] = [await act(), await act()];
    await time.setNextBlockTimestamp(expiry - 1);
    await last();
    const args = [idOf(local.bob), carol(), TRADE, expiry];
    await refuses(local, late, "NotAuthorized", args);
  });

  it("revoked between signing and settling", async () => {
    await allow(TRADE, 2 ** 39);
    const fill = await act();
    await allow(0, 0);
    await refuses(local, fill, "NotAuthorized", [idOf(local.bob), carol(), TRADE, 0]);
  });

  it("of one account have no say in the owner's others", async () => {
    const { alice, bob } = local;
    await allow(TRADE, 2 ** 39);
    const [, buy] = await pair(local, alice, bob, wish);
    const account = idOf(bob, 1n);
    const sell = await signed(local, local.carol, {
      ...{ ...wish, size: -1, maker: true, account, signer: local.carol.account.address },
    });
    const fill = () => settle(local, [fillOf(sell, buy)]);
    await refuses(local, fill, "NotAuthorized", [account, carol(), TRADE, 0]);
  });

  it("cancel only where they may trade", async () => {
    const { alice, bob, clearinghouse } = local;
    const [sell] = await pair(local, alice, bob, wish);
    const account = local.carol.account;
    const args = [idOf(bob), carol(), TRADE, 0];
    const one = () => clearinghouse.write.cancel([[sell.order]], { account });
    const all = () => clearinghouse.write.cancelBelow([idOf(bob), 1n], { account });
    await refuses(local, one, "NotAuthorized", args);
    await refuses(local, all, "NotAuthorized", args);
    await allow(TRADE, 2 ** 39);
    await one();
    await all();
  });

  it("lose no more against the mark in a day than they may, fees among it", async () => {
    // A maker's fee of 0.02 % of 2 000 is 0.40, a taker's 1.00. Sold at 1 990 where the mark is 2 000:
    // 10.40 lost. The fees carry the mark down to 1 998.60: the second loses 13.60 + 0.40.
    await allow(TRADE, 2 ** 39, 20_000_000n);
    await (
      await act(1_990)
    )();
    const { lost } = await local.clearinghouse.read.permissionOf([idOf(local.bob), carol()]);
    expect(lost).to.equal(10_400_000n);
    const [, , limit, now] = await refuses(local, await act(1_985), "DailyLossExceeded");
    expect(limit).to.equal(20_000_000n);
    near(Number(now) / 1e6, 10.4 + 14, 0.01);
    // What the owner signs himself is no one else's business.
    const [sell, buy] = await pair(local, local.alice, local.bob, { ...wish, price: 1_985 });
    await settle(local, [fillOf(sell, buy)]);
    // Gains of a trade do not buy room; the next day does.
    await local.networkHelpers.time.increase(86_400);
    const prices = { ETH: 2_000, BTC: 20_000, USDC: 1 };
    for (const [symbol, price] of Object.entries(prices)) await local.setPrice(symbol, price);
    await local.clearinghouse.write.observe([2n, 64n]);
    await (
      await act(1_985)
    )();
  });

  it("without a limit trade at the mark or better only, where fees are none", async () => {
    await allow(TRADE, 2 ** 39, 0n);
    const [, , limit, lost] = await refuses(local, await act(), "DailyLossExceeded");
    expect([limit, lost]).to.deep.equal([0n, 400_000n]);
    await (
      await act(2_010)
    )();
  });
});
