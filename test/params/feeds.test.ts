import { expect } from "chai";

import { Invalid } from "../../sdk/params/errors.ts";
import { parseParams } from "../../sdk/params/params.ts";
import { thrown } from "../book/asked.ts";
import { everyKind, idOfFeed } from "../deploy/kinds.ts";

type Json = { [key: string]: Json };

/** The parameters of every kind with one entry changed. */
function changed(path: string, value: unknown): unknown {
  const json = everyKind();
  const keys = path.split(".");
  const last = keys.pop()!;
  keys.reduce((at, key) => at[key]!, json)[last] = value as Json;
  return json;
}

describe("feeds of params.json", () => {
  it("may be of every kind, and are Chainlink's where none is named", () => {
    const { listings } = parseParams(everyKind());
    const kinds = Object.entries(listings).map(([symbol, { feed }]) => [symbol, feed.kind]);
    expect(Object.fromEntries(kinds)).to.deep.equal({
      ...{ ETH: "chainlink", BTC: "pyth", SOL: "guarded", wstETH: "rate", DAI: "rate" },
      USDC: "pyth",
    });
  });

  const refused: [path: string, value: unknown, message: RegExp][] = [
    ["listings.BTC.feed.kind", "oracle", /feed\.kind: expected chainlink, pyth, guarded or rate/],
    ["listings.BTC.feed.id", "0x12", /feed\.id: expected Pyth's id: 0x and 64 small hex digits/],
    ["listings.BTC.feed.id", idOfFeed(2), /SOL: expected another than that of BTC/],
    ["listings.BTC.feed.heartbeat", 9, /heartbeat: expected at least 10, not 9$/],
    ["listings.BTC.feed.confidence", 0.51, /confidence: expected at most 0\.5, not 0\.51$/],
    ["listings.BTC.feed.confidence", 0.004, /expected confidence above deviation, not 0\.004$/],
    ["listings.SOL.feed.pyth.deviation", 0.11, /pyth\.deviation: expected at most 0\.1/],
    ["listings.SOL.feed.chainlink.heartbeat", 59, /heartbeat: expected at least 60, not 59$/],
    ["listings.SOL.feed.bound", 0.0009, /bound: expected at least 0\.001/],
    ["listings.SOL.feed.bound", 0.009, /bound: expected no less than the two deviations together/],
    ["listings.wstETH.feed.growth", 0.011, /growth: expected at most 0\.01/],
    ["listings.wstETH.feed.tells", "both", /tells: expected wrapped or share/],
    ["listings.wstETH.feed.underlying", "USDC", /underlying: expected none: its factor has one/],
    ["listings.DAI.feed.underlying", undefined, /underlying: missing; expected another stable/],
    ["listings.DAI.feed.underlying", "DAI", /underlying: expected another stable that is listed/],
    ["listings.DAI.feed.underlying", "USDT", /underlying: expected another stable that is listed/],
    ["pyth", undefined, /^params\.pyth: missing; expected Pyth's contract$/],
    ["governance.delayHours", 721, /delayHours: expected at most 720, not 721$/],
    ["governance.delayHours", 0.5, /delayHours: expected a whole number/],
    ["governance.governor", "0x12", /governor: expected an address, not "0x12"$/],
  ];
  for (const [path, value, message] of refused)
    it(`refuses ${path} = ${JSON.stringify(value)}`, () => {
      const error = thrown(() => parseParams(changed(path, value)));
      expect(error).to.be.instanceOf(Invalid);
      expect(error.message).to.match(message);
    });

  it("takes no rate for the price of an underlying, or of cash", () => {
    const { feed } = everyKind()["listings"]!["wstETH"]!;
    for (const symbol of ["ETH", "USDC"]) {
      const error = thrown(() => parseParams(changed(`listings.${symbol}.feed`, feed)));
      expect(error.message).to.match(/feed\.kind: expected a market: rounds and debts/);
    }
  });
});
