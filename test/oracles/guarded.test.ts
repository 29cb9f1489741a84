import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress, maxUint256 } from "viem";

import { chainlinkEth, ETH, HOUR, openStage, priceOf, refusals, WAD, wildFeed } from "./stage.ts";
import { words, type Stage } from "./stage.ts";

const USD = 10n ** 8n;
const BOUND = 10_000_000; // 1 %

describe("guarded oracle", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage();
  });

  /** Two Chainlink oracles of ETH behind a guard. */
  async function guarded(first: bigint, second: bigint) {
    const [one, two] = [await chainlinkEth(stage, first), await chainlinkEth(stage, second)];
    const args = [stage.authority, one.oracle.address, two.oracle.address] as const;
    const oracle = await stage.viem.deployContract("GuardedOracle", [...args]);
    await oracle.write.setBound([ETH, BOUND]);
    const price = async () => {
      const { price, band, status } = await priceOf(oracle);
      return [Number(price / 10n ** 16n) / 100, Number(band / 10n ** 16n) / 100, status];
    };
    return { one: one.feed, two: two.feed, oracle, price };
  }

  // A bound of 1 % of the lower, bands of 0.5 %.
  const pairs: [first: bigint, second: bigint, price: number, band: number, status: string][] = [
    [2_000n, 2_000n, 2_000, 10, "Ok"],
    [2_000n, 2_020n, 2_000, 10, "Ok"],
    [2_020n, 2_000n, 2_020, 10.1, "Ok"],
    [2_000n, 2_021n, 2_000, 31.1, "Degraded"], // 21 + 0.5 % of 2 021
    [2_021n, 2_000n, 2_021, 31, "Degraded"],
    [2_000n, 1_000n, 2_000, 1_005, "Degraded"],
    [2_000n, 1_000_000_000n, 2_000, 2_000, "Degraded"], // all of it at most
    [1_000_000_000n, 1n, 1_000_000_000, 999_999_999, "Degraded"],
  ];
  for (const [first, second, ...expected] of pairs) {
    it(`says ${expected.join(", ")} of ${first} and ${second}`, async () => {
      const { price } = await guarded(first * USD, second * USD);
      expect(
        (await price()).map((x) => (typeof x === "number" ? Math.floor(x * 10) / 10 : x)),
      ).to.deep.equal(expected);
    });
  }

  it("with one source dead takes the other, Degraded", async () => {
    const { one, two, price } = await guarded(2_000n * USD, 2_002n * USD);
    await two.write.updateAnswer([0n]);
    expect(await price()).to.deep.equal([2_000, 10, "Degraded"]);
    await two.write.updateAnswer([2_002n * USD]);
    await one.write.updateAnswer([-1n]);
    expect(await price()).to.deep.equal([2_002, 10.01, "Degraded"]);
    await two.write.updateAnswer([0n]);
    expect(await price()).to.deep.equal([0, 0, "Dead"]);
  });

  it("with the first silent takes the second; with both, the first", async () => {
    const { two, price } = await guarded(2_000n * USD, 2_000n * USD);
    await stage.time.increase(2 * HOUR);
    const [silent, , status] = await price();
    expect([silent, status]).to.deep.equal([2_000, "Stale"]);
    await two.write.updateAnswer([1_500n * USD]);
    expect(await price()).to.deep.equal([1_500, 7.5, "Degraded"]);
  });

  it("tells the rounds of the first", async () => {
    const { one, oracle } = await guarded(2_000n * USD, 1_000n * USD);
    await one.write.updateAnswer([2_100n * USD]);
    expect(await oracle.read.latest([ETH])).to.equal(2n);
    expect((await oracle.read.next([ETH, 1n])).price).to.equal(2_100n * WAD);
    expect(await oracle.read.life([ETH])).to.equal(BigInt(HOUR));
    expect(await oracle.read.closed([ETH])).to.equal(maxUint256);
  });

  it("does not look at the second where no bound is set", async () => {
    const { oracle, price } = await guarded(2_000n * USD, 1n);
    await oracle.write.setBound([ETH, 0]);
    expect(await price()).to.deep.equal([2_000, 10, "Ok"]);
  });

  for (const [what, answer] of [
    ["reverts", undefined],
    ["answers nothing", "0x"],
    ["answers four words", words(1, 0, 0, 1)],
    ["answers 2^255", words(1n << 255n, 0, 0, 1, 0)],
    ["answers a band of 2^255", words(WAD, 1n << 255n, 0, 1, 0)],
    ["answers from the future", words(WAD, 0, 0, 1n << 40n, 0)],
    ["answers a status there is none of", words(WAD, 0, 0, 1, 4)],
    ["answers a price that is dead", words(WAD, 0, 0, 1, 3)],
  ] as const) {
    it(`takes a source that ${what} for dead`, async () => {
      const good = await chainlinkEth(stage, 2_000n * USD);
      const wild = await wildFeed(stage, answer ?? "0x");
      if (answer === undefined) await wild.write.silence();
      for (const pair of [
        [good.oracle.address, wild.address],
        [wild.address, good.oracle.address],
      ] as const) {
        const oracle = await stage.viem.deployContract("GuardedOracle", [stage.authority, ...pair]);
        await oracle.write.setBound([ETH, BOUND]);
        const { price, status } = await priceOf(oracle);
        expect([price, status]).to.deep.equal([2_000n * WAD, "Degraded"]);
      }
    });
  }

  it("keeps its bounds, and is told by no stranger", async () => {
    const { oracle } = await guarded(USD, USD);
    const reverts = refusals(stage);
    for (const bound of [999_999, 200_000_001]) {
      const args = [ETH, "bound", BigInt(bound), 1_000_000n, 200_000_000n];
      await reverts(oracle.write.setBound([ETH, bound]), oracle, "FeedOutOfBounds", args);
    }
    const strange = oracle.write.setBound([ETH, 0], { account: stage.mallory });
    await reverts(strange, oracle, "AccessManagedUnauthorized", [getAddress(stage.mallory)]);
  });
});
