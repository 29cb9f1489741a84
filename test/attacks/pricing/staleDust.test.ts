import { expect } from "chai";
import { describe, it } from "mocha";

import { borrower, calmPool, fuseOf, later, phaseOf, withdraw } from "../../fixtures/margin.ts";
import type { Local } from "../../fixtures/margin.ts";
import { told } from "../../fixtures/told.ts";

// A fuse burns while equity is below MM even if every price that is not Ok is off by its whole band in the
// account's favour (DESIGN §8): no share of the book below which doubt counts, none above which it stops all.
describe("attack: a part of a book whose price is old", () => {
  /** Alice's 10 ETH, and what else she has, whose rate was last told a day and some seconds ago. */
  async function old(amount: string) {
    const local = told(await calmPool());
    if (amount !== "0") await local.deposit(local.alice, "wstETH", amount);
    const alice = await borrower(local, 14_000);
    await later(local, 86_500, { ETH: 2_000, USDC: 1 });
    await local.clearinghouse.write.observe([2n, 8n]);
    return { local, alice };
  }

  /** Minutes of pokes, one every two, at a price; ends with the auction. */
  async function burn(local: Local, id: `0x${string}`, price: number) {
    let minutes = 0;
    for (; minutes <= 60; minutes += 2) {
      await local.clearinghouse.write.call([id]).catch(() => undefined);
      if ((await phaseOf(local, id)) === "Auction") break;
      await later(local, 120, { ETH: price - (minutes % 4) / 10 });
    }
    return minutes;
  }

  for (const amount of ["0", "0.000000000000000001", "0.3", "0.5"]) {
    // 1 660: E is 2 600, and 600 more with 0.3 of it; MM some 2 900. A band of 0.5 % and 10 %·√(1 h/YEAR)
    // of 0.5·1.2·1 660 is 6: it never covers what is lacking.
    it(`${amount} wstETH: the fuse of ten ether burns as without`, async () => {
      const { local, alice } = await old(amount);
      const price = { "0.3": 1_610, "0.5": 1_580 }[amount] ?? 1_660;
      await local.setPrice("ETH", price);
      expect(await burn(local, alice, price)).to.be.within(4, 14);
    });
  }

  it("opens no call, and burns nothing, at a price of the part that may be sound", async () => {
    // All of it is staked: 8 at 1.2. 1 750: E = 16 800 − 13 700 = 3 100, MM some 3 500 at first.
    const local = told(await calmPool());
    await local.deposit(local.bob, "USDC", 1_000_000);
    const alice = await local.deposit(local.alice, "wstETH", 8);
    await withdraw(local, local.alice, "USDC", 12_800);
    await later(local, 86_500, { ETH: 2_000, USDC: 1 });
    await local.clearinghouse.write.observe([2n, 8n]);
    // Just below MM: 0.5 % and more of 16 000 are 80 in doubt.
    let price = 1_800;
    for (; price > 1_500; price -= 1) {
      await local.setPrice("ETH", price);
      const [equity, maintenance] = await local.clearinghouse.read.health([alice]);
      if (equity < maintenance) break;
      await local.networkHelpers.time.increase(1);
    }
    for (let i = 0; i < 10; ++i) {
      await later(local, 61, { ETH: price });
      await local.clearinghouse.write.call([alice]).catch(() => undefined);
    }
    expect(await phaseOf(local, alice)).to.equal("Clear");
    expect(await fuseOf(local, alice)).to.equal(0);
    // A dollar in a hundred less is no doubt any more.
    for (let i = 0; i < 3; ++i) {
      await later(local, 61, { ETH: price * 0.98 });
      await local.clearinghouse.write.call([alice]);
    }
    expect(await fuseOf(local, alice)).to.be.greaterThan(0);
  });
});
