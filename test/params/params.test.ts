import { expect } from "chai";

import { Invalid, UnknownKey } from "../../sdk/params/errors.ts";
import { readJson } from "../../sdk/files/json.ts";
import { readParams } from "../../sdk/files/params.ts";
import { parseMarginParams, parseParams } from "../../sdk/params/params.ts";
import { PARAMS_FILE, thrown } from "../book/asked.ts";

/** The local parameters with one entry changed: `with_("factors.ETH.alt", 3)`. */
function changed(path: string, value: unknown): unknown {
  const json = readJson(PARAMS_FILE);
  const keys = path.split(".");
  const last = keys.pop()!;
  const room = keys.reduce((at, key) => at[key] as never, json as Record<string, unknown>);
  room[last] = value;
  return json;
}

const NOBODY = `0x${"00".repeat(20)}`;

describe("params.json", () => {
  it("holds all that a local pool is deployed with", () => {
    const { factors, grace, listings } = readParams(PARAMS_FILE);
    expect(Object.entries(factors).map(([name, { id }]) => `${name} ${id}`)).to.deep.equal([
      "BTC 1",
      "ETH 2",
      "SOL 3",
      "LINK 4",
      "BNB 5",
      "AVAX 6",
      "DOGE 7",
    ]);
    expect(grace.map(({ minutes, multiplier }) => [minutes, multiplier])).to.deep.equal([
      [10, 1],
      [30, 1.2],
      [60, 1.4],
      [120, 1.6],
    ]);
    expect(Object.keys(listings)).to.include.members(["ETH", "USDC"]);
  });

  const refused: [path: string, value: unknown, message: RegExp][] = [
    [
      "factors.ETH.shockFloor",
      "7%",
      /^params\.factors\.ETH\.shockFloor: expected a number, not "7%"$/,
    ],
    ["factors.ETH.shockFloor", 7, /shockFloor: expected at most 0\.4, not 7$/],
    ["factors.ETH.shockFloor", 0.0700000001, /at most 9 decimal places, not 0\.0700000001$/],
    ["factors.ETH.correlation", undefined, /^params\.factors\.ETH\.correlation: missing/],
    ["factors.ETH.id", 1, /^params\.factors\.ETH: expected another than that of BTC, not 1$/],
    ["factors.ETH.id", 1.5, /id: expected a whole number, not 1\.5$/],
    ["factors.ETH.class", "huge", /class: expected major or mid or thin, not "huge"$/],
    [
      "factors.ETH.exit",
      [0.02, 0.01],
      /exit: expected maintenance at most initial, not \[0\.02,0\.01\]$/,
    ],
    ["factors.ETH.exit", [0.1], /exit: expected at least 2 of them, not \[0\.1\]$/],
    [
      "factors.ETH.openInterest",
      { low: 2, high: 1, cap: 4 },
      /openInterest: expected low below high, not \{"low":2,"high":1,"cap":4\}$/,
    ],
    ["factors.ETH.openInterest.cap", 1e-7, /cap: expected at most 6 decimal places, not 1e-7$/],
    [
      "factors.ETH.market",
      undefined,
      /^params\.factors\.ETH\.market: missing; expected an object$/,
    ],
    [
      "factors.ETH.market.perpBasis",
      [0.02, 0.01],
      /perpBasis: expected maintenance at most initial, not \[0\.02,0\.01\]$/,
    ],
    ["factors.ETH.market.perpBasis", [0, 0.01], /perpBasis\[0\]: expected at least 0\.001, not 0$/],
    [
      "factors.ETH.market.expiryBasis.cap",
      0.3,
      /expiryBasis\.cap: expected at most 0\.2, not 0\.3$/,
    ],
    [
      "assets.wstETH.factor",
      "XYZ",
      /^params\.assets\.wstETH\.factor: expected a factor, not "XYZ"$/,
    ],
    ["assets.wstETH.index", 0, /^params\.assets\.wstETH: expected another than that of ETH/],
    ["assets.wstETH.charge", undefined, /^params\.assets\.wstETH\.charge: missing/],
    ["assets.BTC.factor", "ETH", /^params\.assets\.BTC: expected the underlying of BTC/],
    [
      "stables.USDC.cash",
      false,
      /^params\.stables: expected one stable that is cash, of index 0, not \[\]$/,
    ],
    ["grace", [], /^params\.grace: expected at least 4 of them, not \[\]$/],
    ["grace.1.multiplier", 0.5, /^params\.grace\[1\]\.multiplier: expected at least 1, not 0\.5$/],
    ["grace.2.multiplier", 1.1, /^params\.grace\[2\]: expected no less than the tier before/],
    [
      "factors.ETH.volatilityStress",
      0.4,
      /volatilityStress: expected at least volatilityFloor, 0\.5/,
    ],
  ];
  for (const [path, value, message] of refused)
    it(`refuses ${path} = ${JSON.stringify(value)}`, () => {
      const error = thrown(() => parseMarginParams(changed(path, value)));
      expect(error).to.be.instanceOf(Invalid);
      expect(error.message).to.match(message);
    });

  const untradable: [path: string, value: unknown, message: RegExp][] = [
    ["trade", undefined, /^params\.trade: missing; expected an object$/],
    ["trade.makerFee", 0.001, /^params\.trade: expected maker fee at most taker fee/],
    ["trade.takerFee", 0.02, /^params\.trade\.takerFee: expected at most 0\.01, not 0\.02$/],
    ["trade.surfaceMinutes", 0, /^params\.trade\.surfaceMinutes: expected at least 1, not 0$/],
    ["trade.surfaceStep", 1, /^params\.trade\.surfaceStep: expected at most 0\.5, not 1$/],
    ["trade.feeRecipient", "hello", /^params\.trade\.feeRecipient: expected an address/],
    [
      "listings.ETH.cap",
      undefined,
      /^params\.listings\.ETH\.cap: missing; expected units of the token$/,
    ],
    ["listings.ETH.cap", 1e20, /^params\.listings\.ETH\.cap: expected at most/],
    [
      "listings.ETH.token",
      "hello",
      /^params\.listings\.ETH\.token: expected an address, or "mint"/,
    ],
    ["listings.ETH.feed.aggregator", "hello", /aggregator: expected an address, or "mock"/],
    ["governance", { delayHours: 24, governor: NOBODY }, /governor: expected an address/],
  ];
  for (const [path, value, message] of untradable)
    it(`refuses a pool with ${path} = ${JSON.stringify(value)}`, () => {
      const error = thrown(() => parseParams(changed(path, value)));
      expect(error).to.be.instanceOf(Invalid);
      expect(error.message).to.match(message);
    });

  for (const path of [
    "feeRecipent",
    "factors.ETH.shockFlor",
    "cash.borowCap",
    "trade.feeRecipent",
    "listings.ETH.feed.x",
  ])
    it(`refuses a key that it does not know, such as ${path}`, () => {
      const error = thrown(() => parseParams(changed(path, 1)));
      expect(error).to.be.instanceOf(UnknownKey);
      expect(error.message).to.equal(`params.${path}: not a known key, its value is 1`);
    });

  it("refuses a pool whose cash is not listed", () => {
    const { USDC: _, ...rest } = (readJson(PARAMS_FILE) as { listings: Record<string, unknown> })
      .listings;
    const error = thrown(() => parseParams(changed("listings", rest)));
    expect(error.message).to.match(/^params\.listings: expected USDC, the pool's cash, among them/);
  });

  it("asks a pool, not the margin model, for what deployment needs", () => {
    const json = changed("listings", undefined);
    expect(parseMarginParams(json)).to.have.property("factors");
    expect(thrown(() => parseParams(json)).message).to.match(/^params\.listings: missing/);
  });

  it("refuses a listing that is neither asset nor stable", () => {
    const { ETH } = readParams(PARAMS_FILE).listings;
    const error = thrown(() => parseParams(changed("listings.PEPE", ETH)));
    expect(error.message).to.match(/^params\.listings: .*"PEPE"$/);
  });
});
