import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import {
  borrower,
  calmPool,
  fuseOf,
  later,
  phaseOf,
  withdraw,
  type Local,
} from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { told } from "../fixtures/told.ts";

const GRACE = 3_600;

describe("story: the sequencer stops during a call", () => {
  let local: Local;
  let alice: Hex;

  const poke = () => local.clearinghouse.write.call([alice]);

  /** Says whether the sequencer is up. */
  async function setUp(up: boolean) {
    const oracle = await local.viem.getContractAt("SequencedOracle", local.pool.oracle);
    const sequencer = await local.viem.getContractAt("Sequencer", await oracle.read.sequencer());
    const uptime = await local.viem.getContractAt("MockV3Aggregator", await sequencer.read.feed());
    await uptime.write.updateAnswer([up ? 0n : 1n]);
  }

  /** Alice's account in call at h = 0.97, a quarter of its fuse burnt, before the outage. */
  beforeEach(async () => {
    const pool = await calmPool((p) => {
      p.sequencer = { feed: "mock", grace: GRACE };
      return p;
    });
    local = told(pool);
    await later(local, GRACE, { ETH: 2_000, USDC: 1 });
    alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: 1_690 });
    await poke();
    await later(local, 120);
    await poke();
  });

  it("and the fuse stands still until the grace is over", async () => {
    const burnt = await fuseOf(local, alice);
    expect(burnt > 0.2 && burnt < 0.3).to.equal(true);
    await setUp(false);
    await later(local, 600);
    await poke(); // through the chain below, which never stops
    expect(await fuseOf(local, alice)).to.equal(burnt);
    await later(local, 7_200);
    await setUp(true);
    for (let i = 0; i < 5; ++i) {
      await later(local, 700, { ETH: 1_690 });
      await poke();
      expect(await fuseOf(local, alice)).to.equal(burnt);
    }
    await later(local, 100, { ETH: 1_690 }); // 3 606 s since it is up
    await poke(); // the other end of this interval lies in the grace
    expect(await fuseOf(local, alice)).to.equal(burnt);
    expect(await phaseOf(local, alice)).to.equal("Called");
    await later(local, 120, { ETH: 1_690 });
    await poke();
    expect((await fuseOf(local, alice)) > burnt).to.equal(true);
  });

  it("and no one borrows meanwhile, nor takes out what another leans on", async () => {
    const bob = await local.deposit(local.carol, "ETH", 10);
    await setUp(false);
    await refuses(local, () => withdraw(local, local.carol, "USDC", 1), "PriceNotOk");
    await setUp(true);
    await refuses(local, () => withdraw(local, local.carol, "USDC", 1), "PriceNotOk");
    await withdraw(local, local.carol, "ETH", 1);
    await later(local, GRACE, { ETH: 1_690 });
    await withdraw(local, local.carol, "USDC", 1);
    expect(await phaseOf(local, bob)).to.equal("Clear");
  });

  it("and the owner may repay throughout", async () => {
    await setUp(false);
    await local.fund(local.alice, "USDC", 5_000);
    const { account } = local.alice;
    await local.clearinghouse.write.repay([alice, local.units("USDC", 5_000)], { account });
    expect(await phaseOf(local, alice)).to.equal("Clear");
  });

  for (const up of [false, true]) {
    it(`and an account whose equity is gone is sold ${up ? "in the grace" : "in the outage"}`, async () => {
      await setUp(false);
      if (up) await setUp(true);
      await later(local, 60, { ETH: 1_300 }); // E = 13 000 − 14 000 < 0
      await poke();
      expect(await phaseOf(local, alice)).to.equal("Called");
      await later(local, 61, { ETH: 1_299 });
      await poke();
      expect(await phaseOf(local, alice)).to.equal("Auction");
    });
  }
});
