import { expect } from "chai";
import { describe, it } from "mocha";

import { createRandom, type Random } from "../../sdk/sim/random.ts";
import { calmPool, drift, later, phaseOf, withdraw, type Local } from "../fixtures/margin.ts";
import { told } from "../fixtures/told.ts";

const PATIENT = 3; // the tier of 120 minutes
const LONGEST = 7_200;
const STEP = 120; // seconds between two rounds, changes and pokes
const SEED = 20_261_123;

/** What a factor and the tiers are changed to. */
interface Wish {
  readonly share: () => number; // of the way to the strictest each number may be
}

// A call opens; its price stands still from then on, and governance does what it may.
describe("story: parameters change during a call", () => {
  /** Alice in call just below h = 1, with two hours to go. */
  async function called(): Promise<Local> {
    const local = told(await calmPool());
    await local.deposit(local.bob, "USDC", 1_000_000);
    const alice = await local.deposit(local.alice, "ETH", 10);
    await local.clearinghouse.write.setGrace([alice, PATIENT], { account: local.alice.account });
    await withdraw(local, local.alice, "USDC", 11_400);
    await drift(local, 2_000, 26);
    return local;
  }

  async function change(local: Local, { share }: Wish): Promise<void> {
    const [factor] = await local.clearinghouse.read.factorOf([2n]);
    const [, , tiers] = await local.clearinghouse.read.ledger();
    const to = (from: number, most: number) => Math.floor(from + (most - from) * share());
    const maintenance = to(factor.exitMaintenance, 100_000_000);
    const floor = to(factor.volatilityFloor, 3_000_000_000);
    await local.clearinghouse.write.setFactor([
      2n,
      {
        ...factor,
        shockFloor: to(factor.shockFloor, 400_000_000),
        volatilityFloor: floor,
        volatilityStress: Math.max(floor, to(factor.volatilityStress, 4_000_000_000)),
        exitMaintenance: maintenance,
        exitInitial: Math.max(maintenance, to(factor.exitInitial, 150_000_000)),
        dailyVolume: Math.max(1, Math.floor(factor.dailyVolume * (1 - share()))),
      },
    ]);
    const next = tiers.map(({ longest, multiplier }, i) => ({
      longest: i === PATIENT ? tiers[i - 1]!.longest : longest, // the least it may be
      multiplier: i === PATIENT ? to(multiplier, 3_000_000_000) : multiplier,
    }));
    await local.clearinghouse.write.setTiers([next as never]);
  }

  /** Seconds from the opening of the call to its auction, at a price that stands still. */
  async function granted(local: Local, wish: Wish): Promise<number> {
    const id = await callNow(local);
    const start = await local.networkHelpers.time.latest();
    const price = await priceOf(local);
    for (let step = 0; (await phaseOf(local, id)) === "Called" && step < 100; ++step) {
      await change(local, wish);
      await later(local, STEP - 4, { ETH: price });
      await local.clearinghouse.write.observe([2n, 8n]);
      await local.clearinghouse.write.call([id]);
    }
    expect(await phaseOf(local, id)).to.equal("Auction");
    return (await local.networkHelpers.time.latest()) - start;
  }

  async function callNow(local: Local) {
    const id = (await local.deposit(local.alice, "USDC", 1)) as `0x${string}`;
    await local.clearinghouse.write.call([id]);
    expect(await phaseOf(local, id)).to.equal("Called");
    return id;
  }

  async function priceOf(local: Local): Promise<number> {
    const [, estimate] = await local.clearinghouse.read.factorOf([2n]);
    return Number(estimate.price / 10n ** 14n) / 1e4;
  }

  const drawn = (random: Random): Wish => ({ share: () => random.uniform() });
  const wishes: Readonly<Record<string, () => Wish>> = {
    "everything at once to the strictest": () => ({ share: () => 1 }),
    "step after step, each at random": () => drawn(createRandom(SEED)),
    "and other steps at random": () => drawn(createRandom(SEED + 1)),
  };

  for (const [name, wish] of Object.entries(wishes)) {
    it(`${name}, and the call still has its two hours`, async function () {
      this.timeout(120_000);
      const local = await called();
      const seconds = await granted(local, wish());
      console.log(`      ${seconds} s`);
      expect(seconds).to.be.at.least(LONGEST);
    });
  }
});
