import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import { chainlink, chainlinkEth, ETH, openStage, priceOf, refusals, WAD } from "./stage.ts";
import { wildFeed, words, type Stage } from "./stage.ts";

const YEAR = 31_536_000n;
const PRICE = 2_000n * 10n ** 8n;

describe("chainlink oracle", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage();
  });

  /** What each answer of a feed is worth; the time is that of the block before. */
  const answers: [what: string, answer: (now: bigint) => Hex, status: string][] = [
    ["a good one", (now) => words(1, PRICE, now, now, 1), "Ok"],
    ["zero", (now) => words(1, 0, now, now, 1), "Dead"],
    ["negative", (now) => words(1, -PRICE, now, now, 1), "Dead"],
    ["2^255", (now) => words(1, 1n << 255n, now, now, 1), "Dead"],
    ["2^255 − 1", (now) => words(1, (1n << 255n) - 1n, now, now, 1), "Dead"],
    ["more than 10^10 USD", (now) => words(1, 10n ** 18n + 1n, now, now, 1), "Dead"],
    ["10^10 USD", (now) => words(1, 10n ** 18n, now, now, 1), "Ok"],
    ["one from the far future", (now) => words(1, PRICE, now, now + 100n * YEAR, 1), "Dead"],
    ["one from the end of time", (now) => words(1, PRICE, now, (1n << 256n) - 1n, 1), "Dead"],
    ["one of never", (now) => words(1, PRICE, now, 0, 1), "Dead"],
    ["one years old", (now) => words(1, PRICE, now, now - 5n * YEAR, 1), "Stale"],
    ["one of 1970", (now) => words(1, PRICE, now, 1, 1), "Stale"],
    ["10^10 USD, years old", (now) => words(1, 10n ** 18n, now, now - 5n * YEAR, 1), "Stale"],
    ["an id of 81 bits", (now) => words(1n << 80n, PRICE, now, now, 1), "Dead"],
    ["four words", (now) => words(1, PRICE, now, now), "Dead"],
    ["nothing", () => "0x", "Dead"],
  ];

  for (const [what, answer, status] of answers) {
    it(`takes ${what} for ${status}`, async () => {
      const feed = await wildFeed(stage);
      const { oracle, name } = await chainlink(stage);
      await name(ETH, feed.address);
      await feed.write.set([answer(await stage.now())]);
      const price = await priceOf(oracle);
      expect(price.status).to.equal(status);
      expect(price.price > 0n).to.equal(status !== "Dead");
      expect(price.band <= price.price && price.band <= 10n ** 28n).to.equal(true);
      await oracle.read.next([ETH, 0n]);
      await oracle.read.latest([ETH]);
    });
  }

  it("takes a feed that reverts for Dead, and one without code", async () => {
    const feed = await wildFeed(stage);
    const { oracle, name } = await chainlink(stage);
    await name(ETH, feed.address);
    await feed.write.silence();
    expect((await priceOf(oracle)).status).to.equal("Dead");
    await stage.networkHelpers.setCode(feed.address, "0x");
    expect((await priceOf(oracle)).status).to.equal("Dead");
    expect((await oracle.read.next([ETH, 0n])).id).to.equal(0n);
  });

  it("widens the band of a silent price, to all of it at most", async () => {
    const { oracle } = await chainlinkEth(stage, PRICE);
    expect((await priceOf(oracle)).band).to.equal(10n * WAD); // 0.5 %
    await stage.time.increase(3_600 + 87_600); // a day and twenty minutes late: 100 %·√(1/360)
    const { band, status } = await priceOf(oracle);
    expect(status).to.equal("Stale");
    expect(band / WAD).to.equal(115n); // 10 + 2 000·0.0527
    await stage.time.increase(2 * Number(YEAR));
    expect((await priceOf(oracle)).band).to.equal(2_000n * WAD);
  });

  for (const decimals of [19, 255]) {
    it(`names no feed of ${decimals} decimals`, async () => {
      const feed = await wildFeed(stage, words(decimals));
      const { oracle, name } = await chainlink(stage);
      const args = [ETH, "decimals", BigInt(decimals), 0n, 18n];
      await refusals(stage)(name(ETH, feed.address), oracle, "FeedOutOfBounds", args);
    });
  }
});
