import { expect } from "chai";
import fc from "fast-check";
import { isoTime, parseTime } from "../../../sdk/sim/tape/time.ts";

describe("time", () => {
  const noon = Date.UTC(2020, 2, 12, 12) / 1000;
  for (const text of [
    "2020-03-12T12:00:00Z",
    "2020-03-12 12:00:00",
    "2020-03-12T12:00",
    "2020-03-12T12:00:00.999Z",
    "2020-03-12T12:00:00+00:00",
    "2020-03-12T13:00:00+01:00",
    "2020-03-12T07:00:00-0500",
    "2020-03-12 12:00:00 UTC",
  ])
    it(`reads ${text} as noon, UTC`, () => {
      expect(parseTime(text)).to.equal(noon);
    });

  for (const text of [
    "",
    "yesterday",
    "2020-02-30",
    "2021-02-29T00:00:00Z",
    "2020-13-01",
    "2020-03-12T24:00:00Z",
    "2020-03-12T12:60:00Z",
    "12.03.2020",
    "2020-3-12",
    "2020-03-12T12",
    "1583971200",
  ])
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseTime(text)).to.equal(null);
    });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (time) => {
        expect(parseTime(isoTime(time))).to.equal(time);
      }),
    );
  });
});
