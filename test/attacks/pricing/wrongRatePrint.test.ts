import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { assetId, CASH } from "../../../sdk/types/Ids.ts";
import { calmPool, idOf, later, phaseOf, usd, withdraw } from "../../fixtures/margin.ts";
import type { Local } from "../../fixtures/margin.ts";
import { told } from "../../fixtures/told.ts";

const WSTETH = assetId(2, 1);

// What rests on a rate that one round tells is not confirmed by rounds of ether. Alice has 10 wstETH at 1.2,
// 24 000, and owes 15 500.
describe("attack: a rate is printed wrong", () => {
  let local: Local;
  let alice: `0x${string}`;

  beforeEach(async () => {
    local = told(await calmPool());
    await local.deposit(local.bob, "USDC", 1_000_000);
    alice = await local.deposit(local.alice, "wstETH", 10);
    await withdraw(local, local.alice, "USDC", 15_500);
    await later(local, 61, { ETH: 2_000 });
  });

  const call = () => local.clearinghouse.write.call([alice]).catch(() => undefined);
  const sound = async (asset = WSTETH) =>
    usd((await local.clearinghouse.read.rateOf([asset])).sound);

  /** Pokes a minute apart, each after a round of ether, and of the rate if it says anything. */
  async function poke(times: number, rate?: number, seconds = 61) {
    for (let i = 0; i < times; ++i) {
      await later(local, seconds, { ETH: 2_000, ...(rate !== undefined && { wstETH: rate }) });
      await call();
    }
  }

  it("0.8 for 1.2: no floor is confirmed on it, however often ether is told", async () => {
    await local.setPrice("wstETH", 0.8); // 16 000, E = 500 of some 3 100
    await call();
    await poke(3);
    expect(await phaseOf(local, alice)).to.equal("Called");
    expect((await local.clearinghouse.read.accountOf([alice])).call).to.include({ low: 0 });
    await local.setPrice("wstETH", 1.2);
    await call();
    expect(await phaseOf(local, alice)).to.equal("Clear");
  });

  it("0.8 and again 0.8 half a minute later: one print still; a minute on it is so", async () => {
    await local.setPrice("wstETH", 0.8);
    await call();
    await poke(1, 0.8, 30);
    await poke(2, undefined, 30);
    expect(await sound()).to.equal(1.2);
    expect(await phaseOf(local, alice)).to.equal("Called");
    await poke(1, 0.8);
    expect(await sound()).to.equal(0.8);
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });

  it("0.8, 1.2, 0.8: flapping moves nothing that a right round between was noted of", async () => {
    for (let i = 0; i < 3; ++i) {
      for (const rate of [0.8, 1.2]) {
        await later(local, 61, { wstETH: rate });
        await local.clearinghouse.write.observeRate([WSTETH]);
      }
    }
    expect(await sound()).to.equal(1.2);
    await local.setPrice("wstETH", 0.8);
    await call();
    await poke(1);
    expect(await phaseOf(local, alice)).to.equal("Called");
  });

  it("3 for 1.2, twice: R grows by a hundredth a day at most, and comes down at once", async () => {
    for (let i = 0; i < 3; ++i) {
      await later(local, 61, { wstETH: 3 });
      await local.clearinghouse.write.observeRate([WSTETH]);
    }
    expect(await sound()).to.be.within(1.2, 1.2001);
    for (let i = 0; i < 2; ++i) {
      await later(local, 61, { wstETH: 1 });
      await local.clearinghouse.write.observeRate([WSTETH]);
    }
    expect(await sound()).to.equal(1);
    // What it was before it may be again at once.
    for (let i = 0; i < 2; ++i) {
      await later(local, 61, { wstETH: 1.2 });
      await local.clearinghouse.write.observeRate([WSTETH]);
    }
    expect(await sound()).to.equal(1.2);
  });

  it("a crash of ether is confirmed in a minute, though the rate was told long before", async () => {
    await local.setPrice("ETH", 1_300); // 15 600, E = 100
    await call();
    await later(local, 61, { ETH: 1_300 });
    await call();
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });

  it("a dollar printed at 1.4 makes no debtor's floor", async () => {
    await local.setPrice("USDC", 1.4); // 21 700 owed
    await call();
    await poke(3);
    expect(await phaseOf(local, alice)).to.equal("Called");
    expect((await local.clearinghouse.read.accountOf([alice])).call).to.include({
      low: 0,
      backed: 0,
    });
    expect(await sound(CASH)).to.equal(1);
    expect(idOf(local.alice)).to.equal(alice);
  });
});
