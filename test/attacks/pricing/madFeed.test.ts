import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import {
  calmPool,
  idOf,
  later,
  offer,
  phaseOf,
  withdraw,
  type Local,
} from "../../fixtures/margin.ts";
import { encoded } from "../../fixtures/market.ts";
import { words } from "../../oracles/stage.ts";

const ETH = 0x0200;
const PRICE = 2_000n * 10n ** 8n;
const YEAR = 31_536_000n;
const [OK, DEGRADED, STALE, DEAD] = [0, 1, 2, 3];

/** What the feed of ETH says from now on. */
const ANSWERS: readonly [what: string, answer: (now: bigint) => Hex, status: number][] = [
  ["zero", (now) => words(1, 0, now, now, 1), DEAD],
  ["less than zero", (now) => words(1, -PRICE, now, now, 1), DEAD],
  ["2^255", (now) => words(1, 1n << 255n, now, now, 1), DEAD],
  [
    "a price of 18 decimals where it had 8",
    (now) => words(1, 2_000n * 10n ** 18n, now, now, 1),
    DEAD,
  ],
  ["a price from the far future", (now) => words(1, PRICE, now, now + 100n * YEAR, 1), DEAD],
  ["a price years old", (now) => words(1, PRICE, now, now - 5n * YEAR, 1), STALE],
  ["two words", (now) => words(1, now), DEAD],
];

// Alice holds 1 ETH at 2 000 and 1 BTC at 20 000, and owes 12 000. The feed of ETH goes mad; that of BTC
// stays good.
describe("attack: an account one of whose feeds goes mad", () => {
  let local: Local;
  let alice: Hex;

  beforeEach(async () => {
    local = await calmPool((p) => {
      p.listings["BTC"]!.feed.price = 20_000;
      p.sequencer = { feed: "mock", grace: 1_800 };
      return p;
    });
    await later(local, 3_000, { ETH: 2_000, BTC: 20_000 }); // past the grace that a pool is born in
    await local.clearinghouse.write.observe([2n, 8n]);
    await local.deposit(local.bob, "USDC", 1_000_000);
    await local.deposit(local.alice, "ETH", 1);
    alice = await local.deposit(local.alice, "BTC", 1);
    await withdraw(local, local.alice, "USDC", 12_000);
  });

  async function say(answer: (now: bigint) => Hex) {
    const { viem, networkHelpers, pool } = local;
    const code = await (
      await viem.getPublicClient()
    ).getCode({
      address: (await viem.deployContract("WildFeed")).address,
    });
    await networkHelpers.setCode(pool.feeds["ETH"]!, code!);
    const feed = await viem.getContractAt("WildFeed", pool.feeds["ETH"]!);
    await feed.write.set([answer(BigInt(await networkHelpers.time.latest()))]);
  }

  async function statusOf(asset: number) {
    const oracle = await local.viem.getContractAt("IOracle", local.pool.oracle);
    return (await oracle.read.read([asset])).status;
  }

  /** Tops up, with whatever is not dead itself, and reduces, in whatever state. */
  async function helps() {
    const { alice: owner, clearinghouse } = local;
    await local.deposit(owner, "BTC", "0.001");
    if ([DEGRADED, OK].includes(await statusOf(ETH))) await local.deposit(owner, "ETH", "0.001");
    await local.fund(owner, "USDC", 100);
    const { account } = owner;
    await clearinghouse.write.repay([alice, local.units("USDC", 50)], { account });
    const repay = encoded(local, "repay", [alice, local.units("USDC", 50)]);
    await clearinghouse.write.batchReducing([alice, [repay]], { account });
  }

  /** BTC falls to 9 000: 2 000 + 9 000 do not pay 12 000, with ETH at the last price known. */
  async function sells() {
    await later(local, 60, { BTC: 9_000 });
    await local.clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Called");
    await helps();
    await later(local, 61, { BTC: 9_000 });
    await local.clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Auction");
    await helps();
    const carol = await local.deposit(local.carol, "USDC", 100_000);
    const { account } = local.carol;
    await local.clearinghouse.write.bid([offer(alice, carol)], { account });
    expect((await local.clearinghouse.read.accountOf([carol])).holdings[0]).to.not.equal(0n);
  }

  for (const [what, answer, status] of ANSWERS) {
    it(`which says ${what}: is topped up, reduced, and sold once it is bankrupt`, async () => {
      await say(answer);
      expect(await statusOf(ETH)).to.equal(status);
      await helps();
      await sells();
    });
  }

  it("which reverts: the same", async () => {
    await local.networkHelpers.setCode(local.pool.feeds["ETH"]!, "0x60006000fd");
    expect(await statusOf(ETH)).to.equal(DEAD);
    await helps();
    await sells();
  });

  for (const [what, answers, status] of [
    ["goes down", [1], STALE],
    ["goes down and comes back", [1, 0], DEGRADED],
    ["flaps", [1, 0, 1, 0, 1, 0], DEGRADED],
  ] as const) {
    it(`and a sequencer that ${what}: the same`, async () => {
      const uptime = await local.viem.getContractAt(
        "MockV3Aggregator",
        local.pool.oracles["uptime"]!,
      );
      for (const one of answers) await uptime.write.updateAnswer([BigInt(one)]);
      expect(await statusOf(ETH)).to.equal(status);
      await helps();
      await sells();
    });
  }

  it("and whose ETH counts for nothing while BTC is good is neither called nor sold", async () => {
    await say((now) => words(1, 0, now, now, 1));
    const called = await local.clearinghouse.write.call([alice]).catch(() => "refused");
    expect(called).to.equal("refused");
    expect(idOf(local.alice)).to.equal(alice);
  });
});
