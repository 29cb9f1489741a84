import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress, type Hex } from "viem";

import { chainlink, openStage, priceOf, refusals, STATUS, WAD, wildFeed } from "./stage.ts";
import { words, WSTETH, type Stage } from "./stage.ts";

const DAY = 86_400;
const RATE = (12n * WAD) / 10n; // 1.2
const GROWTH = 1_000_000; // 0.1 % a day
const [WRAPPED, SHARE] = [1, 2]; // of enum Kind
const STABLE = 0xff01;
const USDC = 0xff00;

describe("rate oracle", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage();
  });

  /** wstETH with a market rate of 18 decimals, and a token that tells its rate. */
  async function wrapped(market = RATE, traded = true) {
    const feed = await stage.viem.deployContract("MockV3Aggregator", [18, market]);
    const { oracle: source, name } = await chainlink(stage);
    await name(WSTETH, feed.address);
    const token = await wildFeed(stage, words(RATE));
    const args = [stage.authority, source.address] as const;
    const oracle = await stage.viem.deployContract("RateOracle", [...args]);
    await oracle.write.setRate([WSTETH, token.address, WRAPPED, traded, 0, GROWTH]);
    const tell = (rate: bigint) => token.write.set([words(rate)]);
    const rate = async () => {
      const { price, status } = await priceOf(oracle, WSTETH);
      return [Number(price / 10n ** 12n) / 1e6, status];
    };
    return { feed, token, oracle, tell, rate };
  }

  it("says the lower of market and redemption", async () => {
    const { feed, rate, tell } = await wrapped();
    expect(await rate()).to.deep.equal([1.2, "Ok"]);
    await feed.write.updateAnswer([(RATE * 11n) / 10n]);
    expect(await rate()).to.deep.equal([1.2, "Ok"]);
    await feed.write.updateAnswer([(RATE * 9n) / 10n]); // as stETH in June 2022
    expect(await rate()).to.deep.equal([1.08, "Ok"]);
    await tell(WAD);
    expect(await rate()).to.deep.equal([1, "Ok"]);
  });

  it("follows a falling rate at once, and its way back up to where it was", async () => {
    const { rate, tell, oracle } = await wrapped(2n * WAD);
    await tell(WAD);
    expect(await rate()).to.deep.equal([1, "Ok"]);
    await oracle.write.follow([WSTETH], { account: stage.mallory });
    expect(await rate()).to.deep.equal([1, "Ok"]);
    await tell(RATE);
    expect(await rate()).to.deep.equal([1.2, "Ok"]);
  });

  it("takes of a jump what a day may bring: 0.1 %", async () => {
    const { rate, tell, oracle } = await wrapped(2n * RATE, false);
    await stage.time.increase(DAY);
    await tell(10n * RATE);
    expect(await rate()).to.deep.equal([1.2012, "Ok"]);
    await stage.time.increase(30 * DAY); // and no more, as long as no one moves it on
    expect(await rate()).to.deep.equal([1.2012, "Ok"]);
    await oracle.write.follow([WSTETH]);
    expect(await rate()).to.deep.equal([1.2012, "Ok"]);
    await stage.time.increase(DAY / 2);
    expect(await rate()).to.deep.equal([1.2018, "Ok"]); // 1.2012·1.0005
  });

  it("gives no more to one who moves it on all day", async () => {
    const { rate, tell, oracle } = await wrapped(2n * RATE, false);
    await tell(10n * RATE);
    for (let i = 0; i < 24; ++i) {
      await stage.time.increase(3_600);
      await oracle.write.follow([WSTETH], { account: stage.mallory });
    }
    const [value] = await rate();
    expect(Number(value) < 1.2 * Math.exp(0.00101)).to.equal(true);
  });

  for (const rate of [(1n << 255n) + 7n, 2n ** 256n - 1n]) {
    it(`takes a rate of ${rate >> 200n}·2^200 for a jump`, async () => {
      const { rate: read, tell } = await wrapped(2n * RATE);
      await tell(rate);
      const [value, status] = await read();
      expect(status).to.equal("Ok");
      expect(Number(value) < 1.2001).to.equal(true);
    });
  }

  const failing: [what: string, answer: Hex | undefined][] = [
    ["zero", words(0)],
    ["nothing", "0x"],
    ["a revert", undefined],
  ];
  for (const [what, answer] of failing) {
    it(`with ${what} for a rate takes the market's, Degraded; with none, it is Dead`, async () => {
      for (const [traded, expected] of [
        [true, [1.2, "Degraded"]],
        [false, [0, "Dead"]],
      ] as const) {
        const { token, rate } = await wrapped(RATE, traded);
        await (answer === undefined ? token.write.silence() : token.write.set([answer]));
        expect(await rate()).to.deep.equal(expected);
      }
    });
  }

  it("with a dead market takes redemption, Degraded; with a silent one, the lower, Stale", async () => {
    const { feed, rate, tell } = await wrapped();
    await feed.write.updateAnswer([0n]);
    expect(await rate()).to.deep.equal([1.2, "Degraded"]);
    await feed.write.updateAnswer([RATE]);
    await stage.time.increase(2 * 3_600);
    await tell(WAD);
    expect(await rate()).to.deep.equal([1, "Stale"]);
    await tell(0n);
    expect(await rate()).to.deep.equal([1.2, "Stale"]);
  });

  it("passes on the market's price of what has no rate, and all its rounds", async () => {
    const { oracle, feed } = await wrapped();
    await oracle.write.setRate([WSTETH, stage.admin, 0, false, 0, 0]);
    await feed.write.updateAnswer([WAD]);
    expect((await priceOf(oracle, WSTETH)).price).to.equal(WAD);
    expect((await priceOf(oracle, 0x0300)).status).to.equal("Dead");
    expect((await oracle.read.next([WSTETH, 1n])).price).to.equal(WAD);
    expect(await oracle.read.latest([WSTETH])).to.equal(2n);
    expect(await oracle.read.life([WSTETH])).to.equal(3_600n);
  });

  /** An ERC-4626 vault of a token of 6 decimals at 1 USD, its shares worth 1 each. */
  async function shares() {
    const feed = await stage.viem.deployContract("MockV3Aggregator", [8, 10n ** 8n]);
    const { oracle: source, name } = await chainlink(stage);
    await name(USDC, feed.address);
    const token = await stage.viem.deployContract("Token", ["USDC", 6]);
    const vault = await stage.viem.deployContract("Shares", [token.address]);
    await token.write.mint([stage.admin, 10n ** 12n]);
    await token.write.approve([vault.address, 10n ** 12n]);
    await vault.write.deposit([10n ** 9n, stage.admin]); // 1 000
    const args = [stage.authority, source.address] as const;
    const oracle = await stage.viem.deployContract("RateOracle", [...args]);
    await oracle.write.setRate([STABLE, vault.address, SHARE, false, USDC, GROWTH]);
    return { feed, token, vault, oracle };
  }

  it("of an ERC-4626 share is its assets at their price, band and status", async () => {
    const { feed, token, vault, oracle } = await shares();
    await stage.time.increase(DAY);
    await token.write.mint([vault.address, 5n * 10n ** 5n]); // half a USD: 0.05 %
    await feed.write.updateAnswer([98n * 10n ** 6n]);
    const { price, band, status } = await priceOf(oracle, STABLE);
    // (1 000.5 USDC and a unit) ÷ (1 000 shares and a unit), down to a unit of USDC; times 0.98
    expect(price).to.equal((1_000_499n * 98n * 10n ** 16n) / 1_000_000n);
    expect(band).to.equal((1_000_499n * 49n * 10n ** 14n) / 1_000_000n / 10n ** 0n);
    expect(status).to.equal("Ok");
    await feed.write.updateAnswer([0n]);
    expect(STATUS[(await oracle.read.read([STABLE])).status]).to.equal("Dead");
  });

  it("of an ERC-4626 share does not see a gift beyond a day's growth", async () => {
    const { token, vault, oracle } = await shares();
    await token.write.mint([vault.address, 10n ** 9n]); // doubled
    const { price } = await priceOf(oracle, STABLE);
    expect(price - WAD < WAD / 10n ** 6n).to.equal(true);
  });

  it("names no token that tells no sound rate, and keeps its bounds", async () => {
    const { oracle, token } = await wrapped();
    const reverts = refusals(stage);
    const named = (kind: number, growth: number, from = stage.admin) =>
      oracle.write.setRate([WSTETH, token.address, kind, true, 0, growth], { account: from });
    const most = 10n ** 20n;
    await token.write.set([words(0)]);
    const none = [WSTETH, "rate", 0n, 1n, most];
    await reverts(named(WRAPPED, 0), oracle, "FeedOutOfBounds", none);
    await token.write.set([words(77)]);
    const odd = [WSTETH, "decimals", 77n, 0n, 36n];
    await reverts(named(SHARE, 0), oracle, "FeedOutOfBounds", odd);
    const fast = [WSTETH, "growth", 10_000_001n, 0n, 10_000_000n];
    await reverts(named(WRAPPED, 10_000_001), oracle, "FeedOutOfBounds", fast);
    const stranger = [getAddress(stage.mallory)];
    await reverts(named(WRAPPED, 0, stage.mallory), oracle, "AccessManagedUnauthorized", stranger);
    await reverts(oracle.write.follow([0x0300]), oracle, "UnknownRate", [0x0300]);
  });
});
