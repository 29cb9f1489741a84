import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { keepAlive } from "../../scripts/deploy/keepAlive.ts";
import { readPool, writePool } from "../../scripts/deploy/poolRecord.ts";
import { aggregatorOf } from "../../sdk/params/feeds.ts";
import { Invalid } from "../../sdk/params/errors.ts";
import { localPool } from "../fixtures/pool.ts";
import { until } from "./spawn.ts";

describe("a local pool", () => {
  it("repeats the answers of its mock feeds until told to stop", async () => {
    const { connection, pool, params, viem } = await localPool();
    const feed = await viem.getContractAt("MockV3Aggregator", pool.feeds["ETH"]!);
    const [before, price] = [await feed.read.latestRound(), await feed.read.latestAnswer()];
    const { ETH, BTC } = structuredClone(params.listings);
    aggregatorOf(ETH!.feed).heartbeat = 0.1;
    Object.assign(BTC!.feed, { heartbeat: 0.1, aggregator: pool.feeds["BTC"]! });
    const stop = keepAlive(connection, pool, { ...params, listings: { ETH: ETH!, BTC: BTC! } });
    await until(async () => (await feed.read.latestRound()) > before + 1n);
    stop();
    expect(await feed.read.latestAnswer()).to.equal(price);
    const others = await viem.getContractAt("MockV3Aggregator", pool.feeds["BTC"]!);
    expect(await others.read.latestRound()).to.equal(1n);
  });
});

describe("a pool record", () => {
  const folder = mkdtempSync(join(tmpdir(), "pool-"));
  const file = join(folder, "deep", "pool.json");
  after(() => rmSync(folder, { recursive: true }));

  it("is read as it was written, and refused when an address is none", async () => {
    const { pool } = await localPool();
    writePool(file, pool);
    expect(readPool(file)).to.deep.equal(pool);
    writeFileSync(file, readFileSync(file, "utf8").replace(pool.lens, "0x1234"));
    expect(() => readPool(file)).to.throw(Invalid, "pool.lens");
  });
});
