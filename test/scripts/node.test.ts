import { expect } from "chai";
import { createWalletClient, http, type Address } from "viem";

import { borrow, deposit, getCash } from "../../sdk/actions/index.ts";
import { readPool } from "../../scripts/deploy/poolRecord.ts";
import { accountId } from "../../sdk/types/Ids.ts";
import { scratch, start, until, type Running } from "./spawn.ts";

const ETHER = 10n ** 18n;
const COIN = 10n ** 6n;

describe("npm run node", () => {
  const { records, params, folder, remove } = scratch("node");
  let node: Running;
  let url: string;

  before(async () => {
    const args = ["--port", "0", "--params", params, "--records", records, "--no-build"];
    node = start("node", args);
    await until(() => node.said().includes("serving") || node.child.exitCode !== null);
    url = /serving (\S+);/.exec(node.said())![1]!;
  });
  after(async () => {
    node.child.kill("SIGKILL");
    await node.ended;
    remove();
  });

  /** An account of the node, as a client that its node signs for. */
  function actor(address: Address) {
    return createWalletClient({ account: address, transport: http(url) });
  }

  it("serves a pool in which every account can deposit and borrow at once", async () => {
    const pool = readPool(`${folder}/pool.json`);
    const accounts = node
      .said()
      .match(/^ {2}0x[0-9a-f]{40}$/gm)!
      .map((line) => line.trim());
    expect(accounts).to.have.length(20);
    const [lender, borrower] = [accounts[0], accounts[18]].map((a) => actor(a as Address));
    const [lent, owed] = [lender!, borrower!].map((a) => accountId(a.account.address));
    const { ETH, USDC } = pool.tokens as { ETH: Address; USDC: Address };
    await deposit(lender!, { pool, account: lent!, token: USDC, amount: 1_000_000n * COIN });
    await deposit(borrower!, { pool, account: owed!, token: ETH, amount: 1_000n * ETHER });
    await borrow(borrower!, { pool, account: owed!, amount: 100n * COIN });
    expect(await getCash(borrower!, { pool, account: owed! })).to.be.lessThan(-99n * ETHER);
  });

  it("refuses a port that another holds", async () => {
    const port = new URL(url).port;
    const args = ["--port", port, "--params", params, "--records", records, "--no-build"];
    const second = start("node", args);
    expect(await second.ended).to.equal(1);
    expect(second.said()).to.equal(`port ${port} is taken: choose another with --port\n`);
  });

  it("ends when interrupted", async () => {
    node.child.kill("SIGINT");
    expect(await node.ended).to.equal(0);
  });
});
