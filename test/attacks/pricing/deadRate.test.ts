import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import { assetId, CASH, STABLES } from "../../../sdk/types/Ids.ts";
import { listNew } from "../../fixtures/listing.ts";
import { calmPool, fuseOf, idOf, later, phaseOf, usd, withdraw } from "../../fixtures/margin.ts";
import type { Local } from "../../fixtures/margin.ts";
import type { Change } from "../../fixtures/pool.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { told } from "../../fixtures/told.ts";

const REVERT: Hex = "0x60006000fd";
const WSTETH = assetId(2, 1);

/** ETH after calm months: σ at its floor, the shock of MM is sMin, 7 %. */
const calmed: Change = (p) => {
  p.factors["ETH"]!.volatilityStress = 0.5;
  p.factors["ETH"]!.volatilityFloor = 0.4;
  return p;
};

// wstETH is listed at 1.2 and ETH stands at 2 000: ten are worth 24 000.
describe("attack: the feed of a rate dies", () => {
  let local: Local;
  let alice: Hex;

  beforeEach(async () => {
    local = told(await calmPool(calmed));
    await local.deposit(local.bob, "USDC", 1_000_000);
    alice = idOf(local.alice);
  });

  const call = () => local.clearinghouse.write.call([alice]);
  const soundOf = async (asset: number) =>
    usd((await local.clearinghouse.read.rateOf([asset])).sound);

  async function borrow(debt: number) {
    await local.deposit(local.alice, "wstETH", 10);
    await withdraw(local, local.alice, "USDC", debt);
  }

  /** The feed says nothing any more: it reverts. Returns how it comes back. */
  async function die(symbol = "wstETH") {
    const feed = local.pool.feeds[symbol]!;
    const code = await local.client.getCode({ address: feed });
    await local.networkHelpers.setCode(feed, REVERT);
    return () => local.networkHelpers.setCode(feed, code!);
  }

  /** So many rounds of a rate, two minutes apart, each noted. */
  async function tell(rates: readonly number[]) {
    for (const rate of rates) {
      await later(local, 120, { wstETH: rate, ETH: 2_000 });
      await local.clearinghouse.write.observeRate([WSTETH]);
    }
  }

  for (const [what, kill] of [
    ["answers zero", () => local.setPrice("wstETH", 0)],
    ["reverts", () => die()],
  ] as const) {
    // E = 24 000 − 19 500 = 4 500; MM = 2 912: 7 + 0.5 + 3.5 + 0.5 % of 24 000, 0.25 % of the debt.
    it(`and ${what}: no one is called who was not`, async () => {
      await borrow(19_500);
      await kill();
      for (let i = 0; i < 12; ++i) {
        await later(local, 300, { ETH: 2_000 + i });
        await refuses(local, call, "AccountHealthy");
        expect(await phaseOf(local, alice)).to.equal("Clear");
      }
    });
  }

  it("and at what it was the book still fails, and is sold, when ether falls", async () => {
    await borrow(19_500);
    await die();
    // 1 660: 19 920 of value, E = 420 of 2 500: under the floor, which is a quarter.
    await later(local, 61, { ETH: 1_660 });
    await call();
    await later(local, 61, { ETH: 1_660 });
    await call();
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });

  it("and at what it was the fuse burns, when ether falls half as far", async () => {
    await borrow(19_500);
    await die();
    // 1 790: 21 480 of value, E = 1 980, MM some 2 700: h is some 0.7, above the floor.
    for (let i = 0; i < 3; ++i) {
      await later(local, 61, { ETH: 1_790 });
      await call();
    }
    expect(await phaseOf(local, alice)).to.equal("Called");
    expect(await fuseOf(local, alice)).to.be.greaterThan(0);
    for (let i = 0; i < 11; ++i) {
      await later(local, 61, { ETH: 1_790 });
      await call();
    }
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });

  it("and a share that has lost value counts at what is left of it, not at one", async () => {
    await tell([0.8, 0.8]);
    expect(await soundOf(WSTETH)).to.equal(0.8);
    await borrow(12_500); // of 16 000
    await die();
    // 1 560: 12 480 of value, nothing left; at a rate of one it would be 15 600, and healthy.
    for (let i = 0; i < 2; ++i) {
      await later(local, 61, { ETH: 1_560 });
      await call();
    }
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });

  it("and the fund pays nothing for a book that lacks nothing", async () => {
    await borrow(19_500);
    await die();
    for (let i = 0; i < 12; ++i) {
      await later(local, 300, { ETH: 1_950 });
      await call().catch(() => undefined);
    }
    const refused = local.clearinghouse.read.quote([alice, 10n ** 18n]);
    expect(await refused.catch(() => "no auction")).to.equal("no auction");
  });

  it("and who withdraws or borrows is still told that nothing counts", async () => {
    await borrow(10_000);
    await die();
    await refuses(local, () => withdraw(local, local.alice, "USDC", 1), "MarginTooLow");
    await local.fund(local.alice, "wstETH", 1);
    const args = [alice, local.pool.tokens["wstETH"]!, local.units("wstETH", 1)] as const;
    await refuses(local, () => local.clearinghouse.write.deposit(args, byAlice()), "PriceNotOk");
  });

  it("and governance names another, from half to a hundredth more, reached within a day", async () => {
    await borrow(17_000);
    const name = (rate: bigint) => local.clearinghouse.write.setRate([WSTETH, rate]);
    await refuses(local, () => name(10n ** 18n), "RateAlive", [WSTETH, 12n * 10n ** 17n]);
    await refuses(local, () => local.clearinghouse.write.setRate([0x0200, 1n]), "NoRate", [0x0200]);
    const revive = await die();
    const bounds = ["rate", 6n * 10n ** 17n, 1_212n * 10n ** 15n] as const;
    for (const wrong of [bounds[1] - 1n, bounds[2] + 1n]) {
      const args = ["rate", wrong, bounds[1], bounds[2]];
      await refuses(local, () => name(wrong), "ParameterOutOfBounds", args);
    }
    await refuses(
      local,
      () => local.clearinghouse.write.setRate([WSTETH, 1n], byAlice()),
      "AccessManagedUnauthorized",
    );
    // 0.8: 16 000 of value against 17 000. Half a day on it is 1.0: 20 000, E = 3 000, MM = 2 590.
    await name(8n * 10n ** 17n);
    await later(local, 43_200, { ETH: 2_000, USDC: 1 });
    await call();
    expect(await phaseOf(local, alice)).to.equal("Clear");
    await later(local, 43_200, { ETH: 2_000, USDC: 1 });
    await call();
    await later(local, 61, { ETH: 2_000 });
    await call();
    expect(await phaseOf(local, alice)).to.equal("Auction");
    // The feed is back: two rounds, and R is what it says.
    await revive();
    await tell([1.2, 1.2]);
    expect(await soundOf(WSTETH)).to.equal(1.2);
  });

  const byAlice = () => ({ account: local.alice.account });
});

