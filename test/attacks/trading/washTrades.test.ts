import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { parseEther } from "viem";

import type { Fill } from "../../../sdk/types/Order.ts";
import { idOf, usd } from "../../fixtures/margin.ts";
import { calmMarket, quoteOf, settle } from "../../fixtures/market.ts";
import { fillOf, future, perp, signed, trade, type Trading } from "../../fixtures/trading.ts";

const ETH = 2;
const eth = perp(ETH);
const PRICE = 2_000;

describe("attack: trades with oneself, to move the market", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  const marketOf = async () => (await local.clearinghouse.read.marketOf([2n]))[0];

  /** What alice and her second account hold in cash. */
  const purse = async () => {
    const ids = [idOf(local.alice), idOf(local.alice, 1n)];
    const all = await Promise.all(ids.map((id) => local.clearinghouse.read.cashOf([id])));
    return usd(all[0]! + all[1]!);
  };

  /** Alice's second account, with half of her cash. */
  async function split() {
    const { alice, clearinghouse, pool } = local;
    const args = [idOf(alice), idOf(alice, 1n), pool.tokens["USDC"]!, 50_000_000_000n] as const;
    await clearinghouse.write.transfer(args, { account: alice.account });
  }

  /** Her first account buys, or sells if below zero, from her second. */
  async function wash(size: number | string, price: number): Promise<Fill> {
    const { alice } = local;
    const order = { instrument: eth, price };
    const other = { size: String(size).startsWith("-") ? String(size).slice(1) : `-${size}` };
    const maker = { ...order, ...other, account: idOf(alice, 1n), maker: true };
    return fillOf(
      await signed(local, alice, maker),
      await signed(local, alice, { ...order, size }),
    );
  }

  for (const size of ["0.000000000000000001", "0.001", "1", "20"]) {
    it(`the premium costs what it moves, ${size} at a time`, async () => {
      await trade(local, local.bob, local.carol, { instrument: eth, size: 10, price: PRICE });
      await split();
      let moved = 0;
      const cash = await purse();
      for (const sign of ["", "-", "", "-"]) {
        const before = (await marketOf()).premium;
        const fill = await wash(`${sign}${size}`, 2_060);
        await settle(local, [fill]);
        const { premium } = await marketOf();
        const open = (await local.clearinghouse.read.interestOf([eth])).open;
        const depth = Math.max(usd(open), 10 + (sign === "" ? Number(size) : 0)) * PRICE;
        moved += Math.max(0, usd(premium - before)) * depth;
      }
      const paid = cash - (await purse());
      expect(moved <= paid + 1e-9, `${moved} moved for ${paid}`).to.equal(true);
      expect(usd((await marketOf()).premium) <= 0.005).to.equal(true); // half of the perp's MM rate
    });
  }

  it("the premium of an empty market costs little and is worth as little", async () => {
    await split();
    await settle(local, [await wash("0.000000000000000001", 2_069)]);
    const { premium } = await marketOf();
    // 2 wei of fees for a wei of open interest: at most 0.1 %, and nothing to earn it on.
    expect(usd(premium) <= 0.001).to.equal(true);
    const { mark } = await quoteOf(local, eth);
    expect(usd(mark) <= 2_002).to.equal(true);
    const { time } = local.networkHelpers;
    await time.increase(3_600 * 8);
    await local.setPrice("ETH", PRICE);
    expect(usd((await quoteOf(local, eth)).mark) - PRICE < 0.01).to.equal(true);
  });

  it("funding earned by a premium of one's own making is less than its fees", async () => {
    const { alice, bob, carol, clearinghouse } = local;
    await trade(local, carol, bob, { instrument: eth, size: 30, price: PRICE }); // bob is short
    await trade(local, carol, alice, { instrument: eth, size: 20, price: PRICE }); // so is alice
    await split();
    await clearinghouse.write.settleExpired([idOf(alice)]);
    const start = await purse();
    for (const size of [20, -20, 20, -20]) await settle(local, [await wash(size, 2_060)]);
    expect(usd((await marketOf()).premium) > 0.0005).to.equal(true);
    await local.networkHelpers.time.increase(3_600 * 8);
    await local.setPrice("ETH", PRICE);
    await clearinghouse.write.settleExpired([idOf(alice)]);
    // Eight hours on the premium is gone, and what longs have paid for it is in her purse, short 20.
    const { funding } = await marketOf();
    const [, entries] = await clearinghouse.read.positionsOf([idOf(alice)]);
    const earned = 20 * (PRICE - usd(entries[0]!) - usd(funding));
    const fees = 4 * 20 * PRICE * 0.0007;
    const net = (await purse()) - start;
    expect(earned > 0 && earned < fees / 5, `${earned} earned for ${fees}`).to.equal(true);
    expect(net < 0, `${net}`).to.equal(true);
  });

  it("the forward of a future follows no fill at all", async () => {
    const { alice, bob, near } = local;
    const dated = future(ETH, near);
    for (const price of [2_069, 1_931]) {
      await trade(local, alice, bob, { instrument: dated, size: 1, price });
      expect((await quoteOf(local, dated)).mark).to.equal(parseEther("2000"));
    }
  });

  it("open interest pumped and let go inside a block leaves no trace after it", async () => {
    const { bob, carol, clearinghouse } = local;
    const crowded = await calmMarket((p) => {
      p.factors["ETH"]!.openInterest = { low: 10, high: 40, cap: 1_000 };
      return p;
    });
    local = crowded;
    await trade(local, bob, carol, { instrument: eth, size: 8, price: PRICE });
    await local.networkHelpers.mine();
    await split();
    const read = async () => (await local.clearinghouse.read.health([idOf(bob)])).map(usd);
    const before = await read();
    const pump = [await wash(30, PRICE), await wash(-30, PRICE)];
    await settle(local, pump);
    const market = await marketOf();
    expect([market.openInterest, market.earlier]).to.deep.equal([parseEther("8"), parseEther("8")]);
    const after = await read();
    expect(Math.abs(after[1]! - before[1]!) < 0.5).to.equal(true);
    const [, initial] = (await local.clearinghouse.read.initial([idOf(bob)])).map(usd);
    await local.networkHelpers.mine();
    const [, later] = (await local.clearinghouse.read.initial([idOf(bob)])).map(usd);
    expect(Math.abs(initial! - later!) < 0.5).to.equal(true);
    void clearinghouse;
  });

  it("open interest pumped and held asks more of the pumper at once, of others' MM 1 % an hour", async () => {
    const { bob, carol } = local;
    local = await calmMarket((p) => {
      p.factors["ETH"]!.openInterest = { low: 10, high: 40, cap: 1_000 };
      return p;
    });
    await trade(local, bob, carol, { instrument: eth, size: 8, price: PRICE });
    await split();
    const read = async () => (await local.clearinghouse.read.health([idOf(bob)])).map(usd)[1]!;
    const before = await read();
    const initial = async () => usd((await local.clearinghouse.read.initial([idOf(bob)]))[1]);
    const asked = await initial();
    await settle(local, [await wash(20, PRICE)]); // 28 open: g = 1.6
    expect((await read()) / before < 1.001).to.equal(true);
    expect((await initial()) / asked > 1.3).to.equal(true);
    await local.networkHelpers.time.increase(3_600);
    await local.setPrice("ETH", PRICE);
    expect((await read()) / before < 1.03).to.equal(true);
  });
});
