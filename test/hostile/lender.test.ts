import { expect } from "chai";
import { describe, it } from "mocha";

import { borrower, calmPool, idOf, later, offer, phaseOf, usd } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";

describe("hostile: a loss that eats nearly all that was lent", () => {
  it("does not make a lender, who owes nothing, callable", async () => {
    const local = await calmPool((p) => {
      p.cash.minimumIdle = 0;
      return p;
    });
    const { door, bob, carol } = local;
    const alice = await borrower(local, 14_000, 14_100);
    for (let i = 0; i < 3; ++i) {
      await later(local, 61, { ETH: 1 }); // E = −13 990
      await door.write.call([alice]);
    }
    await local.deposit(carol, "ETH", 100_000);
    await door.write.bid([offer(alice, idOf(carol))], { account: carol.account });

    // A fifth is borne today: 11 280 are lent still, of which some 11 170 are lost but not yet borne.
    const [{ deficit }] = await door.read.ledger();
    expect(usd(deficit) > 11_000).to.equal(true);
    await refuses(local, () => door.write.call([idOf(bob)]), "AccountHealthy");
    expect(await phaseOf(local, idOf(bob))).to.equal("Clear");
  });
});
