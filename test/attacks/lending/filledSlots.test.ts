import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress, type Address } from "viem";

import { listFactor, listNew } from "../../fixtures/listing.ts";
import { calmPool, auctioned, idOf, offer, type Local } from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

describe("attack: an account's slots", () => {
  let local: Local;

  beforeEach(async () => {
    local = await calmPool();
  });

  const put = (token: Address, id = idOf(local.alice)) =>
    local.clearinghouse.write.deposit([id, token, 1n], { account: local.alice.account });

  /** Fills alice's account with sixteen stables, and returns them. */
  async function fill(id = idOf(local.alice)): Promise<Address[]> {
    const tokens: Address[] = [];
    for (let i = 10; i < 26; ++i) tokens.push(await listNew(local, i));
    for (const token of tokens) await put(token, id);
    return tokens;
  }

  it("end at sixteen assets, however the seventeenth comes", async () => {
    const { clearinghouse, alice, bob, pool } = local;
    const tokens = await fill();
    const more = await listNew(local, 26);
    const args = [idOf(alice), 16n];
    await refuses(local, () => put(more), "TooManyAssets", args);
    await put(tokens[15]!); // more of what is held is welcome
    await local.deposit(bob, "ETH", 1);
    const given = { account: bob.account };
    await clearinghouse.write.setOperator([idOf(alice), bob.account.address, 1, 2 ** 39, 0n], {
      account: alice.account,
    });
    const eth = pool.tokens["ETH"]!;
    const over = () => clearinghouse.write.transfer([idOf(bob), idOf(alice), eth, 1n], given);
    await refuses(local, over, "TooManyAssets", args);
  });

  it("stop a bid for an account that is full, never one for an empty account", async () => {
    const { clearinghouse, carol } = local;
    const sold = await auctioned(local);
    await local.deposit(carol, "USDC", 100_000);
    const account = carol.account;
    await clearinghouse.write.setOperator(
      [idOf(carol), local.alice.account.address, 1, 2 ** 39, 0n],
      {
        account,
      },
    );
    await fill(idOf(carol));
    const bid = (index: bigint) => () =>
      clearinghouse.write.bid([offer(sold, idOf(carol, index))], { account });
    await refuses(local, bid(0n), "TooManyAssets", [idOf(carol), 16n]);
    await refuses(local, bid(1n), "MarginTooLow"); // it fits, and lacks only the money
    const usdc = local.pool.tokens["USDC"]!;
    await clearinghouse.write.transfer([idOf(carol), idOf(carol, 1n), usdc, 50_000_000_000n], {
      account,
    });
    await bid(1n)();
  });

  it("end at eight factors", async () => {
    for (const symbol of ["BTC", "ETH", "SOL", "LINK"]) {
      await local.deposit(local.alice, symbol, "0.001");
    }
    const tokens: Address[] = [];
    for (let factor = 10; factor < 15; ++factor) tokens.push(await listFactor(local, factor));
    for (const token of tokens.slice(0, 4)) await put(token);
    const stable = await listNew(local, 30);
    await put(stable);
    await refuses(local, () => put(tokens[4]!), "TooManyFactors", [idOf(local.alice), 8n]);
    const { holdings } = await local.clearinghouse.read.accountOf([idOf(local.alice)]);
    expect(holdings.filter((held) => held !== 0n)).to.have.length(9);
  });

  it("cannot be filled by strangers, who may add to what is there", async () => {
    const { clearinghouse, alice, bob, pool } = local;
    await local.deposit(alice, "ETH", 1);
    await local.fund(bob, "LINK", 1);
    await local.fund(bob, "ETH", 1);
    await local.deposit(bob, "SOL", 1);
    const account = bob.account;
    const [eth, link, sol] = [pool.tokens["ETH"]!, pool.tokens["LINK"]!, pool.tokens["SOL"]!];
    const stranger = getAddress(account.address);
    const drop = () => clearinghouse.write.deposit([idOf(alice), link, 1n], { account });
    await refuses(local, drop, "NotHeld", [idOf(alice), link, stranger]);
    const move = () => clearinghouse.write.transfer([idOf(bob), idOf(alice), sol, 1n], { account });
    await refuses(local, move, "NotHeld", [idOf(alice), sol, stranger]);
    await clearinghouse.write.deposit([idOf(alice), eth, 1n], { account });
  });
});
