import { beforeEach, describe, it } from "mocha";
import { parseEther, zeroHash } from "viem";

import { accountId, type AccountId } from "../../../sdk/types/Ids.ts";
import { MAKER } from "../../../sdk/types/Order.ts";
import { idOf } from "../../fixtures/margin.ts";
import { calmMarket, meet, pair, settle, sign } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { fillOf, perp, type Trading } from "../../fixtures/trading.ts";

const eth = perp(2);
const [one, price] = [parseEther("1"), parseEther("2000")];

describe("attack: orders that do not match", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  const wish = { instrument: eth, size: 1, price: 2_000 };

  it("two takers, two makers", async () => {
    const { alice, bob } = local;
    const takers = await meet(local, alice, bob, wish, { maker: false });
    await refuses(local, () => settle(local, [takers]), "NotOneMaker", [0, 0]);
    const makers = await meet(local, alice, bob, { ...wish, maker: true });
    await refuses(local, () => settle(local, [makers]), "NotOneMaker", [MAKER, MAKER]);
    const [sell, buy] = await pair(local, alice, bob, wish);
    await refuses(local, () => settle(local, [fillOf(buy, sell)]), "NotOneMaker", [0, MAKER]);
  });

  it("two buyers, two sellers, and one who wants nothing", async () => {
    const { alice, bob } = local;
    const buyers = await meet(local, alice, bob, wish, { size: 1 });
    await refuses(local, () => settle(local, [buyers]), "SameSide", [one, one]);
    const sellers = await meet(local, alice, bob, { ...wish, size: -1 }, { size: -2 });
    await refuses(local, () => settle(local, [sellers]), "SameSide", [-2n * one, -one]);
    const [sell, buy] = await pair(local, alice, bob, wish);
    const nothing = await sign(local, bob, { ...sell.order, size: 0n });
    const act = () => settle(local, [fillOf(nothing, buy, 1n)]);
    const [account, , left, size] = await refuses(local, act, "Overfilled");
    if (account !== idOf(bob) || left !== 0n || size !== 1n) throw new Error("other numbers");
  });

  it("other instruments", async () => {
    const { alice, bob } = local;
    const btc = perp(1);
    const fill = await meet(local, alice, bob, wish, { instrument: btc });
    await refuses(local, () => settle(local, [fill]), "InstrumentsDiffer", [btc, eth]);
  });

  it("a fill of nothing, or of less", async () => {
    const { alice, bob } = local;
    const fill = await meet(local, alice, bob, wish);
    for (const size of [0n, -1n, -(2n ** 255n)]) {
      await refuses(local, () => settle(local, [{ ...fill, size }]), "AmountZero", []);
    }
  });

  it("the house: the fund, and every account of address zero", async () => {
    const { alice, bob } = local;
    const [sell, buy] = await pair(local, alice, bob, wish);
    for (const account of [zeroHash, accountId("0x0000000000000000000000000000000000000000", 7n)]) {
      const house = await sign(local, bob, { ...sell.order, account: account as AccountId });
      const act = () => settle(local, [fillOf(house, buy)]);
      await refuses(local, act, "ReservedAccount", [account]);
      const other = await sign(local, alice, { ...buy.order, account: account as AccountId });
      const turned = () => settle(local, [fillOf(sell, other)]);
      await refuses(local, turned, "ReservedAccount", [account]);
    }
  });

  it("a named taker meets no one else, nor does one who names a maker", async () => {
    const { alice, bob, carol } = local;
    const named = { taker: idOf(carol) };
    const shut = await meet(local, alice, bob, wish, named);
    const args = [idOf(bob), idOf(carol), idOf(alice)];
    await refuses(local, () => settle(local, [shut]), "NotNamed", args);
    const choosy = await meet(
      local,
      alice,
      bob,
      { ...wish, taker: idOf(carol) },
      { taker: zeroHash },
    );
    const asked = [idOf(alice), idOf(carol), idOf(bob)];
    await refuses(local, () => settle(local, [choosy]), "NotNamed", asked);
    const second = await meet(local, alice, bob, wish, { taker: idOf(alice, 1n) });
    const other = [idOf(bob), idOf(alice, 1n), idOf(alice)];
    await refuses(local, () => settle(local, [second]), "NotNamed", other);
    const both = { ...wish, taker: idOf(bob) };
    await settle(local, [await meet(local, alice, bob, both, { taker: idOf(alice) })]);
  });

  it("a price a wei beyond the taker's limit, on either side", async () => {
    const { alice, bob } = local;
    const [sell, buy] = await pair(local, alice, bob, wish);
    const high = await sign(local, bob, { ...sell.order, limitPrice: price + 1n });
    const over = [idOf(alice), price + 1n, price];
    await refuses(local, () => settle(local, [fillOf(high, buy)]), "PriceOutsideLimit", over);
    const [bid, ask] = [
      await sign(local, alice, { ...buy.order, flags: MAKER, limitPrice: price - 1n }),
      await sign(local, bob, { ...sell.order, flags: 0 }),
    ];
    const under = [idOf(bob), price - 1n, price];
    await refuses(local, () => settle(local, [fillOf(bid, ask)]), "PriceOutsideLimit", under);
    await settle(local, [fillOf(sell, buy)]);
  });
});
