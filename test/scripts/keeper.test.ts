import type { ChildProcess } from "node:child_process";

import { expect } from "chai";
import { createTestClient, createWalletClient, http, publicActions, type Address } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { writeContract } from "viem/actions";

import { aggregatorAbi } from "../../sdk/generated/aggregatorAbi.ts";
import { borrow, deposit, getAccount } from "../../sdk/actions/index.ts";
import { serveLocal, type LocalNode } from "../../scripts/deploy/serveLocal.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import { scratch, start, until } from "./spawn.ts";

const ETHER = 10n ** 18n;
const COIN = 10n ** 6n;
// Of Hardhat's public mnemonic: account 3.
const KEY = "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6";

describe("npm run keeper", () => {
  const { params, records, folder, remove } = scratch("keeper");
  const children: ChildProcess[] = [];
  let node: LocalNode;
  let account: AccountId;

  before(async () => {
    node = await serveLocal({ port: 0, params, records }, () => {});
    const { pool, accounts } = node;
    const [bob, alice] = [actor(accounts[1]!), actor(accounts[2]!)];
    account = accountId(alice.account.address);
    const { ETH, USDC } = pool.tokens as { ETH: Address; USDC: Address };
    const lent = { account: accountId(bob.account.address), token: USDC };
    await deposit(bob, { pool, ...lent, amount: 500_000n * COIN });
    await deposit(alice, { pool, account, token: ETH, amount: 100n * ETHER });
    await borrow(alice, { pool, account, amount: 14_000n * COIN });
    await moveTo(165n);
  });
  afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));
  after(async () => {
    await node.close();
    remove();
  });

  function actor(address: Address) {
    return createWalletClient({ account: address, transport: http(node.url) });
  }

  /** A new ETH price, two minutes later. */
  async function moveTo(price: bigint) {
    const client = createTestClient({ mode: "hardhat", transport: http(node.url) });
    await client.increaseTime({ seconds: 120 });
    const feed = { address: node.pool.feeds["ETH"]!, abi: aggregatorAbi, chain: null } as const;
    const args = [price * 10n ** 8n] as const;
    await writeContract(actor(node.accounts[0]!), { ...feed, functionName: "updateAnswer", args });
  }

  async function phase() {
    const reader = actor(node.accounts[0]!).extend(publicActions);
    return (await getAccount(reader, { pool: node.pool, account })).phase;
  }

  function keeper(...args: string[]) {
    const given = ["--rpc", node.url, "--pool", `${folder}/pool.json`, ...args];
    const started = start("keeper", given, { KEEPER_KEY: KEY });
    children.push(started.child);
    return started;
  }

  it("needs its key, and says so", async () => {
    const { ended, said } = start("keeper", ["--rpc", node.url, "--pool", `${folder}/pool.json`]);
    expect(await ended).to.equal(1);
    expect(said()).to.equal("KEEPER_KEY: expected a private key of 32 bytes, 0x first\n");
  });

  it("in a dry run decides and sends nothing", async () => {
    const { ended, said } = keeper("--once", "--dry-run");
    expect(await ended, said()).to.equal(0);
    expect(said()).to.contain("call opens").and.to.contain("dry run");
    expect(await phase()).to.equal(Phase.Clear);
  });

  it("looks once, calls, and records why", async () => {
    const { ended, said } = keeper("--once");
    expect(await ended, said()).to.equal(0);
    const lines = said()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines[0]).to.include({
      ...{ msg: "keeper begins" },
      receiver: accountId(privateKeyToAccount(KEY).address),
    });
    expect(lines[1]).to.include({ verb: "observe", factor: 2, rounds: 1 });
    expect(lines[2]).to.include({ verb: "call", account });
    expect(lines[3]).to.include({ msg: "keeper ends" });
    expect(await phase()).to.equal(Phase.Called);
  });

  it("goes on until it is interrupted, remembers, and ends cleanly", async () => {
    const { child, ended, said } = keeper("--interval", "0.1", "--checkpoint", `${folder}/k.json`);
    await until(() => said().includes("keeper begins") || child.exitCode !== null);
    await moveTo(165n);
    await until(() => said().includes("fuse burns") || child.exitCode !== null);
    child.kill("SIGINT");
    expect(await ended, said()).to.equal(0);
    expect(said()).to.contain("keeper ends").and.not.contain("failed");
  });

  it("goes on after a node that does not answer", async () => {
    const nowhere = ["--rpc", "http://127.0.0.1:9/secret", "--interval", "0.1"];
    const { child, ended, said } = keeper(...nowhere);
    await until(() => said().split("HTTP request failed").length > 2 || child.exitCode !== null);
    child.kill("SIGINT");
    expect(await ended).to.equal(0);
    expect(said()).to.not.contain("secret");
  });
});
