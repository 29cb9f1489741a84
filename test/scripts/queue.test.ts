import { readFileSync, writeFileSync } from "node:fs";

import { expect } from "chai";
import { createTestClient, http, type Address } from "viem";

import { authorityAbi } from "../../sdk/generated/authorityAbi.ts";
import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { applyParams } from "../../scripts/deploy/applyParams.ts";
import { deployNetwork } from "../../scripts/deploy/deployNetwork.ts";
import { readPool } from "../../scripts/deploy/poolRecord.ts";
import { AccessManagerNotScheduled, decodeError } from "../../sdk/errors/index.ts";
import { serve } from "./serve.ts";
import { scratch } from "./spawn.ts";

const DAY = 86_400;
const WEEK = 7 * DAY;
const DUE = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/;

type Json = { [key: string]: Json } & number;

describe("parameters of a pool whose governor has to wait a day", () => {
  const place = scratch("queue");
  let chain: Awaited<ReturnType<typeof serve>>;

  before(async () => {
    chain = await serve();
    governed({ delayHours: 24 });
    await deployNetwork({ network: "localhost", rpc: chain.rpc, ...place }, () => {});
  });

  after(async () => {
    await chain.close();
    place.remove();
  });

  function governed(governance: unknown) {
    const params = JSON.parse(readFileSync(place.params, "utf8")) as object;
    writeFileSync(place.params, JSON.stringify({ ...params, governance }));
  }

  /** Runs with the parameters changed. Returns what it said, without the differences. */
  async function run(change: (params: Json) => void, send = true): Promise<string[]> {
    const file = `${place.folder}/changed.json`;
    const params = JSON.parse(readFileSync(place.params, "utf8")) as Json;
    change(params);
    writeFileSync(file, JSON.stringify(params));
    const said: string[] = [];
    const where = { network: "localhost", rpc: chain.rpc, records: place.records };
    await applyParams({ ...where, params: file, send }, (line) => said.push(line));
    return said.filter((line) => !line.includes("→")).map((line) => line.replace(DUE, "T"));
  }

  async function wait(seconds: number) {
    const test = createTestClient({ mode: "hardhat", transport: http(chain.rpc) });
    await test.increaseTime({ seconds });
    await test.mine({ blocks: 1 });
  }

  const pool = () => readPool(`${place.folder}/pool.json`);
  const cap = (billions: number) => (params: Json) => {
    params["cash"]!["borrowCap"] = (billions * 1e9) as Json;
  };

  async function borrowCap() {
    const at = { address: pool().clearinghouse, abi: clearinghouseAbi } as const;
    const [, { borrowCap: units }] = await chain.client.readContract({
      ...{ ...at, functionName: "ledger" },
    });
    return Number(units) / 1e9;
  }

  it("has the delay on chain, and no one can do without it", async () => {
    expect(await run(() => undefined)).to.deep.equal(["the chain has these parameters"]);
    const { authority, clearinghouse } = pool();
    const [admin] = (await chain.client.request({ method: "eth_accounts" } as never)) as Address[];
    const access = await chain.client.readContract({
      ...{ address: authority, abi: authorityAbi, functionName: "getAccess" },
      args: [0n, admin!],
    });
    expect(access[1]).to.equal(DAY);
    const call = { address: clearinghouse, abi: clearinghouseAbi, account: admin! } as const;
    const refused = await chain.client
      .simulateContract({ ...call, functionName: "setLiquidation", args: [{ dust: 50 }] })
      .catch((error: unknown) => decodeError(error));
    expect(refused).to.be.instanceOf(AccessManagerNotScheduled);
  });

  it("queues a change once, says when it is due, and applies it then", async () => {
    expect(await run(cap(2), false)).to.deep.equal([
      "1 to send",
      `${"setCash".padEnd(20)} to be queued`,
    ]);
    expect(await run(cap(2))).to.deep.equal(["1 to send", "queued 1/1 setCash, due T"]);
    const block = await chain.client.getBlockNumber();
    expect(await run(cap(2))).to.deep.equal(["1 to send", "waits 1/1 setCash: queued, due T"]);
    expect(await chain.client.getBlockNumber()).to.equal(block);
    expect(await borrowCap()).to.equal(1);
    await wait(DAY - 5);
    expect((await run(cap(2)))[1]).to.match(/^waits/);
    await wait(6);
    expect((await run(cap(2), false))[1]).to.match(/queued and due$/);
    expect(await run(cap(2))).to.deep.equal(["1 to send", "applied 1/1 setCash"]);
    expect(await borrowCap()).to.equal(2);
    expect(await run(cap(2))).to.deep.equal(["the chain has these parameters"]);
  });

  it("says what expired, and queues it again", async () => {
    await run(cap(3));
    await wait(DAY + WEEK);
    expect((await run(cap(3), false))[1]).to.match(/expired before it was applied$/);
    expect((await run(cap(3)))[1]).to.equal("queued 1/1 setCash, due T; it had expired");
    await wait(DAY + 1);
    expect((await run(cap(3)))[1]).to.equal("applied 1/1 setCash");
  });

  it("applies nothing past a change that waits: later ones rest on earlier ones", async () => {
    const dust = (params: Json) => {
      cap(3)(params);
      params["liquidation"]!["dust"] = 50 as Json;
    };
    const both = (params: Json) => {
      dust(params);
      params["listings"]!["ETH"]!["feed"]!["heartbeat"] = 7_200 as Json;
    };
    await run(dust);
    await wait(DAY + 1);
    expect(await run(both)).to.deep.equal([
      "2 to send",
      "queued 1/2 setFeed_ETH, due T",
      "due 2/2 setLiquidation: waits for those before",
    ]);
    await wait(DAY + 1);
    expect((await run(both)).slice(1)).to.deep.equal([
      "applied 1/2 setFeed_ETH",
      "applied 2/2 setLiquidation",
    ]);
  });

  it("waits a day before it waits less", async () => {
    const hasty = (params: Json) => {
      cap(3)(params);
      params["liquidation"]!["dust"] = 50 as Json;
      params["listings"]!["ETH"]!["feed"]!["heartbeat"] = 7_200 as Json;
      params["governance"]!["delayHours"] = 0 as Json;
    };
    expect((await run(hasty))[1]).to.equal("queued 1/1 grantGovernor, due T");
    await wait(DAY + 1);
    expect((await run(hasty))[1]).to.equal("applied 1/1 grantGovernor");
    const other = (params: Json) => {
      hasty(params);
      cap(4)(params);
    };
    expect((await run(other))[1]).to.match(/^queued/); // and a day more: it takes effect slowly
    await wait(DAY + 1);
    expect((await run(other))[1]).to.match(/^(applied|sent)/);
  });

  it("is another's, and no longer his, once he names another governor", async () => {
    const [his, other] = (await chain.client.request({
      method: "eth_accounts",
    } as never)) as Address[];
    const named = (params: Json) => {
      cap(4)(params);
      params["liquidation"]!["dust"] = 50 as Json;
      params["listings"]!["ETH"]!["feed"]!["heartbeat"] = 7_200 as Json;
      (params["governance"] as Record<string, unknown>)["governor"] = other;
    };
    await run(named);
    await wait(DAY + 1);
    for (let i = 0; i < 2; i++) await run(named);
    await wait(DAY + 1);
    await run(named);
    const governs = async (account: Address) => {
      const at = { address: pool().authority, abi: authorityAbi } as const;
      const args = [0n, account] as const;
      const [since] = await chain.client.readContract({ ...at, functionName: "getAccess", args });
      return since > 0;
    };
    expect([await governs(his!), await governs(other!)]).to.deep.equal([false, true]);
    expect(await run(named, false)).to.deep.equal(["the chain has these parameters"]);
  });
});
