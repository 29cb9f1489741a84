import { expect } from "chai";

import { shortStableRate, stableCharge } from "../../sdk/math/MarginMath.ts";
import { maintenanceMode } from "../../sdk/math/ScenarioMath.ts";
import { readRounds } from "../../scripts/rounds/file.ts";
import { calmPool, borrower, later, near, usd } from "../fixtures/margin.ts";
import { needData, ROUNDS } from "./shared.ts";

const WAD = 10n ** 18n;

describe("a stable that is owed", () => {
  it("at 0.88 is charged what its way back to 1 will cost", async () => {
    const local = await calmPool();
    const alice = await borrower(local, 10_000);
    const before = usd((await local.clearinghouse.read.health([alice]))[1]);
    await later(local, 60, { USDC: 0.88 });
    // Charge: 10 000·(1 − 0.88) = 1 200, was 10 000·0.5 % = 50. Debt 8 800 to be bid for at 0.25 %: 22,
    // was 25. Its band: 0.25 % of 8 800 = 22, was 25. ETH is as it was.
    const [equity, maintenance] = await local.clearinghouse.read.health([alice]);
    near(usd(maintenance) - before, 1_150 - 3 - 3, 4);
    // E = 20 000 − 8 800. Back at 1: 10 000, less by 1 200, which MM had asked for.
    near(usd(equity), 11_200, 0.01);
    await later(local, 60, { USDC: 1 });
    const [back] = await local.clearinghouse.read.health([alice]);
    near(usd(equity) - usd(back), 1_200, 0.01);
  });
});

describe("the USDC rounds of November 2022 to March 2023", () => {
  before(function () {
    needData(this);
  });

  it("each charge a short what the way back to 1 costs, and 0.5 % at least", () => {
    const { rounds } = readRounds(ROUNDS, "USDC-USD.CHAINLINK");
    for (const { price } of rounds) {
      const stable = {
        face: -10_000n * WAD,
        price,
        bandRate: 0n,
        longRate: [0n, 0n] as [bigint, bigint],
      };
      const charge = stableCharge(stable, maintenanceMode());
      expect(charge >= 10_000n * (WAD - price)).to.equal(true);
      expect(charge >= 50n * WAD).to.equal(true);
    }
    const low = rounds.reduce((a, b) => (b.price < a.price ? b : a));
    const rate = shortStableRate({
      face: -WAD,
      price: low.price,
      bandRate: 0n,
      longRate: [0n, 0n],
    });
    console.log(`      lowest ${usd(low.price)}, charged ${100 * usd(rate)} % of the face`);
    near(usd(low.price), 0.88, 1e-9);
    near(usd(rate), 0.12, 1e-9);
  });
});
