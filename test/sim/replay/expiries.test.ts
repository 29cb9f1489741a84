import { expect } from "chai";

import { expiriesOf } from "../../../scripts/replay/expiries.ts";
import type { Market } from "../../../sdk/sim/tape/market.ts";

const HOUR = 3_600;
const START = 1_800_000_000; // on a half-hour

function over(hours: number): Market {
  const points = [START, START + hours * HOUR].map((time) => ({
    time,
    prices: { ETH: 10n ** 21n },
  }));
  const tape = { name: "two points", source: "made up", symbols: ["ETH"], points };
  return { tape, leader: "ETH", following: [], unlisted: [] };
}

const hoursOf = (market: Market) => expiriesOf(market).map((time) => (time - START) / HOUR);

describe("the expiries of a replay", () => {
  it("lie inside a tape of two days, and two weeks beyond it", () => {
    expect(hoursOf(over(48))).to.deep.equal([28.5, 48 + 14 * 24]);
  });

  it("lie inside a tape of three hours", () => {
    expect(hoursOf(over(3))).to.deep.equal([1.5, 3 + 14 * 24]);
  });

  it("leave a tape of two hours alone", () => {
    expect(hoursOf(over(2))).to.deep.equal([2 + 14 * 24]);
  });

  it("come within a week of the start and 390 days, however long the tape", () => {
    expect(hoursOf(over(24 * 1_000))).to.deep.equal([7 * 24, 390 * 24]);
  });
});
