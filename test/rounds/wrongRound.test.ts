import { expect } from "chai";

import { createRandom } from "../../sdk/sim/random.ts";
import { feedWad } from "../../sdk/decimal.ts";
import { course, hourly, type Told } from "./course.ts";
import { START } from "./drawn.ts";

// One round that is wrong, and then the price as it was.

const WAD = 10n ** 18n;
const BOUNDS = { floor: WAD / 2n, stress: (3n * WAD) / 2n }; // ETH's
const HOUR = 3_600;
const CALM = 2_000; // rounds before it
const ULP = 1e-15; // of what is compared as doubles

/** Calm rounds every `gap` seconds, a wrong one, its price taken back after `back` seconds, and three hours. */
function mistaken(gap: number, share: number, back: number): Told[] {
  const random = createRandom(7);
  let price = 2_000;
  const calmness = Array.from({ length: CALM }, (_, i) => {
    price *= Math.exp(0.45 * Math.sqrt(gap / 31_536_000) * random.normal());
    return { time: START + i * gap, price: feedWad(price) };
  });
  const last = calmness.at(-1)!;
  const wrong = { time: last.time + gap, price: feedWad(price * (1 + share)) };
  const after = Array.from({ length: 1 + (3 * HOUR) / gap }, (_, i) => {
    return { time: wrong.time + back + i * gap, price: last.price };
  });
  return [...calmness, wrong, ...after];
}

const SHARES = [-0.9, -0.7, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9];

/** What happens around the wrong round, the hour before it included. */
function around(gap: number, share: number, between: readonly number[] = []) {
  const rounds = mistaken(gap, share, Math.min(gap, 300));
  const from = rounds[CALM]!.time - HOUR;
  const points = course({ rounds, bounds: BOUNDS, between }).filter(({ time }) => time >= from);
  return {
    used: hourly(points, ({ used }) => Number(used)),
    maintenance: hourly(points, ({ maintenance }) => Number(maintenance)),
    initial: hourly(points, ({ initial }) => Number(initial)),
  };
}

describe("a single wrong round", () => {
  for (const gap of [120, 1_200, HOUR]) {
    it(`every ${gap} s, by ±10 % to ±90 %, moves σused by 5 % and σMM by 1 % in any hour`, () => {
      for (const share of SHARES) {
        const { used, maintenance } = around(gap, share);
        expect(used.rise, `${share}`).to.be.within(0.01, 0.05 + ULP);
        expect(maintenance.rise, `${share}`).to.be.within(0.005, 0.01 + ULP);
        expect(used.fall, `${share}`).to.be.at.least(-0.005 - ULP);
        expect(maintenance.fall, `${share}`).to.be.at.least(-0.005 - ULP);
      }
    });
  }

  it("lifts σIM at once, and the next hours let it down again", () => {
    for (const share of SHARES) expect(around(1_200, share).initial.rise).to.be.greaterThan(1);
  });

  // A read takes no step in the first 60 s after a round, so that an hour that begins there holds 61 minutes.
  it("as read at any time moves them by as much, rounds an hour apart", () => {
    const between = [1, 59, 60, 600, 1_800, 3_000, 3_599];
    const found = around(HOUR, 0.5, between);
    const cells = [found.used.rise, found.maintenance.rise].map((x) => `${(100 * x).toFixed(2)} %`);
    console.log(`      as read, in the worst hour: σused ${cells[0]}, σMM ${cells[1]}`);
    for (const share of SHARES) {
      const { used, maintenance } = around(HOUR, share, between);
      expect(used.rise).to.be.within(0.04, 1.05 ** (61 / 60) - 1 + ULP);
      expect(maintenance.rise).to.be.within(0.009, 1.01 ** (61 / 60) - 1 + ULP);
    }
  });
});
