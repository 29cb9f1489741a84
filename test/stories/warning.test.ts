import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import type { AccountId } from "../../sdk/types/Ids.ts";
import { borrower, calmPool, healthOf, later, near, phaseOf } from "../fixtures/margin.ts";
import type { Local } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { told } from "../fixtures/told.ts";

// 10 ETH against 14 000: MM is 17.07 % of value and 105.
describe("story: a warning before a margin call", () => {
  let local: Local;
  let alice: AccountId;
  beforeEach(async () => {
    local = told(await calmPool());
    alice = await borrower(local, 14_000);
  });

  async function warnings(): Promise<number> {
    const { abi, address } = local.clearinghouse;
    const events = { abi, address, eventName: "MarginWarning", fromBlock: 0n } as const;
    return (await local.client.getContractEvents(events)).length;
  }

  async function callAt(price: number) {
    await later(local, 61, { ETH: price });
    await local.clearinghouse.write.call([alice]);
  }

  const refusesAt = async (price: number) => {
    await later(local, 61, { ETH: price });
    await refuses(local, () => local.clearinghouse.write.call([alice]), "AccountHealthy");
  };

  it("comes once, between 1 and 1.25", async () => {
    await refusesAt(1_999); // h = 5 990 / 3 517
    await callAt(1_750); // 3 500 / 3 092
    near(await healthOf(local, alice), 1.13, 0.01);
    expect(await warnings()).to.equal(1);
    expect(await phaseOf(local, alice)).to.equal("Clear");
    await refusesAt(1_749);
    expect(await warnings()).to.equal(1);
  });

  it("comes again only after health was 1.35", async () => {
    await callAt(1_750);
    await refusesAt(1_820); // 4 200 / 3 212 = 1.31
    await refusesAt(1_750);
    await callAt(1_850); // 4 500 / 3 263 = 1.38
    expect(await warnings()).to.equal(1);
    await refusesAt(1_850);
    await callAt(1_750);
    expect(await warnings()).to.equal(2);
  });

  it("does not come to who was called, nor after the cure, until then", async () => {
    await callAt(1_690);
    expect(await phaseOf(local, alice)).to.equal("Called");
    await callAt(1_760); // 3 600 / 3 109 = 1.16: cured
    expect(await phaseOf(local, alice)).to.equal("Clear");
    await refusesAt(1_750);
    expect(await warnings()).to.equal(0);
  });
});
