import { expect } from "chai";
import { describe, it } from "mocha";

import type { AccountId } from "../../sdk/types/Ids.ts";
import { auctioned, calmPool, healthOf, idOf, later, offer, usd } from "../fixtures/margin.ts";
import { borrower, phaseOf, withdraw, type Local } from "../fixtures/margin.ts";
import { calmMarket, meet, settle } from "../fixtures/market.ts";
import { refuses } from "../fixtures/refusal.ts";
import { perp, trade } from "../fixtures/trading.ts";

/** From now on the pool takes no more of a token. */
async function close(local: Local, symbol: string): Promise<void> {
  await local.door.write.setListing([local.pool.tokens[symbol]!, false, 1n]);
}

/** Alice in call at h = 0.97: 10 ETH at 1 690 and a debt of 14 000; MM 2 989. */
async function called(): Promise<{ local: Local; alice: AccountId }> {
  const local = await calmPool();
  const alice = await borrower(local, 14_000);
  await later(local, 60, { ETH: 1_690 });
  await local.door.write.call([alice]);
  return { local, alice };
}

describe("hostile: what no cap may stop", () => {
  it("a top-up in a major, in call, as long as health is 1.25 at most", async () => {
    const { local, alice } = await called();
    const [eth, account] = [local.pool.tokens["ETH"]!, local.alice.account];
    await close(local, "ETH");
    const bring = (ether: string) =>
      local.door.write.deposit([alice, eth, local.units("ETH", ether)], { account });
    await local.fund(local.alice, "ETH", 5);
    await refuses(local, () => bring("1"), "CapExceeded");
    await bring("0.2");
    expect(await healthOf(local, alice)).to.be.within(1.05, 1.25);
    // Between 1 and 1.10 the account is in call still.
    expect(await phaseOf(local, alice)).to.equal("Called");
    await bring("0.1");
    expect(await phaseOf(local, alice)).to.equal("Clear");
    await refuses(local, () => bring("0.01"), "CapExceeded");
  });

  it("but one in an alt, or out of call", async () => {
    const { local, alice } = await called();
    await close(local, "SOL");
    await close(local, "ETH");
    await local.fund(local.alice, "SOL", 5);
    await local.fund(local.bob, "ETH", 5);
    const { alice: owner, bob, door, pool } = local;
    const alt = () =>
      door.write.deposit([alice, pool.tokens["SOL"]!, local.units("SOL", 1)], {
        account: owner.account,
      });
    const calm = () =>
      door.write.deposit([idOf(bob), pool.tokens["ETH"]!, local.units("ETH", 1)], {
        account: bob.account,
      });
    await refuses(local, alt, "CapExceeded");
    await refuses(local, calm, "CapExceeded");
  });

  it("a top-up in cash, in call, up to the same health", async () => {
    const { local, alice } = await called();
    await local.door.write.setListing([local.pool.tokens["USDC"]!, false, 1n]);
    await local.deposit(local.alice, "USDC", 500);
    expect(await healthOf(local, alice)).to.be.within(1.1, 1.25);
  });

  it("a move inside the pool", async () => {
    const local = await calmPool();
    const alice = await local.deposit(local.alice, "ETH", 10);
    const bob = await local.deposit(local.bob, "ETH", 1);
    await close(local, "ETH");
    const args = [alice, bob, local.pool.tokens["ETH"]!, local.units("ETH", 4)] as const;
    await local.door.write.transfer(args, { account: local.alice.account });
  });

  it("a bid, though it moves collateral and lends more cash than the cap", async () => {
    const local = await calmPool();
    await local.deposit(local.carol, "USDC", 100_000);
    const alice = await auctioned(local);
    expect(await phaseOf(local, alice)).to.equal("Auction");
    await close(local, "ETH");
    await close(local, "USDC");
    const { carol } = local;
    await local.door.write.bid([offer(alice, idOf(carol))], { account: carol.account });
  });

  it("interest, past the borrow cap", async () => {
    const local = await calmPool((p) => ({ ...p, cash: { ...p.cash, borrowCap: 14_001 } }));
    const alice = await borrower(local, 14_000, 30_000);
    await local.networkHelpers.time.increase(30 * 86_400);
    await local.door.write.accrue();
    expect(usd(await local.door.read.cashOf([alice]))).to.be.lessThan(-14_010);
  });

  it("profit that settles to cash past the supply cap", async () => {
    const local = await calmMarket();
    await trade(local, local.alice, local.bob, { instrument: perp(2), size: 4, price: 2_000 });
    await close(local, "USDC");
    await later(local, 60, { ETH: 2_100 });
    const before = await local.door.read.cashOf([idOf(local.alice)]);
    await local.door.write.settleExpired([idOf(local.alice)]);
    expect((await local.door.read.cashOf([idOf(local.alice)])) > before).to.equal(true);
  });

  it("a fill that raises no open interest, where it is past its cap", async () => {
    const local = await calmMarket();
    const wish = { instrument: perp(2), size: 4, price: 2_000 };
    await trade(local, local.alice, local.bob, wish);
    const [, params, depth] = await local.door.read.marketOf([2n]);
    await local.door.write.setMarket([2n, params, { ...depth, cap: 1_000_000n }]);
    const more = await meet(local, local.alice, local.carol, { ...wish, size: 1 });
    await refuses(local, () => settle(local, [more]), "OpenInterestCapExceeded");
    const passed = await meet(local, local.carol, local.alice, { ...wish, size: 2 });
    await settle(local, [passed]);
    await withdraw(local, local.bob, "USDC", 1);
  });
});
