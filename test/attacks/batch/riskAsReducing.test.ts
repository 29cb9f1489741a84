import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { idOf, later, phaseOf, usd } from "../../fixtures/margin.ts";
import { calmMarket, encoded, meet, settle, taking } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import {
  fillOf,
  option,
  perp,
  signed,
  sizeOf,
  trade,
  type Trading,
} from "../../fixtures/trading.ts";

const ETH = 2;
const eth = perp(ETH);

// Alice: 12 000 USDC, long 20 ETH at 2 000. At 1 700 she has lost 6 000 and paid 20. MM of 20 ETH:
// shock 16.03 % + basis 1 % + cost 0.5 % + band 0.5 % + size, ≈ 18.1 % of 34 000, and 2 % of her cash:
// ≈ 6 300. Equity 5 980: h ≈ 0.95.
describe("attack: an account in call", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
    const { alice, bob, clearinghouse, pool } = local;
    const usdc = pool.tokens["USDC"]!;
    const [from, to] = [idOf(alice), idOf(alice, 1n)];
    await clearinghouse.write.transfer([from, to, usdc, 88_000_000_000n], {
      account: alice.account,
    });
    await trade(local, alice, bob, { instrument: eth, size: 20, price: 2_000 });
    await later(local, 60, { ETH: 1_700 });
    await clearinghouse.write.observe([2n, 8n]);
    await clearinghouse.write.call([idOf(alice)]);
    expect(await phaseOf(local, idOf(alice))).to.equal("Called");
  });

  /** Alice's called account sells to her other one, which holds 88 000. */
  async function toHerself(size: number, price: number) {
    const { alice } = local;
    const maker = { instrument: eth, size: -size, price, maker: true, reducing: true };
    const sell = await signed(local, alice, maker);
    const buy = await signed(local, alice, {
      ...{ instrument: eth, size, price, account: idOf(alice, 1n) },
    });
    return () => settle(local, [fillOf(sell, buy)]);
  }

  it("fills nothing that is not sent as reducing", async () => {
    const { alice, carol } = local;
    for (const [buyer, seller] of [
      [carol, alice],
      [alice, carol],
    ] as const) {
      const fill = await meet(local, buyer, seller, { instrument: eth, size: 1, price: 1_700 });
      await refuses(local, () => settle(local, [fill]), "InCall", [idOf(alice), 1]);
    }
  });

  it("hands its owner's other account no more than the band, and stays solvent", async () => {
    const away = await toHerself(20, 1_640);
    await refuses(local, away, "PriceOutsideBand");
    const before = await equity();
    await (
      await toHerself(20, 1_641)
    )(); // 3.47 % off: 20·59 = 1 180 leave
    expect(before - (await equity()) < 1_300).to.equal(true);
    expect((await equity()) >= 0).to.equal(true);
    expect(await sizeOf(local, idOf(local.alice), eth)).to.equal(0);
  });

  it("hands over nothing that it does not have", async () => {
    // At 1 420: 20·580 = 11 600 lost of 11 980, equity 380; 3.2 % off the mark would cost 20·45 = 900.
    await later(local, 60, { ETH: 1_420 });
    await local.clearinghouse.write.observe([2n, 8n]);
    const args = await refuses(local, await toHerself(20, 1_375), "NotReducing");
    const [account, before, , after] = args as [string, bigint, bigint, bigint];
    expect(account).to.equal(idOf(local.alice));
    expect(before > 0n && after < 0n).to.equal(true);
    await (
      await toHerself(20, 1_419)
    )();
    expect((await equity()) >= 0).to.equal(true);
  });

  it("may close, bit by bit, and hedge with another instrument", async () => {
    const { alice, carol, clearinghouse } = local;
    const close = { instrument: eth, size: 5, price: 1_700 };
    await settle(local, [await meet(local, carol, alice, close, { reducing: true })]);
    const btc = perp(1);
    const [, before] = await clearinghouse.read.health([idOf(alice)]);
    const hedge = { instrument: btc, size: "0.5", price: 20_000 };
    await settle(local, [await meet(local, carol, alice, hedge, { reducing: true })]);
    const [, after] = await clearinghouse.read.health([idOf(alice)]);
    expect(after < before).to.equal(true);
    expect(await sizeOf(local, idOf(alice), btc)).to.equal(-0.5);
  });

  it("may close though the other side's proof walks rounds that raise what all need", async () => {
    // Two rounds wait, no price moved: walked, they raise σMM by some 0.3 %, which is 20 of MM; closing a
    // hundredth of a unit takes off 3. She is measured by what was known before, whoever makes.
    const { alice, carol, clearinghouse } = local;
    for (let i = 0; i < 2; ++i) await later(local, 600, { ETH: 1_700 });
    const [, before] = await clearinghouse.read.health([idOf(alice)]);
    const buy = { instrument: eth, size: "0.01", price: 1_700 };
    const sell = { instrument: eth, size: "-0.01", price: 1_700, reducing: true };
    const maker = await signed(local, carol, { ...buy, maker: true });
    await settle(local, [fillOf(maker, await signed(local, alice, sell))]);
    const [, after] = await clearinghouse.read.health([idOf(alice)]);
    expect(after > before).to.equal(true); // carol's proof did walk them
    await later(local, 600, { ETH: 1_700 });
    const making = await signed(local, alice, { ...sell, maker: true });
    await settle(local, [fillOf(making, await signed(local, carol, buy))]);
    expect(await sizeOf(local, idOf(alice), eth)).to.equal(19.98);
  });

  it("may not add, in whatever instrument, and is told by how much it would be worse", async () => {
    const { alice, carol, near } = local;
    const call = option(ETH, "call", near, 1_700);
    const adding = [
      await meet(local, alice, carol, { instrument: eth, size: 1, price: 1_700, reducing: true }),
      await meet(
        local,
        carol,
        alice,
        { instrument: eth, size: 45, price: 1_700 },
        { reducing: true },
      ),
      await meet(local, alice, carol, { instrument: call, size: 1, price: 65, reducing: true }),
    ];
    for (const fill of adding) {
      const act = () => settle(local, [fill]);
      const [account, e, m, e2, m2] = (await refuses(local, act, "NotReducing")) as bigint[];
      expect(account).to.equal(idOf(alice));
      expect(m2! > m! || e2! - m2! < e! - m!).to.equal(true);
    }
  });

  it("in a reducing batch the same", async () => {
    const { alice, carol, clearinghouse } = local;
    const id = idOf(alice);
    const batch = (calls: readonly `0x${string}`[]) =>
      clearinghouse.write.batchReducing([id, [...calls]], { account: alice.account });
    await refuses(local, () => batch([taking(local, alice, id, 1)]), "NotReducing");
    const close = { instrument: eth, size: 10, price: 1_700 };
    const fill = await meet(local, carol, alice, close, { reducing: true });
    const fills = encoded(local, "settle", [[fill], true]);
    // Closed: 5 980 less a fee of 3.4 against some 3 140. With 5 000 taken out 977: h 0.31, which was
    // 0.95. The batch is one act of an account in call (DESIGN §6, §8): it is refused as one that did not
    // reduce, in whatever order, though after the first step alone the call would have been over.
    const leaving = taking(local, alice, id, 5_000);
    for (const calls of [
      [fills, leaving],
      [leaving, fills],
    ]) {
      const args = (await refuses(local, () => batch(calls), "NotReducing")) as bigint[];
      const [, equity, maintenance, equityAfter, maintenanceAfter] = args;
      expect(usd(equity!)).to.be.closeTo(5_980, 0.01);
      expect(usd(equityAfter!)).to.be.closeTo(976.6, 0.01);
      expect(maintenanceAfter! < maintenance!).to.equal(true);
    }
    // With 1 000: 4 977, h 1.6. No worse, and cured, though IM after such a fall is some 12 000.
    const [, required] = await clearinghouse.read.initial([id]);
    await batch([fills, taking(local, alice, id, 1_000)]);
    expect(await sizeOf(local, id, eth)).to.equal(10);
    expect(await phaseOf(local, id)).to.equal("Clear");
    expect(usd(required) / 2 > 10_000).to.equal(true);
  });

  it("in auction the same", async () => {
    const { alice, carol, clearinghouse } = local;
    await later(local, 600, { ETH: 1_700 });
    await clearinghouse.write.call([idOf(alice)]);
    await later(local, 600, { ETH: 1_700 });
    await clearinghouse.write.call([idOf(alice)]);
    expect(await phaseOf(local, idOf(alice))).to.equal("Auction");
    const plain = await meet(local, carol, alice, { instrument: eth, size: 1, price: 1_700 });
    await refuses(local, () => settle(local, [plain]), "InCall", [idOf(alice), 2]);
    const more = { instrument: eth, size: 1, price: 1_700, reducing: true };
    const adds = await meet(local, alice, carol, more);
    await refuses(local, () => settle(local, [adds]), "NotReducing");
    const close = { instrument: eth, size: 20, price: 1_700 };
    await settle(local, [await meet(local, carol, alice, close, { reducing: true })]);
    expect(await phaseOf(local, idOf(alice))).to.equal("Clear");
  });

  async function equity(): Promise<number> {
    const [now] = await local.clearinghouse.read.health([idOf(local.alice)]);
    return usd(now);
  }
});
