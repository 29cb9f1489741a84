import { existsSync, readFileSync, writeFileSync } from "node:fs";

import { expect } from "chai";
import { network } from "hardhat";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { deployNetwork } from "../../scripts/deploy/deployNetwork.ts";
import { deployPool } from "../../scripts/deploy/deployPool.ts";
import { LocalOnly, UnknownNetwork } from "../../scripts/deploy/errors.ts";
import { readPool } from "../../scripts/deploy/poolRecord.ts";
import { readParams } from "../../sdk/files/params.ts";
import { serve } from "./serve.ts";
import { scratch, start, until } from "./spawn.ts";

const poolOf = ({ folder }: { folder: string }) => readPool(`${folder}/pool.json`);

describe("npm run deploy", () => {
  const chains: { close: () => Promise<void> }[] = [];
  const whole = scratch("whole");
  const broken = scratch("broken");
  let transactions: bigint; // of an uninterrupted deployment

  after(async () => {
    await Promise.all(chains.map(({ close }) => close()));
    [whole, broken].forEach(({ remove }) => remove());
  });

  async function chain(chainId?: number) {
    const served = await serve(chainId);
    chains.push(served);
    return served;
  }

  function deploy(rpc: string, { records, params }: typeof whole) {
    const from = ["--params", params, "--records", records, "--no-build"];
    return start("deploy", ["--network", "localhost", "--rpc", rpc, ...from]);
  }

  async function deployed(rpc: string, where: typeof whole): Promise<string> {
    const { ended, said } = deploy(rpc, where);
    expect(await ended, said()).to.equal(0);
    return said();
  }

  it("deploys a pool, and a second run does nothing new", async () => {
    const { rpc, client } = await chain();
    const said = await deployed(rpc, whole);
    const first = poolOf(whole);
    transactions = await client.getBlockNumber();
    expect(Number(transactions)).to.be.greaterThan(20);
    expect(said).to.contain("Pool#setTiers").and.to.contain(first.lens);
    await deployed(rpc, whole);
    expect(await client.getBlockNumber()).to.equal(transactions);
    expect(poolOf(whole)).to.deep.equal(first);
  });

  it("goes on where it was killed, and sends nothing twice", async () => {
    const { rpc, client } = await chain();
    const { child, ended, said } = deploy(rpc, broken);
    await until(async () => (await client.getBlockNumber()) >= 9n || child.exitCode !== null);
    child.kill("SIGKILL");
    await ended;
    expect(await client.getBlockNumber(), said()).to.be.lessThan(transactions);
    expect(existsSync(`${broken.folder}/pool.json`)).to.equal(false);
    await deployed(rpc, broken);
    expect(await client.getBlockNumber()).to.equal(transactions);
    const address = poolOf(broken).clearinghouse;
    const clearinghouse = { address, abi: clearinghouseAbi } as const;
    expect(await client.readContract({ ...clearinghouse, functionName: "assets" })).to.have.length(
      2,
    );
    const [, , tiers] = await client.readContract({ ...clearinghouse, functionName: "ledger" });
    expect(tiers.map(({ longest }) => longest)).to.deep.equal([600, 1_800, 3_600, 7_200]);
  });

  it("names the journal that was cut off inside a line, and what to do", async () => {
    const { rpc, client } = await chain();
    await deployed(rpc, broken);
    const block = await client.getBlockNumber();
    const journal = `${broken.folder}/journal.jsonl`;
    const text = readFileSync(journal, "utf8");
    writeFileSync(journal, text.slice(0, -20));
    const cut = deploy(rpc, broken);
    expect(await cut.ended).to.equal(1);
    const line = text.trimEnd().split("\n").length;
    expect(cut.said()).to.contain(`${journal}: line ${line} is not whole: it was cut off`);
    expect(cut.said()).to.not.contain("    at "); // no stack
    writeFileSync(journal, text.slice(0, text.lastIndexOf("\n"))); // as it was told
    await deployed(rpc, broken);
    expect(await client.getBlockNumber()).to.equal(block);
  });

  it("forgets the records of a local chain that is gone", async () => {
    const { rpc, client } = await chain();
    const said = await deployed(rpc, whole);
    expect(said).to.contain("of a chain that is gone");
    expect(await client.getBlockNumber()).to.equal(transactions);
  });

  it("refuses to make up tokens or feeds on a chain that is not local", async () => {
    const { rpc } = await chain(1);
    const connection = await network.create({ network: "localhost", override: { url: rpc } });
    const params = readParams("deployments/local/params.json");
    const minted = await deployPool(connection, params).catch((e: unknown) => e);
    expect(minted).to.be.instanceOf(LocalOnly);
    expect(minted).to.include({ entry: "params.listings.BTC.token", value: "mint", chainId: 1 });
    for (const listing of Object.values(params.listings)) listing.token = `0x${"22".repeat(20)}`;
    const mocked = await deployPool(connection, params).catch((e: unknown) => e);
    expect(mocked).to.include({ entry: "params.listings.BTC.feed.aggregator", value: "mock" });
  });

  it("names the networks it knows", async () => {
    const error = await deployNetwork({ network: "nowhere" }, () => {}).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(UnknownNetwork);
    expect((error as UnknownNetwork).known).to.include.members(["localhost", "sepolia"]);
  });
});
