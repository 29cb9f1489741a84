import { expect } from "chai";
import { describe, it } from "mocha";

import {
  borrower,
  calmPool,
  fuseOf,
  healthOf,
  idOf,
  later,
  near,
  offer,
  phaseOf,
  usd,
  WAD,
} from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { told } from "../fixtures/told.ts";

describe("story: a call that nobody answers", () => {
  it("burns its fuse and sells slices until the account is cured", async () => {
    const local = told(await calmPool());
    const { clearinghouse, carol } = local;
    await local.deposit(carol, "USDC", 50_000);
    const alice = await borrower(local, 14_000);

    // 1 690: E = 2 900, MM = 2 990, h = 0.97. The grace is at most the tier's 10 min.
    await later(local, 60, { ETH: 1_690 });
    await clearinghouse.write.call([alice]);
    await later(local, 300);
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Called");
    await later(local, 300);
    await clearinghouse.write.call([alice]);
    expect(await fuseOf(local, alice)).to.equal(1);
    expect(await phaseOf(local, alice)).to.equal("Auction");

    // The discount starts at 0.25 % of V = 16 900: D·V = 42.25.
    // f_max = (1.1·2 990 − 2 900)/(1.1·2 990 − 42) = 0.12
    const whole = await clearinghouse.read.quote([alice, WAD]);
    near(usd(whole.discount), 42.25, 0.5);
    near(usd(whole.largest), (1.1 * 2_990 - 2_900) / (1.1 * 2_990 - 42), 0.01);

    // Carol takes a tenth: 1 ETH and 1 400 of debt for 0.1·(2 900 − 42.25) = 285.8 of cash.
    const before = await healthOf(local, alice);
    const account = carol.account;
    await clearinghouse.write.bid([offer(alice, idOf(carol), WAD / 10n)], { account });
    near(usd(await clearinghouse.read.cashOf([idOf(carol)])), 50_000 - 1_400 - 285.8, 1.5);
    const { holdings } = await clearinghouse.read.accountOf([idOf(carol)]);
    expect(holdings[0]! >> 16n).to.equal(WAD);

    // What alice has left: E = 0.9·2 900 + 285.8 = 2 896, MM = 0.9·2 990 = 2 691, h = 1.076.
    near(await healthOf(local, alice), 2_896 / 2_691, 0.01);
    expect((await healthOf(local, alice)) > before).to.equal(true);
    expect(await phaseOf(local, alice)).to.equal("Auction");

    // Ten minutes on the discount is 0.25 + 9.75·(10/30) = 3.5 %. A bid for all that is offered
    // buys f_max, less than a tenth now, and cures at 1.10.
    await later(local, 600);
    const rest = await clearinghouse.read.quote([alice, WAD]);
    near(usd(rest.discount), 0.035 * 0.9 * 16_900, 2);
    expect(usd(rest.largest) < 0.1).to.equal(true);
    await clearinghouse.write.bid([offer(alice, idOf(carol))], { account });
    near(await healthOf(local, alice), 1.1, 0.001);
    expect(await phaseOf(local, alice)).to.equal("Clear");
    // She keeps nine tenths of nine tenths of her book and more: hedges and debts in proportion.
    expect((await clearinghouse.read.accountOf([alice])).holdings[0]! >> 16n > 8n * WAD).to.equal(
      true,
    );
  });

  it("ends without a sale if the market comes back in time", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: 1_690 });
    await clearinghouse.write.call([alice]);
    for (let i = 0; i < 2; ++i) {
      await later(local, 300);
      await clearinghouse.write.call([alice]);
    }
    expect(await phaseOf(local, alice)).to.equal("Auction");

    // The clearinghouse pokes before it sells: at 1 800 (E = 4 000, MM = 3 178, h = 1.26) nothing is for sale.
    await later(local, 60, { ETH: 1_800 });
    await local.deposit(local.carol, "USDC", 50_000);
    const account = local.carol.account;
    const bid = () => clearinghouse.write.bid([offer(alice, idOf(local.carol))], { account });
    await refuses(local, bid, "NotInAuction");
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Clear");
    expect((await clearinghouse.read.accountOf([alice])).holdings[0]! >> 16n).to.equal(10n * WAD);
  });
});
