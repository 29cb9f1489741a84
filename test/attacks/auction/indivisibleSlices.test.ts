import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Address } from "viem";

import { getSnapshot } from "../../../sdk/snapshot/getSnapshot.ts";
import { bid } from "../../../sdk/logic/clearinghouse.ts";
import { assetId } from "../../../sdk/types/Ids.ts";
import { listToken } from "../../fixtures/listing.ts";
import { calmPool, idOf, later, near, offer, usd, WAD, withdraw } from "../../fixtures/margin.ts";
import type { Local } from "../../fixtures/margin.ts";

const SHARE = assetId(2, 9); // follows ether at wstETH's rate, 1.2

// Alice owes 18 000 on 10 ETH and 3 tokens that have no decimals, each worth 1.2 ETH, and is in auction.
describe("attack: slices of a token that is not divisible", () => {
  let local: Local;
  let token: Address;

  beforeEach(async () => {
    local = await calmPool();
    await local.deposit(local.bob, "USDC", 1_000_000);
    await local.deposit(local.carol, "USDC", 200_000);
    const made = await local.viem.deployContract("Token", ["T", 0]);
    token = await listToken(local, made.address, 2, 9);
    const { account } = local.alice;
    await made.write.mint([account.address, 3n]);
    await made.write.approve([local.pool.vault, 3n], { account });
    const id = await local.deposit(local.alice, "ETH", 10);
    await local.clearinghouse.write.deposit([id, token, 3n], { account });
    await withdraw(local, local.alice, "USDC", 18_000);
    for (const wait of [60, 300, 300, 300, 300]) {
      await later(local, wait, { ETH: 1_480, USDC: 1 });
      await local.clearinghouse.write.call([id]);
    }
    expect((await local.clearinghouse.read.accountOf([id])).phase).to.equal(2);
  });

  const held = async (id: `0x${string}`, asset: number) => {
    const { holdings } = await local.clearinghouse.read.accountOf([id]);
    return holdings.filter((one) => Number(one & 0xffffn) === asset).map((one) => one >> 16n);
  };

  /** Carol's bid for a part of it, as the chain and as the SDK do it. */
  async function sold(fraction: bigint) {
    const [from, to] = [idOf(local.alice), idOf(local.carol)];
    const asked = offer(from, to, fraction);
    const accounts = [from, to, `0x${"0".repeat(64)}` as const];
    const s = await getSnapshot(local.client, { pool: local.pool, accounts });
    const timestamp = s.block.timestamp + 1;
    const act = { caller: { address: local.carol.account.address }, timestamp };
    const told = bid(s, asked, act as never);
    await local.networkHelpers.time.setNextBlockTimestamp(timestamp);
    await local.clearinghouse.write.bid([asked], { account: local.carol.account });
    const after = await getSnapshot(local.client, { pool: local.pool, accounts });
    for (const id of [from, to]) {
      const own = told.state.accounts[id]!.holdings;
      expect(own).to.deep.equal(after.accounts[id]!.holdings);
    }
    return told.slice;
  }

  it("move whole ones, and what is rounded stays: of 3 a quarter moves none", async () => {
    const { fraction } = await sold(WAD / 4n);
    expect(fraction).to.equal(WAD / 4n);
    expect(await held(idOf(local.alice), SHARE)).to.deep.equal([3n * WAD]);
    expect(await held(idOf(local.carol), SHARE)).to.deep.equal([]);
    // Of ether, which is divisible, a quarter.
    near(usd((await held(idOf(local.carol), 0x0200))[0]!), 2.5, 1e-9);
  });

  it("and two fifths one", async () => {
    await sold((WAD * 2n) / 5n); // of 3: 1.2
    expect(await held(idOf(local.alice), SHARE)).to.deep.equal([2n * WAD]);
    expect(await held(idOf(local.carol), SHARE)).to.deep.equal([WAD]);
  });

  it("so all of it can leave, and the asset be given up", async () => {
    await sold((WAD * 2n) / 5n);
    const { clearinghouse, alice, carol } = local;
    await local.fund(alice, "USDC", 30_000);
    await clearinghouse.write.repay([idOf(alice), local.units("USDC", 30_000)], {
      account: alice.account,
    });
    for (const [actor, amount] of [
      [alice, 2n],
      [carol, 1n],
    ] as const) {
      const to = actor.account.address;
      await clearinghouse.write.withdraw([idOf(actor), token, amount, to], { account: to });
      expect(await held(idOf(actor), SHARE)).to.deep.equal([]);
    }
    await clearinghouse.write.delist([token]);
  });
});
