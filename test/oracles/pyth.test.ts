import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress } from "viem";

import { FEED, openPyth, type PythStage, type Update } from "./pythStage.ts";
import { ETH, openStage, priceOf, refusals, WAD, wildFeed, words } from "./stage.ts";

const PRICE = 2_000n * 10n ** 8n;
const MOST = 2n ** 63n - 1n;

type Pushed = Omit<Update, "before" | "time">;

describe("pyth oracle", () => {
  let pyth: PythStage;

  beforeEach(async () => {
    pyth = await openPyth();
  });

  const answers: [what: string, update: Pushed, price: bigint, band: bigint, status: string][] = [
    ["no confidence", { price: PRICE }, 2_000n * WAD, 2n * WAD, "Ok"],
    ["0.05 %", { price: PRICE, confidence: PRICE / 2_000n }, 2_000n * WAD, 2n * WAD, "Ok"],
    ["1 %", { price: PRICE, confidence: PRICE / 100n }, 2_000n * WAD, 20n * WAD, "Ok"],
    ["2 %", { price: PRICE, confidence: PRICE / 50n }, 2_000n * WAD, 40n * WAD, "Ok"],
    ["3 %", { price: PRICE, confidence: (PRICE * 3n) / 100n }, 2_000n * WAD, 60n * WAD, "Degraded"],
    ["300 %", { price: PRICE, confidence: PRICE * 3n }, 2_000n * WAD, 2_000n * WAD, "Degraded"],
    ["2^64 − 1", { price: 1n, confidence: 2n ** 64n - 1n }, 10n ** 10n, 10n ** 10n, "Degraded"],
  ];
  for (const [what, update, price, band, status] of answers) {
    it(`takes a confidence of ${what} into the band, and is ${status}`, async () => {
      await pyth.push(update);
      const read = await priceOf(pyth.oracle);
      expect([read.price, read.band, read.status]).to.deep.equal([price, band, status]);
      expect(read.deviation).to.equal(price / 1_000n);
    });
  }

  const exponents: [exponent: number, price: bigint, wads: bigint][] = [
    [-8, 1n, 10n ** 10n],
    [0, 2_000n, 2_000n * WAD],
    [-18, 7n, 7n],
    [-20, 799n, 7n],
    [-20, 99n, 0n],
    [3, 2n, 2_000n * WAD],
    [10, 1n, 10n ** 28n],
    [10, 2n, 0n],
    [18, MOST, 0n],
    [19, 1n, 0n],
    [-36, MOST, 9n],
    [-37, MOST, 0n],
    [2 ** 31 - 1, 1n, 0n],
    [-(2 ** 31), MOST, 0n],
  ];
  for (const [exponent, price, wads] of exponents) {
    it(`reads ${price}·10^${exponent} as ${wads} wads`, async () => {
      await pyth.push({ price, exponent, confidence: 1n });
      const read = await priceOf(pyth.oracle);
      expect(read.price).to.equal(wads);
      expect(read.status === "Dead").to.equal(wads === 0n);
      expect(read.band <= read.price).to.equal(true);
    });
  }

  for (const price of [0n, -1n, -PRICE, -(2n ** 63n)]) {
    it(`takes ${price} for no price`, async () => {
      await pyth.push({ price });
      expect((await priceOf(pyth.oracle)).status).to.equal("Dead");
    });
  }

  it("is dead before anyone has brought a price, and for an asset without a feed", async () => {
    expect((await priceOf(pyth.oracle)).status).to.equal("Dead");
    expect((await priceOf(pyth.oracle, 0x0300)).status).to.equal("Dead");
  });

  it("ages as any feed does: threshold, then √time, to all of the price", async () => {
    await pyth.push({ price: PRICE });
    await pyth.stage.time.increase(60 + 87_600); // 100 %·√(1/360) past the heartbeat
    const late = await priceOf(pyth.oracle);
    expect(late.status).to.equal("Stale");
    expect(late.band / WAD).to.equal(107n); // 2 + 2 000·0.0527
    await pyth.stage.time.increase(5 * 31_536_000);
    const old = await priceOf(pyth.oracle);
    expect([old.status, old.band]).to.deep.equal(["Stale", old.price]);
  });

  it("takes a time just ahead of the chain's for now, and one far ahead for nonsense", async () => {
    const now = await pyth.stage.now();
    await pyth.push({ price: PRICE, time: now + 30n });
    const read = await priceOf(pyth.oracle);
    expect([read.status, read.updated]).to.deep.equal(["Ok", await pyth.stage.now()]);
    await pyth.push({ price: PRICE, time: now + 1_000_000n });
    expect((await priceOf(pyth.oracle)).status).to.equal("Dead");
  });

  it("is Stale while the sequencer is down, Degraded in the grace after", async () => {
    const stage = await openStage();
    const sequencer = await stage.viem.deployContract("Sequencer", [stage.authority]);
    const uptime = await stage.viem.deployContract("MockV3Aggregator", [0, 1n]);
    await sequencer.write.setUptime([uptime.address, 600n]);
    const { oracle, push } = await openPyth(stage, sequencer.address);
    await push({ price: PRICE });
    expect((await priceOf(oracle)).status).to.equal("Stale");
    await uptime.write.updateAnswer([0n]);
    expect((await priceOf(oracle)).status).to.equal("Degraded");
    await stage.time.increase(600);
    await push({ price: PRICE });
    expect((await priceOf(oracle)).status).to.equal("Ok");
  });

  it("survives a Pyth that reverts, answers short, or answers nonsense", async () => {
    const { viem, authority, now } = pyth.stage;
    const wild = await wildFeed(pyth.stage, "0x");
    const none = `0x${"00".repeat(20)}` as const;
    const oracle = await viem.deployContract("PythOracle", [authority, wild.address, none]);
    const trust = { heartbeat: 60, deviation: 0, volatility: 0, confidence: 0 };
    await oracle.write.setFeed([ETH, FEED, trust]);
    expect((await priceOf(oracle)).status).to.equal("Dead");
    const time = await now();
    for (const answer of [
      words(1n << 255n, 0, -8, time),
      words(2n ** 63n, 0, -8, time),
      words(PRICE, 1n << 255n, -8, time),
      words(PRICE, 0, 1n << 255n, time),
      words(PRICE, 0, (1n << 255n) - 1n, time),
      words(PRICE, 0, -8, 1n << 255n),
      words(PRICE, 0, -8, 2n ** 256n - 1n),
      words(PRICE, 0, -8, 0),
      words(PRICE, 0, -8),
    ]) {
      await wild.write.set([answer]);
      expect((await priceOf(oracle)).status, answer).to.equal("Dead");
    }
    await wild.write.silence();
    expect((await priceOf(oracle)).status).to.equal("Dead");
  });

  it("keeps its bounds, and is told by no stranger", async () => {
    const { oracle, name, stage } = pyth;
    const reverts = refusals(stage);
    const cases: [Parameters<typeof name>[0], string, bigint, bigint, bigint][] = [
      [{ heartbeat: 9 }, "heartbeat", 9n, 10n, 604_800n],
      [{ heartbeat: 604_801 }, "heartbeat", 604_801n, 10n, 604_800n],
      [{ deviation: 100_000_001 }, "deviation", 100_000_001n, 0n, 100_000_000n],
      [{ volatility: 4_000_000_001 }, "volatility", 4_000_000_001n, 0n, 4_000_000_000n],
      [{ confidence: 999_999 }, "confidence", 999_999n, 1_000_000n, 500_000_000n],
      [{ confidence: 500_000_001 }, "confidence", 500_000_001n, 1_000_000n, 500_000_000n],
    ];
    for (const [change, ...args] of cases) {
      await reverts(name(change), oracle, "FeedOutOfBounds", [ETH, ...args]);
    }
    const trust = { heartbeat: 60, deviation: 0, volatility: 0, confidence: 0 };
    const strange = oracle.write.setFeed([ETH, FEED, trust], { account: stage.mallory });
    await reverts(strange, oracle, "AccessManagedUnauthorized", [getAddress(stage.mallory)]);
  });
});
