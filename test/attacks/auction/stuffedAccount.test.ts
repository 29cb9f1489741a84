import { expect } from "chai";
import { afterEach, beforeEach, describe, it } from "mocha";

import { idOf, later, offer, phaseOf, WAD } from "../../fixtures/margin.ts";
import { Bill, indebt, MOST, ramp, sixteen, stuffedMarket } from "../../fixtures/stuffed.ts";
import type { Stuffed } from "../../fixtures/stuffed.ts";

// What a margin call and a bid have to look at: all that an account may hold, in the worst of states.
describe("attack: an account stuffed to its limits", function () {
  this.timeout(600_000);
  let local: Stuffed;
  let bill: Bill;
  let sold: ReturnType<typeof idOf>;

  beforeEach(async () => {
    local = await stuffedMarket();
    bill = new Bill(local);
    sold = idOf(local.alice);
    expect(await sixteen(local, sold)).to.equal(16);
    expect((await local.clearinghouse.read.positionsOf([sold]))[0]).to.have.length(32);
    await indebt(local, local.alice);
  });

  afterEach(() => {
    bill.print();
    expect(bill.dearer(MOST)).to.deep.equal([]);
  });

  const call = () => local.clearinghouse.write.call([sold]);

  /** Looked at four times at this price. */
  async function falls(ETH: number, seconds: number, state: string) {
    for (let i = 0; i < 4; ++i) {
      await later(local, seconds, { ETH });
      await bill.add(`call ${i + 1}, ${state}`, call());
    }
    expect(await phaseOf(local, sold)).to.equal("Auction");
  }

  /** Gives carol's account of this number what it needs to buy. */
  async function endow(index: bigint, usdc = 400_000_000_000n) {
    const { carol, clearinghouse, pool } = local;
    const move = [idOf(carol), idOf(carol, index), pool.tokens["USDC"]!, usdc] as const;
    await clearinghouse.write.transfer(move, { account: carol.account });
    return idOf(carol, index);
  }

  const bid = (receiver: ReturnType<typeof idOf>, fraction = WAD) =>
    local.clearinghouse.write.bid([offer(sold, receiver, fraction)], {
      account: local.carol.account,
    });

  it("is called and sold with equity left", async () => {
    await falls(1_650, 400, "E > 0");
    await bill.add("bid for a part, E > 0", bid(await endow(1n), WAD / 8n));
    await bill.add("bid for the rest, E > 0", bid(await endow(2n)));
    expect((await local.clearinghouse.read.positionsOf([idOf(local.carol, 2n)]))[0]).to.have.length(
      32,
    );
  });

  it("is called without, while every number ramps", async () => {
    await ramp(local);
    await falls(1_200, 70, "E < 0, ramping");
    expect((await local.clearinghouse.read.accountOf([sold])).call.backed > 0).to.equal(true);
  });

  it("is taken over, and looked at by the house, while every number ramps", async () => {
    await ramp(local);
    await falls(1_200, 70, "E < 0, ramping");
    await later(local, 1_800, { ETH: 1_200 });
    await bill.add("takeOver, E < 0, ramping", local.clearinghouse.write.takeOver([sold]));
    sold = `0x${"00".repeat(20)}${"1".padStart(24, "0")}`;
    for (let i = 0; i < 3; ++i) {
      await later(local, 70, { ETH: 1_000 });
      await bill.add(`call ${i + 1} of the house's`, call());
    }
  });
});
