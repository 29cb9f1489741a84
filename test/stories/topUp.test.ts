import { expect } from "chai";
import { describe, it } from "mocha";

import { borrower, calmPool, fuseOf, healthOf, later, near, phaseOf } from "../fixtures/margin.ts";
import { told } from "../fixtures/told.ts";

describe("story: a margin call answered by its owner", () => {
  it("is cured by a top-up", async () => {
    const local = told(await calmPool());
    const { clearinghouse } = local;
    // 10 ETH at 2 000 against 14 000. E = 6 000, MM = 17.07 % of 20 000 + 0.75 % of 14 000 = 3 520
    const alice = await borrower(local, 14_000);
    near(await healthOf(local, alice), 6_000 / 3_520, 0.01);

    // ETH falls to 1 690. E = 16 900 − 14 000 = 2 900, MM = 17.07 % of 16 900 + 105 = 2 990
    await later(local, 60, { ETH: 1_690 });
    near(await healthOf(local, alice), 0.97, 0.005);

    // Anyone may call. Nothing is burnt yet.
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Called");
    expect(await fuseOf(local, alice)).to.equal(0);

    // ETH fell by more than the 10 % that count, within a minute: v1 is 61 a year, √v1 four times
    // σ = 1.875, κ² = 0.058. The grace: 0.64·4 h·0.97²·0.058 = 505 s, of which 302 burn 0.6.
    await later(local, 300);
    await clearinghouse.write.call([alice]);
    // The chain's clock runs on while the machine works: a slow one measures a calmer minute.
    const burnt = await fuseOf(local, alice);
    near(burnt, 302 / 505, 0.08);

    // 0.1 ETH (169) is not enough: E = 3 069, MM = 3 019, h = 1.02 < 1.10. The call stays open.
    await local.deposit(local.alice, "ETH", "0.1");
    expect(await phaseOf(local, alice)).to.equal("Called");

    // Another 0.9 ETH: E = 4 590, MM = 17.07 % of 18 590 + 105 = 3 279, h = 1.40. Cured.
    await local.deposit(local.alice, "ETH", "0.9");
    near(await healthOf(local, alice), 1.4, 0.01);
    expect(await phaseOf(local, alice)).to.equal("Clear");

    // The fuse keeps what is burnt, and cools in 4 h from full to empty.
    const left = await fuseOf(local, alice);
    near(left, burnt, 0.03);
    await later(local, 1_800);
    await clearinghouse.write.call([alice]);
    near(await fuseOf(local, alice), left - 1_800 / 14_400, 0.005);
  });

  it("is cured by repaying, whoever pays", async () => {
    const local = told(await calmPool());
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: 1_690 });
    await local.clearinghouse.write.call([alice]);

    // h = 1.10 needs E = 1.1·MM: 16 900 − D = 1.1·(2 885 + 0.0075·D), D = 13 616. 500 are enough.
    await local.fund(local.carol, "USDC", 500);
    const account = local.carol.account;
    await local.clearinghouse.write.repay([alice, 500_000_000n], { account });
    near(await healthOf(local, alice), 3_400 / 2_986, 0.005);
    expect(await phaseOf(local, alice)).to.equal("Clear");
  });

  it("is cured by the market", async () => {
    const local = told(await calmPool());
    const alice = await borrower(local, 14_000);
    await later(local, 60, { ETH: 1_690 });
    await local.clearinghouse.write.call([alice]);

    // 1 740: E = 3 400, MM = 3 075, h = 1.105 at σ as it stood; the call ends at 1.10
    await later(local, 120, { ETH: 1_720 });
    await local.clearinghouse.write.call([alice]); // h = 1.05: neither sold nor cured
    expect(await phaseOf(local, alice)).to.equal("Called");
    await later(local, 120, { ETH: 1_760 });
    await local.clearinghouse.write.call([alice]); // E = 3 600, MM = 3 109, h = 1.16
    near(await healthOf(local, alice), 1.16, 0.01);
    expect(await phaseOf(local, alice)).to.equal("Clear");

    // A second call takes the first fuse up where it was: it is never reset.
    const fuse = await fuseOf(local, alice);
    await later(local, 120, { ETH: 1_690 });
    await local.clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Called");
    near(await fuseOf(local, alice), fuse, 0.01);
  });
});
