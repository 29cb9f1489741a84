import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress, type Hex } from "viem";

import { chainlinkEth, HOUR, openStage, priceOf, refusals, wildFeed, words } from "./stage.ts";
import type { Stage } from "./stage.ts";

const PRICE = 2_000n * 10n ** 8n;
const GRACE = 1_800n;

describe("sequencer", () => {
  let stage: Stage;
  let sequencer: Awaited<ReturnType<typeof open>>;

  const open = () => stage.viem.deployContract("Sequencer", [stage.authority]);

  beforeEach(async () => {
    stage = await openStage();
    sequencer = await open();
  });

  /** A watched oracle of ETH, and the hand that says whether the sequencer is up. */
  async function watched() {
    const uptime = await stage.viem.deployContract("MockV3Aggregator", [0, 0n]);
    await sequencer.write.setUptime([uptime.address, GRACE]);
    await stage.time.increase(Number(GRACE));
    const { oracle, feed } = await chainlinkEth(stage, PRICE, sequencer.address);
    const statusAfter = async (seconds: number) => {
      await stage.time.increase(seconds);
      return (await priceOf(oracle)).status;
    };
    const set = (down: 0 | 1) => uptime.write.updateAnswer([BigInt(down)]);
    return { feed, oracle, set, statusAfter };
  }

  it("that is up leaves prices as they are", async () => {
    const { statusAfter } = await watched();
    expect(await statusAfter(1)).to.equal("Ok");
  });

  it("that is down makes them Stale, with their price and their band; how far they are off nobody knows", async () => {
    const { oracle, set } = await watched();
    const before = await priceOf(oracle);
    await set(1);
    const { price: deviation } = before;
    expect(await priceOf(oracle)).to.deep.equal({ ...before, deviation, status: "Stale" });
  });

  it("that is up again makes them Degraded for the grace, then Ok", async () => {
    const { feed, set, statusAfter } = await watched();
    await set(1);
    expect(await statusAfter(600)).to.equal("Stale");
    await set(0);
    await feed.write.updateAnswer([PRICE]);
    expect(await statusAfter(1)).to.equal("Degraded");
    expect(await statusAfter(Number(GRACE) - 3)).to.equal("Degraded");
    expect(await statusAfter(1)).to.equal("Ok");
  });

  it("that is up again makes no silent price better", async () => {
    const { set, statusAfter } = await watched();
    await set(1);
    await stage.time.increase(2 * HOUR);
    await set(0);
    expect(await statusAfter(1)).to.equal("Stale");
  });

  it("that flaps begins its grace anew each time, and it ends", async () => {
    const { feed, set, statusAfter } = await watched();
    for (let i = 0; i < 5; ++i) {
      await set(1);
      expect(await statusAfter(60)).to.equal("Stale");
      await set(0);
      expect(await statusAfter(60)).to.equal("Degraded");
    }
    expect(await statusAfter(Number(GRACE) - 120)).to.equal("Degraded");
    await feed.write.updateAnswer([PRICE]);
    expect(await statusAfter(60)).to.equal("Ok");
  });

  /** What the uptime feed may answer that is no news of an outage, nor of its end. */
  const nonsense: [what: string, answer: (now: bigint) => Hex][] = [
    ["2", (now) => words(1, 2, now, now, 1)],
    ["−1", (now) => words(1, -1, now, now, 1)],
    ["2^255", (now) => words(1, 1n << 255n, now, now, 1)],
    ["down since never", () => words(1, 1, 0, 0, 1)],
    ["up since the end of time", () => words(1, 0, (1n << 256n) - 1n, 1, 1)],
    ["up from an hour ahead", (now) => words(1, 0, now + 3_600n, now, 1)],
    ["four words", (now) => words(1, 1, now, now)],
    ["nothing", () => "0x"],
  ];

  for (const [what, answer] of nonsense) {
    it(`whose feed answers ${what} is none`, async () => {
      const uptime = await wildFeed(stage, answer(await stage.now()));
      await sequencer.write.setUptime([uptime.address, GRACE]);
      const { oracle } = await chainlinkEth(stage, PRICE, sequencer.address);
      expect((await priceOf(oracle)).status).to.equal("Ok");
    });
  }

  it("whose feed reverts, has no code, or is not named is none", async () => {
    const { oracle } = await chainlinkEth(stage, PRICE, sequencer.address);
    expect((await priceOf(oracle)).status).to.equal("Ok");
    const uptime = await wildFeed(stage);
    await uptime.write.silence();
    await sequencer.write.setUptime([uptime.address, GRACE]);
    expect((await priceOf(oracle)).status).to.equal("Ok");
    await stage.networkHelpers.setCode(uptime.address, "0x");
    expect((await priceOf(oracle)).status).to.equal("Ok");
  });

  it("whose clock runs a little ahead still gives its grace", async () => {
    const uptime = await wildFeed(stage, words(1, 0, (await stage.now()) + 60n, 1, 1));
    await sequencer.write.setUptime([uptime.address, GRACE]);
    const { oracle } = await chainlinkEth(stage, PRICE, sequencer.address);
    expect((await priceOf(oracle)).status).to.equal("Degraded");
  });

  it("has a grace of a day at most, and is named by no stranger", async () => {
    const feed = stage.admin;
    const reverts = refusals(stage);
    const long = sequencer.write.setUptime([feed, 86_401n]);
    await reverts(long, sequencer, "UptimeOutOfBounds", ["grace", 86_401n, 0n, 86_400n]);
    const strange = sequencer.write.setUptime([feed, 1n], { account: stage.mallory });
    await reverts(strange, sequencer, "AccessManagedUnauthorized", [getAddress(stage.mallory)]);
  });
});
