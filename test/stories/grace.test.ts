import { expect } from "chai";
import { describe, it } from "mocha";

import {
  borrower,
  calmPool,
  drift,
  fuseOf,
  later,
  near,
  phaseOf,
  usd,
  withdraw,
} from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { told } from "../fixtures/told.ts";

const HOUR = 2; // the tier of 60 minutes, 1.4 times the margin

describe("story: time bought with margin", () => {
  it("is refused during a call and sold after it", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    const account = local.alice.account;
    const alice = await borrower(local, 14_000);
    const choose = () => clearinghouse.write.setGrace([alice, HOUR], { account });

    await later(local, 60, { ETH: 1_690 });
    await clearinghouse.write.call([alice]);
    await refuses(local, choose, "InCall", [alice, 1]);

    // 3 000 repaid: D = 11 000, E = 5 900, MM = 2 967: cured at 1.99.
    await local.deposit(local.alice, "USDC", 3_000);
    expect(await phaseOf(local, alice)).to.equal("Clear");

    // After such a fall σIM is ⅔·√v1: the shock is 6·5.2·0.0214 = 67 %, under the tier IM is 1.4 times
    // (68.7 % of 16 900 + 0.75 % of 11 000), far beyond the equity. Time must be bought beforehand.
    const [, equity, required] = await refuses(local, choose, "MarginTooLow");
    near(usd(equity as bigint), 5_900, 2);
    // (The chain's clock runs on while the machine works: a slow one measures a calmer minute.)
    near(usd(required as bigint), 1.4 * (0.69 * 16_900 + 83), 900);

    // 11 000 more repaid, and nothing is owed: any tier will do.
    await local.deposit(local.alice, "USDC", 11_001);
    await choose();
    expect((await clearinghouse.read.accountOf([alice])).tier).to.equal(HOUR);
  });

  it("is an hour for the fuse instead of ten minutes", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    await local.deposit(local.bob, "USDC", 1_000_000);
    const alice = await local.deposit(local.alice, "ETH", 10);
    await clearinghouse.write.setGrace([alice, HOUR], { account: local.alice.account });

    // IM = 1.4·(25.6 % of 20 000 + 0.75 % of D) leaves D = 12 700 at most.
    await withdraw(local, local.alice, "USDC", 12_600);

    // 1 % an hour for 21 hours, to 1 619: σ calms by 0.5 % an hour to 1.69.
    // E = 3 590, MM = 1.4·(15.45 % of 16 190 + 95) = 3 640, h = 0.99
    const price = await drift(local, 2_000, 21);
    near(price, 2_000 * 0.99 ** 21, 1);
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Called");

    // Nothing is wild: the grace is 0.64·4 h·h² = 9 000 s, cut to the tier's hour. Ten minutes of it:
    await later(local, 600);
    await clearinghouse.write.call([alice]);
    near(await fuseOf(local, alice), 600 / 3_600, 0.002);
  });
});
