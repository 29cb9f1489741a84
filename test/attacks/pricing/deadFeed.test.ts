import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import { assetId, CASH, STABLES } from "../../../sdk/types/Ids.ts";
import { listNew } from "../../fixtures/listing.ts";
import {
  borrower,
  calmPool,
  idOf,
  later,
  phaseOf,
  withdraw,
  type Local,
} from "../../fixtures/margin.ts";
import { encoded } from "../../fixtures/market.ts";
import type { Change } from "../../fixtures/pool.ts";
import { refuses } from "../../fixtures/refusal.ts";

const REVERT: Hex = "0x60006000fd";

const bitcoinAt20000: Change = (p) => {
  p.listings["BTC"]!.feed.price = 20_000;
  return p;
};

// A silent feed liquidates no one (DESIGN §5, §8): nor may one that is dead, whose price is zero.
describe("attack: a feed that dies", () => {
  let local: Local;
  let alice: Hex;

  beforeEach(async () => {
    local = await calmPool(bitcoinAt20000);
    await local.deposit(local.bob, "USDC", 1_000_000);
    alice = idOf(local.alice);
  });

  const die = (symbol: string) => local.networkHelpers.setCode(local.pool.feeds[symbol]!, REVERT);

  /** Keepers call for an hour, with a round of BTC every five minutes. */
  async function keep() {
    for (let i = 0; i < 12; ++i) {
      await later(local, 300, { BTC: 20_000 + i });
      await local.clearinghouse.write.call([alice]).catch(() => undefined);
    }
  }

  for (const [what, kill] of [
    ["answers zero", () => local.setPrice("ETH", 0)],
    ["reverts", () => die("ETH")],
  ] as const) {
    it(`and ${what} sells no account that owes a quarter of what it holds`, async () => {
      await local.deposit(local.alice, "ETH", 10); // 20 000
      await local.deposit(local.alice, "BTC", "0.2"); // 4 000
      await withdraw(local, local.alice, "USDC", 6_000);
      await kill();
      await keep();
      expect(await phaseOf(local, alice)).to.not.equal("Auction");
    });
  }

  it("of a rate sells no account that holds it", async () => {
    await local.deposit(local.alice, "wstETH", 10); // 24 000
    await local.deposit(local.alice, "BTC", "0.2");
    await withdraw(local, local.alice, "USDC", 6_000);
    await die("wstETH");
    await keep();
    expect(await phaseOf(local, alice)).to.not.equal("Auction");
  });

  it("of a stable sells no account that holds it", async () => {
    const oracle = await local.viem.getContractAt("ChainlinkOracle", local.pool.oracle);
    const feed = local.pool.feeds["USDC"]!;
    await oracle.write.setFeed([(STABLES << 8) | 1, feed, 86_400, 2_500_000, 0]);
    const token = await listNew(local, 1);
    const { account } = local.alice;
    await local.clearinghouse.write.deposit([alice, token, 10n ** 22n], { account }); // 10 000
    await withdraw(local, local.alice, "USDC", 2_000);
    await die("USDC");
    await keep();
    expect(await phaseOf(local, alice)).to.not.equal("Auction");
  });
});