describe("attack: the feed of a stable dies", () => {
  it("and it counts at what it was last, not at par", async () => {
    const local = told(await calmPool());
    await local.deposit(local.bob, "USDC", 1_000_000);
    const oracle = await local.viem.getContractAt("ChainlinkOracle", local.pool.oracle);
    const other = await local.viem.deployContract("MockV3Aggregator", [8, 90_000_000n]);
    const listed = await listNew(local, 5); // at USDC's feed, 1.00
    const asset = assetId(STABLES, 5);
    await oracle.write.setFeed([asset, other.address, 86_400, 2_500_000, 0]);
    const alice = idOf(local.alice);
    const { account } = local.alice;
    for (let i = 0; i < 2; ++i) {
      await later(local, 61);
      await other.write.updateAnswer([90_000_000n]);
      await local.clearinghouse.write.observeRate([asset]);
    }
    await local.clearinghouse.write.deposit([alice, listed, 10n ** 22n], { account }); // 9 000
    await withdraw(local, local.alice, "USDC", 5_000);
    await local.networkHelpers.setCode(other.address, REVERT);
    const sound = usd((await local.clearinghouse.read.rateOf([asset])).sound);
    expect(sound).to.equal(0.9);
    await refuses(local, () => local.clearinghouse.write.call([alice]), "AccountHealthy");
    const [equity] = await refuses(
      local,
      () => local.clearinghouse.write.call([alice]),
      "AccountHealthy",
    ).then(([, e]) => [e as bigint]);
    expect(usd(equity!)).to.be.closeTo(4_000, 1); // 10 000·0.9 − 5 000; at par it would be 5 000
    expect(asset).to.not.equal(CASH);
  });
});
