import { readFileSync, writeFileSync } from "node:fs";

import { expect } from "chai";

import { deployNetwork } from "../../scripts/deploy/deployNetwork.ts";
import { serve } from "./serve.ts";
import { scratch, start } from "./spawn.ts";

const NOBODY = `0x${"d0".repeat(20)}`; // no contract

type Json = { [key: string]: Json } & number;

describe("npm run params", () => {
  const pool = scratch("params");
  let chain: Awaited<ReturnType<typeof serve>>;

  before(async function () {
    this.timeout(120_000);
    chain = await serve();
    await deployNetwork({ network: "localhost", rpc: chain.rpc, ...pool }, () => {});
  });

  after(async () => {
    await chain.close();
    pool.remove();
  });

  /** Runs with the parameters of the pool, changed. */
  async function run(change: (params: Json) => void, ...more: string[]) {
    const file = `${pool.folder}/changed.json`;
    const params = JSON.parse(readFileSync(pool.params, "utf8")) as Json;
    change(params);
    writeFileSync(file, JSON.stringify(params));
    const where = ["--rpc", chain.rpc, "--params", file, "--records", pool.records];
    const { ended, said } = start("params", ["--network", "localhost", ...where, ...more]);
    return { code: await ended, said: said() };
  }

  const wider = (params: Json) => {
    params["factors"]!["ETH"]!["shockFloor"] = 0.08 as Json;
    params["cash"]!["borrowCap"] = 123_000 as Json;
  };

  it("says so where nothing differs", async () => {
    const { code, said } = await run(() => undefined);
    expect(code, said).to.equal(0);
    expect(said).to.equal("the chain has these parameters\n");
  });

  it("shows what differs and sends nothing; sends it when asked to, and once", async () => {
    const block = await chain.client.getBlockNumber();
    const shown = await run(wider);
    expect(shown.code, shown.said).to.equal(0);
    expect(shown.said).to.match(/setFactor_ETH +params.shockFloor: \d+ → 80000000\n/);
    expect(shown.said).to.match(/setCash +params.borrowCap: \d+ → 123000\n2 to send\n$/);
    expect(await chain.client.getBlockNumber()).to.equal(block);
    const sent = await run(wider, "--send");
    expect(sent.said).to.contain("sent 1/2 setFactor_ETH").and.to.contain("sent 2/2 setCash");
    expect(await chain.client.getBlockNumber()).to.equal(block + 2n);
    expect((await run(wider, "--send")).said).to.equal("the chain has these parameters\n");
  });

  it("refuses what makes no sense before it looks at the chain", async () => {
    const { code, said } = await run((params) => {
      params["factors"]!["ETH"]!["exit"] = [0.02, 0.01] as never;
    });
    expect(code).to.equal(1);
    expect(said).to.contain("factors.ETH.exit").and.to.contain("maintenance at most initial");
  });

  it("refuses decimals that are not the token's own, and a token that is none", async () => {
    const block = await chain.client.getBlockNumber();
    const other = await run((params) => {
      params["listings"]!["USDC"]!["decimals"] = 18 as Json;
    }, "--send");
    expect(other.code).to.equal(1);
    expect(other.said).to.equal(
      "params.listings.USDC.decimals: 18, but the token itself says 6: correct the file\n",
    );
    const none = await run((params) => {
      params["listings"]!["USDC"]!["token"] = NOBODY as never;
    });
    expect(none.code).to.equal(1);
    expect(none.said).to.match(/^params\.listings\.USDC\.token: expected a token at 0xd0d0/);
    expect(await chain.client.getBlockNumber()).to.equal(block);
  });

  it("stops at what the chain refuses, in its words, and says how far it came", async () => {
    const { code, said } = await run((params) => {
      params["listings"]!["ETH"]!["feed"]!["heartbeat"] = 7_200 as Json;
      params["listings"]!["USDC"]!["feed"]!["aggregator"] = NOBODY as never;
    }, "--send");
    expect(code).to.equal(1);
    expect(said, said).to.match(/setFeed_USDC: UnknownRevert.*; 1 of 4 were sent\n$/);
  });

  it("names a network it does not know", async () => {
    const { ended, said } = start("params", ["--network", "nowhere"]);
    expect(await ended).to.equal(1);
    expect(said()).to.contain("nowhere: not a network");
  });
});