describe("attack: an asset whose price is gone, brought in to end a call", () => {
  /** Alice in call with 10 ETH against 14 000, and bitcoin of hers in her second account. */
  async function called() {
    const local = await calmPool();
    const alice = await borrower(local, 14_000);
    const second = await local.deposit(local.alice, "BTC", 1, 1n);
    await local.fund(local.alice, "BTC", 1);
    await later(local, 60, { ETH: 1_690 });
    await local.clearinghouse.write.call([alice]);
    const account = local.alice.account;
    const btc = local.pool.tokens["BTC"]!;
    const units = local.units("BTC", 0.7);
    const put = (id = alice) => local.clearinghouse.write.deposit([id, btc, units], { account });
    const give = () => local.clearinghouse.write.transfer([second, alice, btc, units], { account });
    return { local, alice, second, put, give };
  }

  it("by deposit or by transfer, is refused with what its feed says", async () => {
    for (const ruined of [true, false]) {
      const { local, put, give, alice } = await called();
      if (ruined) await local.setPrice("BTC", 0);
      else await later(local, 90_000, { ETH: 1_690, USDC: 1 });
      for (const act of [put, give]) {
        const [asset, price] = await refuses(local, act, "PriceNotOk");
        expect(asset).to.equal(assetId(1, 0));
        expect(price === 0n).to.equal(ruined);
      }
      await local.clearinghouse.write.call([alice]);
      expect(await phaseOf(local, alice)).to.not.equal("Clear");
    }
  });

  it("is refused out of a call, too, once its last round is an hour old", async () => {
    const { local, put, second } = await called();
    await local.setPrice("BTC", 7_900);
    await local.clearinghouse.write.observe([1n, 8n]);
    await local.setPrice("BTC", 0);
    await later(local, 3_500);
    await put(second);
    await later(local, 200);
    await refuses(local, () => put(second), "PriceNotOk");
    await local.setPrice("BTC", 7_900);
    await local.fund(local.alice, "BTC", 1);
    await put(second);
  });

  it("is what a top-up is, whose price is a minute old: it is taken", async () => {
    const { local, alice, put } = await called();
    await local.setPrice("BTC", 7_900);
    await later(local, 60, { ETH: 1_690 });
    await put();
    expect(await phaseOf(local, alice)).to.equal("Clear");
  });
});

describe("attack: an asset whose price is gone, taken out by a batch sent as reducing", () => {
  let local: Local;
  let alice: Hex;

  /** Alice owes 14 000 on 10 ETH at 2 000, and has bitcoin for 4 000. */
  beforeEach(async () => {
    local = await calmPool(bitcoinAt20000);
    alice = await borrower(local, 14_000);
    await local.deposit(local.alice, "BTC", "0.2");
  });

  const token = (symbol: string) => local.pool.tokens[symbol]!;
  const take = (symbol: string, amount: number | string) => {
    const args = [alice, token(symbol), local.units(symbol, amount), local.alice.account.address];
    return encoded(local, "withdraw", args);
  };
  const pass = (symbol: string, amount: number) => {
    const other = idOf(local.alice, 1n);
    return encoded(local, "transfer", [alice, other, token(symbol), local.units(symbol, amount)]);
  };
  const repay = (amount: number) => encoded(local, "repay", [alice, local.units("USDC", amount)]);
  const reduce = (...calls: Hex[]) =>
    local.clearinghouse.write.batchReducing([alice, calls], { account: local.alice.account });

  for (const [what, kill] of [
    ["is zero", () => local.setPrice("ETH", 0)],
    ["comes no more", () => local.networkHelpers.setCode(local.pool.feeds["ETH"]!, REVERT)],
    ["is years old", () => later(local, 86_400 * 900, { USDC: 1, BTC: 20_000 })],
  ] as const) {
    it(`stays while its price ${what}, though it counts for nothing; what has a price may be sold`, async () => {
      await kill();
      for (const call of [take("ETH", 10), take("ETH", 1), pass("ETH", 10)]) {
        const [asset] = await refuses(local, () => reduce(call), "PriceNotOk");
        expect(asset).to.equal(assetId(2, 0));
      }
      await local.fund(local.alice, "USDC", 2_100);
      await reduce(take("BTC", "0.1"), repay(2_100));
    });
  }

  it("stays, too, while the price of cash that is repaid for it is not good", async () => {
    await later(local, 90_000, { ETH: 2_000, BTC: 20_000 });
    await local.fund(local.alice, "USDC", 2_100);
    const sale = () => reduce(take("BTC", "0.1"), repay(2_100));
    const [asset] = await refuses(local, sale, "PriceNotOk");
    expect(asset).to.equal(CASH);
    await local.setPrice("USDC", 1);
    await sale();
  });
});
