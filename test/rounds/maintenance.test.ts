import { expect } from "chai";

import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { maintenanceMode, shock } from "../../sdk/math/ScenarioMath.ts";
import { wadOf } from "../../sdk/params/decimal.ts";
import { readParams } from "../../sdk/files/params.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { decimalText, feedWad } from "../../sdk/decimal.ts";
import { load } from "../../sdk/sim/tape/load.ts";
import { shippedTape } from "../../sdk/sim/tape/shipped.ts";
import { roundsOf } from "../../sdk/sim/tape/Tape.ts";
import { course, hourly, type Point, type Told } from "./course.ts";
import { HOURLY, needData } from "./shared.ts";

const params = readParams("deployments/local/params.json");
const WAD = 10n ** 18n;
const CALM = 90; // days of quiet before a crash, so that it does not begin at the stress of a listing

function boundsOf(symbol: string) {
  const { volatilityFloor, volatilityStress } = params.factors[symbol]!;
  return { floor: wadOf(volatilityFloor), stress: wadOf(volatilityStress) };
}

/** The maintenance shock at one moment. */
function shockAt(symbol: string, { maintenance }: Point): number {
  const floor = wadOf(params.factors[symbol]!.shockFloor);
  return Number(shock(maintenanceMode(), maintenance, WAD, floor)) / 1e18;
}

/** Hours of 45 % a year that end where a tape begins, before its rounds. */
function calmBefore(rounds: readonly Told[]): Told[] {
  const random = createRandom(8);
  const { time, price } = rounds[0]!;
  let wandering = Number(price) / 1e18;
  const calmness = Array.from({ length: CALM * 24 }, (_, i) => {
    const told = { time: time - 3_600 * (i + 1), price: feedWad(wandering) };
    wandering *= Math.exp((0.45 / Math.sqrt(8_760)) * random.normal());
    return told;
  });
  return [...calmness.reverse(), ...rounds];
}

const percent = (share: number) => `${(100 * share).toFixed(4)} %`;

/** The largest one-hour rise of the maintenance shock since `from`. */
function largestRise(symbol: string, rounds: readonly Told[], from: number): number {
  const points = course({ rounds, bounds: boundsOf(symbol) }).filter(({ time }) => time >= from);
  return hourly(points, (point) => shockAt(symbol, point)).rise;
}

/** MM of ten plain ETH, as a share of their value. */
function plainLong(price: bigint, maintenance: bigint): number {
  const book = parseBook({
    factors: { ETH: { price: decimalText(price), sigma: decimalText(maintenance) } },
    positions: [{ kind: "spot", asset: "ETH", amount: 10 }],
  });
  const { equity, required } = explain(book, params);
  return Number(required[0]) / Number(equity);
}

describe("maintenance through crashes", function () {
  this.timeout(60_000);

  for (const [name, symbols] of [
    ["march-2020", ["BTC", "ETH"]],
    ["usdc-depeg-2023", ["BTC", "ETH"]],
  ] as const) {
    for (const symbol of symbols) {
      it(`of ${name}: the shock of ${symbol} rises by at most 1 % in any hour`, () => {
        const tape = roundsOf(shippedTape(name), symbol);
        const rise = largestRise(symbol, calmBefore(tape), tape[0]!.time);
        console.log(`      ${name}: ${symbol} at most ${percent(rise)} in an hour`);
        expect(rise).to.be.within(0, 0.01 + 1e-15);
      });
    }
  }
});

describe("maintenance over the hours of 2020 to 2022", function () {
  this.timeout(120_000);

  before(function () {
    needData(this);
  });

  const FIRST = Date.UTC(2020, 2, 8) / 1_000; // of March 2020's week; the file begins in January
  const march = { symbol: "ETH", to: "2020-03-20" };

  it("rises by at most 1 % in any hour of March 2020", () => {
    const rise = largestRise("ETH", roundsOf(load(HOURLY, march), "ETH"), FIRST);
    console.log(`      March 2020, hourly: ETH at most ${percent(rise)} in an hour`);
    expect(rise).to.be.within(0.005, 0.01 + 1e-15);
  });

  it("of a plain long ETH, peak to trough, is at most fourfold", () => {
    const rounds = roundsOf(load(HOURLY, { symbol: "ETH" }), "ETH");
    const points = course({ rounds, bounds: boundsOf("ETH") });
    const sorted = points.toSorted((a, b) => (a.maintenance < b.maintenance ? -1 : 1));
    const [low, high] = [sorted[0]!, sorted.at(-1)!].map(({ time, maintenance }) => {
      const { price } = rounds.find((round) => round.time === time)!;
      return plainLong(price, maintenance);
    }) as [number, number];
    const listed = plainLong(rounds[0]!.price, points[0]!.maintenance);
    const rise = hourly(points, (point) => shockAt("ETH", point)).rise;
    console.log(
      `      ${points.length} hours: MM/value from ${percent(low)} to ${percent(high)} ` +
        `(${percent(listed)} when listed), ratio ${(high / low).toFixed(3)}; ` +
        `largest one-hour rise ${percent(rise)}`,
    );
    expect(high / low).to.be.within(1, 4);
    expect(rise).to.be.at.most(0.01 + 1e-15);
  });
});
