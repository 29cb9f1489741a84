import { expect } from "chai";
import fc from "fast-check";
import { grouped, timeScale, valueScale } from "../../../sdk/sim/picture/scale.ts";

const OPEN = Date.UTC(2020, 2, 12) / 1000;

describe("scale", function () {
  this.timeout(20_000);

  const labels = (low: number, high: number) =>
    valueScale({ low, high }, 200, 0).ticks.map(({ label }) => label);

  it("ticks values at round numbers", () => {
    expect(labels(88.2, 194)).to.deep.equal(["100", "125", "150", "175", "200"]);
    expect(labels(0, 1)).to.deep.equal(["0.00", "0.25", "0.50", "0.75", "1.00"]);
    expect(labels(-2000, 9000)).to.deep.equal([
      "\u22122\u2009500",
      "0",
      "2\u2009500",
      "5\u2009000",
      "7\u2009500",
    ]);
    expect(labels(5, 5)).to.have.length.above(1);
    expect(labels(0, 3e7)).to.deep.equal(["0\u2009M", "10\u2009M", "20\u2009M", "30\u2009M"]);
  });

  it("puts low at the bottom and high at the top", () => {
    const { at } = valueScale({ low: 0, high: 100 }, 200, 0);
    expect(at(0)).to.be.within(180, 200);
    expect(at(100)).to.be.within(0, 20);
    expect(at(50)).to.be.closeTo(100, 1e-9);
  });

  it("ticks time at round hours, days or months, never too many", () => {
    const spans: [seconds: number, labels: string[]][] = [
      [600, ["00:00", "00:02", "00:04", "00:06", "00:08", "00:10"]],
      [
        86_400 * 2,
        ["00:00", "06:00", "12:00", "18:00", "00:00", "06:00", "12:00", "18:00", "00:00"],
      ],
      [
        86_400 * 5,
        ["12 Mar 2020", "13 Mar 2020", "14 Mar 2020", "15 Mar 2020", "16 Mar 2020", "17 Mar 2020"],
      ],
    ];
    for (const [seconds, expected] of spans) {
      const { ticks } = timeScale({ low: OPEN, high: OPEN + seconds }, 0, 800);
      expect(ticks.map(({ label }) => label)).to.deep.equal(expected);
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400_000_000 }), (seconds) => {
        const { ticks } = timeScale({ low: OPEN, high: OPEN + seconds }, 0, 800);
        expect(ticks.length).to.be.below(12);
      }),
    );
  });

  it("groups thousands", () => {
    expect(grouped(1234567.891, 2)).to.equal("1\u2009234\u2009567.89");
    expect(grouped(-0.001, 2)).to.equal("0.00");
    expect(grouped(-1234, 0)).to.equal("\u22121\u2009234");
  });
});
