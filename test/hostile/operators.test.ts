import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress } from "viem";

import { idOf } from "../fixtures/margin.ts";
import { calmMarket, pair, settle } from "../fixtures/market.ts";
import { refuses } from "../fixtures/refusal.ts";
import { fillOf, perp, sizeOf, signed, type Trading } from "../fixtures/trading.ts";

const eth = perp(2);
const wish = { instrument: eth, size: 1, price: 2_000 };
const [TRADE, ALL_ELSE] = [2, 29];

describe("hostile: operators who trade", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  const carol = () => getAddress(local.carol.account.address);

  const allow = (scopes: number, expiry: number) =>
    local.door.write.setOperator([idOf(local.bob), carol(), scopes, expiry], {
      account: local.bob.account,
    });

  /** Carol signs for bob's account; alice takes. */
  async function act() {
    const [, buy] = await pair(local, local.alice, local.bob, wish);
    const sell = await signed(local, local.carol, {
      ...{ ...wish, size: -1, maker: true },
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
    const { alice, bob, door } = local;
    const [sell] = await pair(local, alice, bob, wish);
    const account = local.carol.account;
    const args = [idOf(bob), carol(), TRADE, 0];
    const one = () => door.write.cancel([[sell.order]], { account });
    const all = () => door.write.cancelBelow([idOf(bob), 1n], { account });
    await refuses(local, one, "NotAuthorized", args);
    await refuses(local, all, "NotAuthorized", args);
    await allow(TRADE, 2 ** 39);
    await one();
    await all();
  });
});
