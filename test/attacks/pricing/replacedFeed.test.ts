import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Address } from "viem";

import { getSnapshot } from "../../../sdk/snapshot/getSnapshot.ts";
import { observe } from "../../../sdk/logic/estimates.ts";
import { FUND } from "../../../sdk/types/Ids.ts";
import { borrower, calmPool, idOf, later, near, usd, withdraw } from "../../fixtures/margin.ts";
import type { Local } from "../../fixtures/margin.ts";

const ETH = 0x0200;
const UNIT = 10n ** 8n;

// Alice owes 1 000 on 10 ETH when the feed of ether is replaced, and the insurance fund has 5 000 to pay
// observers with.
describe("attack: a feed that is replaced", () => {
  let local: Local;

  beforeEach(async () => {
    local = await calmPool();
    await borrower(local, 1_000);
    await local.fund(local.dave, "USDC", 5_000);
    const args = [FUND, local.pool.tokens["USDC"]!, local.units("USDC", 5_000)] as const;
    await local.clearinghouse.write.deposit(args, { account: local.dave.account });
  });

  /** Another feed of the same pair that tells its newest round under that id. */
  async function feedAt(id: bigint) {
    const feed = await local.viem.deployContract("MockV3Aggregator", [8, 2_000n * UNIT]);
    await tell(feed, id);
    return feed;
  }

  type Feed = Awaited<ReturnType<typeof feedAt>>;

  async function tell(feed: Feed, id: bigint) {
    const now = BigInt(await local.networkHelpers.time.latest());
    await feed.write.updateRoundData([id, 2_000n * UNIT, now, now]);
  }

  async function name(feed: Address) {
    const oracle = await local.viem.getContractAt("ChainlinkOracle", local.pool.oracle);
    await oracle.write.setFeed([ETH, feed, 3_600, 5_000_000, 1_500_000_000]);
  }

  const see = () => local.clearinghouse.write.observe([2n, 500n], { account: local.carol.account });
  const paid = async () => usd(await local.clearinghouse.read.cashOf([idOf(local.carol)]));
  const estimate = async () => (await local.clearinghouse.read.factorOf([2n]))[1];

  for (const id of [100_000n, 1n]) {
    it(`by one whose ids are at ${id} stops nobody, and its rounds count on`, async () => {
      const feed = await feedAt(id);
      await name(feed.address);
      await later(local, 120);
      await tell(feed, id + 1n);
      await withdraw(local, local.alice, "ETH", "0.1");
      const { time } = await estimate();
      await later(local, 120);
      await tell(feed, id + 2n);
      await see();
      expect((await estimate()).time).to.equal(time + 122); // 2 s of blocks between
      near(await paid(), 0.02, 1e-9);
    });
  }

  it("and answers whatever it is asked pays observers for what counts alone", async () => {
    const feed = await local.viem.deployContract("EagerFeed", [2_000n * UNIT, 1n, true]);
    await name(feed.address);
    await later(local, 120);
    await feed.write.move([400n]);
    await see();
    near(await paid(), 0.02, 1e-9); // all its rounds are as old as the first
    await withdraw(local, local.alice, "ETH", "0.1");
  });

  it("whose rounds come every two seconds pays for one a minute", async function () {
    this.timeout(120_000);
    const feed = await feedAt(1n);
    await name(feed.address);
    await see();
    const before = await paid();
    const start = await local.networkHelpers.time.latest();
    for (let i = 0n; i < 150n; ++i) await tell(feed, 2n + i); // a block a second
    const seconds = (await local.networkHelpers.time.latest()) - start;
    await see();
    const rounds = Math.round(((await paid()) - before) / 0.02);
    expect(rounds).to.be.within(1, Math.ceil(seconds / 60));
  });

  it("is walked by the SDK as by the pool", async () => {
    const feed = await feedAt(77n);
    await name(feed.address);
    await later(local, 120);
    await tell(feed, 78n);
    const s = await getSnapshot(local.client, { pool: local.pool, accounts: [] });
    const timestamp = s.block.timestamp + 1;
    const { state, processed, counted } = observe(s, 2, 500, timestamp);
    await see();
    const { round, time } = await estimate();
    const own = state.factors[2]!.estimate;
    expect([own.round, own.time]).to.deep.equal([round, time]);
    expect(processed).to.equal(2);
    near(await paid(), 0.02 * counted, 1e-9);
  });
});
