import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import { STABLES } from "../../sdk/types/Ids.ts";
import { listNew } from "../fixtures/listing.ts";
import { calmPool, idOf, later, phaseOf, withdraw, type Local } from "../fixtures/margin.ts";

const REVERT: Hex = "0x60006000fd";

// A silent feed liquidates no one (DESIGN §5, §8): nor may one that is dead, whose price is zero.
describe("hostile: a feed that dies", () => {
  let local: Local;
  let alice: Hex;

  beforeEach(async () => {
    local = await calmPool((p) => {
      p.listings["BTC"]!.feed.price = 20_000;
      return p;
    });
    await local.deposit(local.bob, "USDC", 1_000_000);
    alice = idOf(local.alice);
  });

  const die = (symbol: string) => local.networkHelpers.setCode(local.pool.feeds[symbol]!, REVERT);

  /** Keepers call for an hour, with a round of BTC every five minutes. */
  async function keep() {
    for (let i = 0; i < 12; ++i) {
      await later(local, 300, { BTC: 20_000 + i });
      await local.door.write.call([alice]).catch(() => undefined);
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
    await local.door.write.deposit([alice, token, 10n ** 22n], { account }); // 10 000
    await withdraw(local, local.alice, "USDC", 2_000);
    await die("USDC");
    await keep();
    expect(await phaseOf(local, alice)).to.not.equal("Auction");
  });
});
