import { expect } from "chai";
import { before, describe, it } from "mocha";

import { aggregatorOf } from "../../sdk/params/feeds.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { borrower, calmPool, idOf, later, WAD, type Local } from "../fixtures/margin.ts";

describe("the figures of an account's margin", () => {
  let local: Local;
  let alice: AccountId;

  before(async () => {
    local = await calmPool();
    alice = await borrower(local, 14_000);
  });

  /** Each pair is what `margin` says. */
  async function same(id: AccountId) {
    const { clearinghouse } = local;
    const margin = await clearinghouse.read.margin([id]);
    expect(await clearinghouse.read.health([id])).to.deep.equal([
      margin.equity,
      margin.maintenance,
    ]);
    expect(await clearinghouse.read.initial([id])).to.deep.equal([
      margin.initialEquity,
      margin.initial,
    ]);
    return margin;
  }

  it("health and initial say them in pairs, of one who owes, lends, or has nothing", async () => {
    const owing = await same(alice);
    expect(owing.initial > owing.maintenance && owing.maintenance > 0n).to.equal(true);
    expect((await same(idOf(local.bob))).equity > 999_999n * WAD).to.equal(true);
    expect((await same(idOf(local.dave))).initial).to.equal(0n);
  });

  it("initial compares what is counted: less than equity once a price is silent", async () => {
    await later(local, 2 * aggregatorOf(local.params.listings["ETH"]!.feed).heartbeat);
    const { equity, initialEquity } = await same(alice);
    expect(initialEquity < equity).to.equal(true);
  });
});
