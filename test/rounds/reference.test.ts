import { expect } from "chai";

import { rootUp } from "../../sdk/math/VolatilityMath.ts";
import { wadOf } from "../../sdk/params/decimal.ts";
import { readParams } from "../../sdk/files/params.ts";
import { readRounds, type Rounds } from "../../scripts/rounds/file.ts";
import { referenceOf } from "../../scripts/rounds/reference.ts";
import { estimateOf, observe, openRoundsChain, publish } from "../../scripts/rounds/RoundsChain.ts";
import { keyOf } from "../../scripts/rounds/TwinLane.ts";
import { honestTwin } from "../../scripts/rounds/twins.ts";
import { needData, ROUNDS } from "./shared.ts";

const params = readParams("deployments/local/params.json");
const factor = params.factors["ETH"]!;
const bounds = { floor: wadOf(factor.volatilityFloor), stress: wadOf(factor.volatilityStress) };
const MONTH = 30 * 86_400;
const SYMBOLS = ["ETH-USD", "BTC-USD", "STETH-ETH", "USDC-USD"];

function expectNear({ day, month }: { day: bigint; month: bigint }, { rounds }: Rounds): void {
  const quotes = rounds.map(({ time, price }) => ({ time, price: Number(price) }));
  const expected = referenceOf(quotes, factor.volatilityStress);
  const apart = (wad: bigint, double: number) => Math.abs(Number(wad) / 1e18 / double - 1);
  expect(apart(rootUp(day), expected.fast), "fast").to.be.below(1e-9);
  expect(apart(rootUp(month), expected.slow), "slow").to.be.below(1e-9);
}

describe("σ of every oracle round on record", function () {
  this.timeout(300_000);

  before(function () {
    needData(this);
  });

  for (const symbol of SYMBOLS) {
    it(`of ${symbol}, on the chain after 30 days, is that of plain doubles and of the SDK`, async () => {
      const whole = readRounds(ROUNDS, `${symbol}.CHAINLINK`);
      const end = whole.rounds[0]!.time + MONTH;
      const rounds = { ...whole, rounds: whole.rounds.filter(({ time }) => time <= end) };
      const stage = await openRoundsChain({ params, factor, rounds, lanes: 1 });
      const lane = stage.lanes[0]!;
      for (const [i, round] of rounds.rounds.entries()) {
        if (i > 0) await publish(stage, round);
        if (i % 200 === 0 || i === rounds.rounds.length - 1) await observe(stage, lane, 500);
      }
      const stored = await estimateOf(stage, lane);
      await stage.chain.connection.close();
      expectNear(stored, rounds);
      const { estimate } = honestTwin({ rounds: rounds.rounds, bounds });
      expect(keyOf(stored)).to.equal(keyOf(estimate));
    });

    it(`of ${symbol}, in the SDK after the last round, is that of plain doubles`, () => {
      const rounds = readRounds(ROUNDS, `${symbol}.CHAINLINK`);
      expectNear(honestTwin({ rounds: rounds.rounds, bounds }).estimate, rounds);
    });
  }
});

describe("σ by plain doubles", () => {
  it("weighs a return by its time: half of a day's, after a day", () => {
    // ln 1.01 = 0.00995033, q = 0.0000990091·365 = 0.0361383. After 24 h: vF = ½·1 + ½·q = 0.5180692,
    // √ = 0.7197702; w of vS = 2^(−1/30) = 0.9771599: vS = 0.9771599 + 0.0228401·q = 0.9779853, √ = 0.9889314
    const quotes = [
      { time: 0, price: 100 },
      { time: 59, price: 500 }, // waits
      { time: 86_400, price: 101 },
    ];
    const { fast, slow } = referenceOf(quotes, 1);
    expect(fast).to.be.closeTo(0.7197702, 1e-6);
    expect(slow).to.be.closeTo(0.9889314, 1e-6);
  });

  it("counts no return beyond 10 %", () => {
    const [a, b] = [110.51709180756478, 900].map((price) =>
      referenceOf(
        [
          { time: 0, price: 100 },
          { time: 3_600, price },
        ],
        1,
      ),
    );
    expect(a!.fast).to.be.closeTo(b!.fast, 1e-12);
  });
});
