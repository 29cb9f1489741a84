import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { idOf, later, near, usd, withdraw } from "../../fixtures/margin.ts";
import { calmMarket, encoded, meet, quoteOf, settle, taking } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { option, perp, trade, type Trading } from "../../fixtures/trading.ts";

const ETH = 2;
const eth = perp(ETH);
const HALF_HOUR = 1_800;

// A gap between two accounts of one owner: what one wins before the other is found short may not
// leave first. Alice wins 50·400 = 20 000 of bob, who could be her.
describe("attack: what was won a moment ago", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
    const { time } = local.networkHelpers;
    const now = await time.latest();
    await time.increaseTo(Math.ceil(now / HALF_HOUR) * HALF_HOUR + 100); // early in a half-hour
    await local.setPrice("ETH", 2_000);
    await trade(local, local.alice, local.bob, { instrument: eth, size: 50, price: 2_000 });
    await later(local, 60, { ETH: 2_400 });
    await local.clearinghouse.write.observe([2n, 8n]);
  });

  /** Alice is flat, and owes nothing. */
  const close = async () => {
    const { alice, carol } = local;
    const fill = await meet(local, carol, alice, { instrument: eth, size: 50, price: 2_400 });
    await settle(local, [fill]);
    near(usd(await local.clearinghouse.read.cashOf([idOf(alice)])), 119_926, 5);
  };

  const move = (amount: number) => {
    const { alice, clearinghouse, pool } = local;
    const args = [idOf(alice), idOf(alice, 1n), pool.tokens["USDC"]!] as const;
    return clearinghouse.write.transfer([...args, local.units("USDC", amount)], {
      account: alice.account,
    });
  };

  it("is not withdrawn, nor moved to another account", async () => {
    const [equity, required] = (await local.clearinghouse.read.initial([idOf(local.alice)])).map(
      usd,
    );
    const free = Math.floor(equity! - required!); // some 31 600, of which 20 000 are won
    for (const act of [
      () => withdraw(local, local.alice, "USDC", free - 1_000),
      () => move(free),
    ]) {
      await refuses(local, act, "MarginTooLow");
    }
    await withdraw(local, local.alice, "USDC", free - 21_000);
  });

  it("is not withdrawn by an account that has closed all and owes nothing", async () => {
    await close();
    const out = () => withdraw(local, local.alice, "USDC", 100_000);
    const args = await refuses(local, out, "MarginTooLow");
    const [account, equity] = args as [string, bigint];
    expect(account).to.equal(idOf(local.alice));
    near(usd(equity), -74, 5);
    await refuses(local, () => move(100_000), "MarginTooLow");
    await withdraw(local, local.alice, "USDC", 99_000);
  });

  it("is not withdrawn in a batch sent as reducing", async () => {
    const { alice, carol, clearinghouse } = local;
    const id = idOf(alice);
    const fill = await meet(local, carol, alice, { instrument: eth, size: 50, price: 2_400 });
    const calls = (amount: number) => [
      encoded(local, "settle", [[fill], true]),
      taking(local, alice, id, amount),
    ];
    const batch = (amount: number) => () =>
      clearinghouse.write.batchReducing([id, calls(amount)], { account: alice.account });
    await refuses(local, batch(100_000), "MarginTooLow");
    const plain = () => clearinghouse.write.batch([calls(100_000)], { account: alice.account });
    await refuses(local, plain, "MarginTooLow");
    await batch(99_000)();
  });

  it("is not lent to margin that a reducing batch then sets free", async () => {
    const { alice, carol, clearinghouse } = local;
    const id = idOf(alice);
    await local.deposit(carol, "USDC", 1_000_000);
    await close();
    const big = { instrument: eth, size: 65, price: 2_400 };
    await settle(local, [await meet(local, alice, carol, big)]); // fills lean on gains
    const fill = await meet(local, carol, alice, big);
    const [, maintenance] = (await clearinghouse.read.health([id])).map(usd);
    const freed = Math.floor(maintenance!) - 500;
    const calls = [encoded(local, "settle", [[fill], true]), taking(local, alice, id, freed)];
    await clearinghouse.write.batchReducing([id, calls], { account: alice.account });
    const rest = () =>
      clearinghouse.write.batchReducing([id, [taking(local, alice, id, 105_000 - freed)]], {
        account: alice.account,
      });
    await refuses(local, rest, "MarginTooLow");
  });

  it("is good for fills at once", async () => {
    const { alice, carol } = local;
    await local.deposit(carol, "USDC", 1_000_000);
    await close();
    // IM of a unit is some 1 730: 100 000 alone would not carry 63.
    await trade(local, alice, carol, { instrument: eth, size: 63, price: 2_400 });
    const [equity, required] = (await local.clearinghouse.read.initial([idOf(alice)])).map(usd);
    expect(equity! > required! && equity! - 20_000 < required!).to.equal(true);
  });

  it("leaves after the half-hour that follows the one it was won in", async () => {
    const { alice } = local;
    await close();
    const { time } = local.networkHelpers;
    const [, , gains] = await local.clearinghouse.read.positionsOf([idOf(alice)]);
    const out = () => withdraw(local, alice, "USDC", 119_000);
    await time.increaseTo((gains.period + 2) * HALF_HOUR - 3);
    await refuses(local, out, "MarginTooLow");
    await time.increaseTo((gains.period + 2) * HALF_HOUR);
    await out();
  });

  it("is not handed on by an option at a price off its mark", async () => {
    const { alice, carol, near: expiry } = local;
    await close();
    const call = option(ETH, "call", expiry, 2_400);
    const { low, high } = await quoteOf(local, call);
    const [cheap, dear] = [Math.ceil(usd(low)) + 1, Math.floor(usd(high)) - 1];
    const many = { instrument: call, size: 60 };
    await settle(local, [await meet(local, alice, carol, { ...many, price: dear })]);
    await settle(local, [await meet(local, carol, alice, { ...many, price: cheap })]);
    const won = usd(await local.clearinghouse.read.cashOf([idOf(carol)])) - 100_000;
    expect(won > 5_000).to.equal(true);
    const out = () => withdraw(local, carol, "USDC", Math.floor(100_000 + won - 1));
    await refuses(local, out, "MarginTooLow");
  });

  it("is not made or unmade by strangers who settle it for its owner", async () => {
    const { alice, bob, dave, clearinghouse } = local;
    const [before] = await clearinghouse.read.health([idOf(alice)]);
    for (let i = 0; i < 5; ++i) {
      for (const one of [alice, bob]) {
        await clearinghouse.write.settleExpired([idOf(one)], { account: dave.account });
      }
    }
    const [after] = await clearinghouse.read.health([idOf(alice)]);
    expect(Math.abs(usd(after - before)) < 0.01).to.equal(true);
    const [, , gains] = await clearinghouse.read.positionsOf([idOf(alice)]);
    near(usd(gains.current), 20_000, 0.01);
    await withdraw(local, alice, "USDC", 10_000);
    await local.networkHelpers.time.increase(2 * HALF_HOUR);
    await local.setPrice("ETH", 2_400);
    await clearinghouse.write.settleExpired([idOf(alice)], { account: dave.account });
    await withdraw(local, alice, "USDC", 12_000);
  });
});
