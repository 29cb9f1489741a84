import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { FUND } from "../../sdk/types/Ids.ts";
import {
  borrower,
  calmPool,
  healthOf,
  idOf,
  later,
  near,
  phaseOf,
  usd,
  withdraw,
  type Local,
} from "../fixtures/margin.ts";
import type { Change } from "../fixtures/pool.ts";
import { told } from "../fixtures/told.ts";

const DAY = 86_400;

describe("story: keepers are paid", () => {
  let local: Local;
  beforeEach(async () => {
    await openWith({});
  });

  /** Someone gives the insurance fund this much. */
  async function insure(amount: number) {
    const { clearinghouse, pool, dave, units } = local;
    await local.fund(dave, "USDC", amount);
    const args = [FUND, pool.tokens["USDC"]!, units("USDC", amount)] as const;
    await clearinghouse.write.deposit(args, { account: dave.account });
  }

  async function openWith(change: Partial<Local["params"]["keeper"]>) {
    const choose: Change = (p) => ({
      ...p,
      keeper: { ...p.keeper, roundFee: 0.02, finderShare: 0.0005, ...change },
    });
    local = told(await calmPool(choose));
  }

  async function rounds(count: number) {
    for (let i = 0; i < count; i++) await later(local, 61, { ETH: 2_000 + i });
  }

  const cash = async (id: typeof FUND) => usd(await local.clearinghouse.read.cashOf([id]));
  const observe = (who = local.carol) =>
    local.clearinghouse.write.observe([2n, 64n], { account: who.account });
  const paidToday = async () => usd((await local.clearinghouse.read.keeper())[1].paid);

  it("each round observed pays whoever brings it, out of the insurance fund", async () => {
    await observe(local.bob);
    await insure(1_000);
    await rounds(3);
    await observe();
    near(await cash(idOf(local.carol)), 0.06, 1e-9); // three at 0.02
    near(await cash(FUND), 999.94, 1e-9);
    await observe(local.bob);
    near(await cash(idOf(local.bob)), 0, 1e-9);
  });

  it("rounds that an act walks by itself pay no one", async () => {
    await insure(1_000);
    await borrower(local, 5_000);
    await rounds(3);
    await withdraw(local, local.alice, "USDC", 1);
    expect(await paidToday()).to.equal(0);
    await observe();
    expect(await paidToday()).to.equal(0); // none is left
  });

  it("a day pays no more than its cap, and the next day pays again", async () => {
    await openWith({ roundFee: 1, dailyCap: 3 });
    await insure(1_000);
    await later(local, DAY - ((await local.networkHelpers.time.latest()) % DAY));
    await rounds(2);
    await observe();
    near(await cash(idOf(local.carol)), 2, 1e-9);
    await rounds(4);
    await observe();
    near(await cash(idOf(local.carol)), 3, 1e-9);
    await later(local, DAY);
    await rounds(2);
    await observe();
    near(await cash(idOf(local.carol)), 5, 1e-9);
  });

  it("the fund pays no more than it holds", async () => {
    await insure(0.03);
    await rounds(5);
    await observe();
    near(await cash(idOf(local.carol)), 0.03, 1e-9);
    expect(await cash(FUND)).to.be.within(0, 1e-9);
    await rounds(1);
    await observe();
    near(await cash(idOf(local.carol)), 0.03, 1e-9);
  });

  it("who opened a call is paid when its auction opens, whoever pokes then", async () => {
    const { clearinghouse, carol, dave } = local;
    await insure(1_000);
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: 1_690 });
    await clearinghouse.write.call([alice], { account: carol.account });
    expect(await paidToday()).to.equal(0);
    await later(local, 300);
    await clearinghouse.write.call([alice], { account: dave.account });
    await later(local, 300);
    const before = await healthOf(local, alice);
    await clearinghouse.write.call([alice], { account: dave.account });

    // 0.05 % of 16 900. The account pays nothing of it.
    expect(await phaseOf(local, alice)).to.equal("Auction");
    near(await cash(idOf(carol)), 8.45, 0.01);
    expect(await cash(idOf(dave))).to.equal(0);
    near(await healthOf(local, alice), before, 1e-6);
    await clearinghouse.write.call([alice], { account: dave.account });
    near(await paidToday(), 8.45, 0.01);
  });

  it("who opened a later call is paid for it, though its fuse is burnt already", async () => {
    const { clearinghouse, carol, dave } = local;
    await insure(1_000);
    const alice = await auctionedBy(carol);
    const paid = await cash(idOf(carol));
    await later(local, 30, { ETH: 1_800 });
    await clearinghouse.write.call([alice], { account: carol.account });
    expect(await phaseOf(local, alice)).to.equal("Clear");
    await later(local, 61, { ETH: 1_680 });
    await clearinghouse.write.call([alice], { account: dave.account });
    expect(await phaseOf(local, alice)).to.equal("Auction");
    near(await cash(idOf(dave)), 8.4, 0.01); // 0.05 % of 16 800
    near(await cash(idOf(carol)), paid, 1e-6);
  });

  it("a large account's finder is paid the cap", async () => {
    await openWith({ finderCap: 5 });
    await insure(1_000);
    await auctionedBy(local.carol);
    near(await cash(idOf(local.carol)), 5, 1e-6);
  });

  it("an account in call is paid nothing, not for its own call either", async () => {
    await insure(1_000);
    await auctionedBy(local.alice);
    await rounds(2);
    await observe(local.alice);
    expect(await paidToday()).to.equal(0);
  });

  /** Alice's account in auction, by calls of one actor. */
  async function auctionedBy({ account }: Local["carol"]) {
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: 1_690 });
    for (let i = 0; i < 3; i++) {
      await local.clearinghouse.write.call([alice], { account });
      await later(local, 300);
    }
    expect(await phaseOf(local, alice)).to.equal("Auction");
    return alice;
  }
});
