import { readJson } from "../../sdk/files/json.ts";
import { parseParams, type Params } from "../../sdk/params/params.ts";

type Json = { [key: string]: Json };

const TRUST = { deviation: 0.005, volatility: 1 };
const PYTH = { ...TRUST, heartbeat: 600, confidence: 0.02 };
const MOCK = { ...TRUST, aggregator: "mock", heartbeat: 3_600 };

/** Pyth's id of a feed. */
export const idOfFeed = (n: number) => `0x${String(n).padStart(2, "0").repeat(32)}` as const;

/** A file of parameters that has every kind of feed, as it would be read. */
export function everyKind(): Json {
  const json = readJson("deployments/local/params.json") as Json;
  const { ETH, BTC, SOL, wstETH, USDC } = json["listings"] as Record<string, Json>;
  const feeds: Record<string, [listing: Json | undefined, feed: unknown]> = {
    ETH: [ETH, { ...MOCK, price: 2_000 }],
    BTC: [BTC, { kind: "pyth", id: idOfFeed(1), ...PYTH, price: 20_000 }],
    SOL: [SOL, { kind: "guarded", chainlink: MOCK, pyth: { id: idOfFeed(2), ...PYTH }, ...GUARD }],
    wstETH: [wstETH, { kind: "rate", source: "mock", tells: "wrapped", ...RATE }],
    DAI: [
      { ...USDC!, cap: 1_000_000 as never },
      { kind: "rate", source: "mock", ...SHARE },
    ],
    USDC: [USDC, { kind: "pyth", id: idOfFeed(3), ...PYTH, deviation: 0.001, price: 1 }],
  };
  const listings = Object.entries(feeds).map(([name, [old, feed]]) => [name, { ...old, feed }]);
  const all = { ...json, pyth: "mock" as never, listings: Object.fromEntries(listings) as Json };
  return structuredClone(all);
}

const GUARD = { bound: 0.02, price: 20 };
const RATE = { growth: 0.001, price: 1.2, market: { ...MOCK, decimals: 18, price: 1.19 } };
const SHARE = { tells: "share", growth: 0.001, price: 1.05, underlying: "USDC" };

export function paramsOfEveryKind(change: (json: Json) => void = () => undefined): Params {
  const json = everyKind();
  change(json);
  return parseParams(json);
}
