import { expect } from "chai";
import { describe, it } from "mocha";
import type { Address, Hash } from "viem";

import { assetId, STABLES } from "../../sdk/types/Ids.ts";
import { listFactor, listNew } from "../fixtures/listing.ts";
import { idOf, later, offer, phaseOf } from "../fixtures/margin.ts";
import { calmMarket, meet, settle } from "../fixtures/market.ts";
import { halfHour, list, option, type Trading } from "../fixtures/trading.ts";

const BLOCK = 30_000_000n;
const MOST_TO_CALL = BLOCK / 4n;
const MOST_TO_SELL = 1n << 24n; // what a transaction may use since EIP-7825
const DUST = "0.0001";

// All that an account may hold, most of it dust: what a margin call and a bid have to look at.
describe("hostile: an account stuffed to its limits", () => {
  /** Sixteen expiries of ETH and of BTC, and alice short an option of each. */
  async function trade(local: Trading) {
    const { alice, bob, door } = local;
    const now = await local.networkHelpers.time.latest();
    const days = Array.from({ length: 14 }, (_, i) => halfHour(now + (10 + i) * 86_400));
    for (const factor of [1, 2]) {
      for (const expiry of days) await list(local, BigInt(factor), expiry, 0.65);
      for (const expiry of [local.near, local.far, ...days]) {
        const id = option(factor, "call", expiry, factor === 1 ? 20_000 : 2_000);
        const { mark } = await door.read.quoteOf([id]);
        const wish = { instrument: id, size: DUST, price: Math.round(Number(mark) / 1e18) };
        await settle(local, [await meet(local, bob, alice, wish)]);
      }
    }
  }

  /** Sixteen assets of eight factors, each with a price; all but ETH dust. */
  async function fill(local: Trading) {
    const { alice, door, pool, viem } = local;
    for (const symbol of ["BTC", "SOL", "LINK", "wstETH"]) await local.deposit(alice, symbol, DUST);
    await local.deposit(alice, "ETH", 100);
    const oracle = await viem.getContractAt("ChainlinkOracle", pool.oracle);
    const tokens: Address[] = [];
    for (let factor = 10; factor < 14; ++factor) tokens.push(await listFactor(local, factor));
    for (let index = 30; index < 37; ++index) {
      tokens.push(await listNew(local, index));
      const feed = [pool.feeds["USDC"]!, 86_400, 2_500_000, 0] as const;
      await oracle.write.setFeed([assetId(STABLES, index), ...feed]);
    }
    for (const token of tokens) {
      await door.write.deposit([idOf(alice), token, 10n ** 14n], { account: alice.account });
    }
  }

  it("is called within a quarter of a block, and sold within a transaction", async function () {
    this.timeout(240_000);
    const local = await calmMarket();
    const { alice, carol, door, pool, client } = local;
    const id = idOf(alice);
    await local.deposit(local.bob, "USDC", 1_000_000);
    await local.deposit(carol, "USDC", 1_000_000);
    await trade(local);
    await fill(local);
    const account = alice.account;
    const [equity, required] = await door.read.initial([id]);
    const loan = ((equity - required) * 99n) / 100n / 10n ** 12n;
    await door.write.withdraw([id, pool.tokens["USDC"]!, loan, account.address], { account });
    expect((await door.read.accountOf([id])).holdings.every((held) => held > 0n)).to.equal(true);
    expect((await door.read.positionsOf([id]))[0]).to.have.length(32);

    const gasOf = async (hash: Hash) => (await client.getTransactionReceipt({ hash })).gasUsed;
    let most = 0n;
    for (let i = 0; i < 4; ++i) {
      await later(local, 400, { ETH: 1_650 });
      const gas = await gasOf(await door.write.call([id]));
      if (gas > most) most = gas;
    }
    expect(await phaseOf(local, id)).to.equal("Auction");
    const bid = offer(id, idOf(carol, 1n));
    const move = [idOf(carol), idOf(carol, 1n), pool.tokens["USDC"]!, 900_000_000_000n] as const;
    await door.write.transfer(move, { account: carol.account });
    const sold = await gasOf(await door.write.bid([bid], { account: carol.account }));
    console.log(`      called for ${most}, sold for ${sold} of ${BLOCK}`);
    expect((await door.read.positionsOf([idOf(carol, 1n)]))[0]).to.have.length(32);
    expect(most < MOST_TO_CALL, `${most}`).to.equal(true);
    expect(sold < MOST_TO_SELL, `${sold}`).to.equal(true);
  });
});
