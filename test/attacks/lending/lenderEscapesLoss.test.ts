import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import {
  borrower,
  calmPool,
  findersUnpaid,
  gap,
  idOf,
  later,
  near,
  offer,
  phaseOf,
  usd,
  WAD,
  withdraw,
} from "../../fixtures/margin.ts";
import { calmMarket, settle } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { told } from "../../fixtures/told.ts";
import { fillOf, option, signed, type Trading } from "../../fixtures/trading.ts";

describe("attack: a loss that eats nearly all that was lent", () => {
  it("does not make a lender, who owes nothing, callable", async () => {
    const local = await calmPool((p) => {
      p.cash.minimumIdle = 0;
      return p;
    });
    const { clearinghouse, bob, carol } = local;
    const alice = await borrower(local, 14_000, 14_100);
    for (let i = 0; i < 3; ++i) {
      await later(local, 61, { ETH: 1 }); // E = −13 990
      await clearinghouse.write.call([alice]);
    }
    await local.deposit(carol, "ETH", 100_000);
    await clearinghouse.write.bid([offer(alice, idOf(carol))], { account: carol.account });

    // A fifth is borne today: 11 280 are lent still, of which some 11 170 are lost but not yet borne.
    const [{ deficit }] = await clearinghouse.read.ledger();
    expect(usd(deficit) > 11_000).to.equal(true);
    await refuses(local, () => clearinghouse.write.call([idOf(bob)]), "AccountHealthy");
    expect(await phaseOf(local, idOf(bob))).to.equal("Clear");
  });

  it("takes no share of what a lender borrows beyond its own, in one withdrawal or in two", async () => {
    const local = told(
      await calmPool((p) => {
        p.cash.minimumIdle = 0;
        return findersUnpaid(p);
      }),
    );
    const { clearinghouse, carol, dave } = local;
    await local.deposit(dave, "USDC", 10_000);
    await local.deposit(dave, "BTC", 5);
    const alice = await borrower(local, 14_000, 20_000);
    await gap(local, alice, 200); // E = −12 000, of 30 000 lent
    await local.deposit(carol, "ETH", 1_000);
    await clearinghouse.write.bid([offer(alice, idOf(carol))], { account: carol.account });
    const equity = async () => usd((await clearinghouse.read.health([idOf(dave)]))[0]);
    const before = await equity();
    const { restore } = await local.networkHelpers.takeSnapshot();
    for (const parts of [[8_000], [6_150, 1_850]]) {
      for (const part of parts) await withdraw(local, dave, "USDC", part);
      near(before - (await equity()), 8_000, 12); // and the loan's half a per cent
      await restore();
    }
  });
});

describe("attack: a lender who pays debts with lent cash, once a loss is seen and before it is booked", () => {
  let local: Trading;
  let lost: (actor: Trading["alice"]) => Promise<number>;

  /**
   * Alice, bob and carol lend 100 000 each. Alice's other account owes 90 000 on 80 ETH, dave 50 000 on
   * 4 BTC, which fall to 20 000: of 30 000 each lender has a third to bear.
   */
  beforeEach(async () => {
    const market = await calmMarket(findersUnpaid);
    local = { ...market, ...told(market) };
    const { alice, dave, clearinghouse } = local;
    await local.deposit(alice, "ETH", 80, 1n);
    await local.deposit(dave, "BTC", 4);
    await borrow(alice, 90_000, 1n);
    await borrow(dave, 50_000);
    const [hers, bobs] = [await worth(alice), await worth(local.bob)];
    lost = async (actor) => (actor === alice ? hers : bobs) - (await worth(actor));
    for (let i = 0; i < 3; ++i) {
      await later(local, 61, { BTC: 5_000, ETH: 2_000 });
      await clearinghouse.write.call([idOf(dave)]);
    }
  });

  async function borrow(actor: Trading["alice"], amount: number, index = 0n) {
    const { address } = actor.account;
    const args = [idOf(actor, index), local.pool.tokens["USDC"]!, local.units("USDC", amount)];
    await local.clearinghouse.write.withdraw([...args, address] as never, { account: address });
  }

  /** Equity of both accounts of one owner. */
  async function worth(actor: Trading["alice"]) {
    const read = (index: bigint) => local.clearinghouse.read.health([idOf(actor, index)]);
    const [[first], [second]] = [await read(0n), await read(1n)];
    return usd(first + second);
  }

  /** Carol buys what is left of dave's. */
  async function sell() {
    const { dave, carol, clearinghouse } = local;
    await local.deposit(carol, "ETH", 100);
    const bid = offer(idOf(dave), idOf(carol));
    await clearinghouse.write.bid([bid], { account: carol.account });
    expect(await phaseOf(local, idOf(dave))).to.equal("Clear");
    expect((await clearinghouse.read.ledger())[0].deficit).to.equal(0n);
  }

  /** 50 calls, deep in the money, from one account of alice to her other, at the mark. */
  async function passing(buyer: bigint, maxFee = WAD * WAD) {
    const { alice, clearinghouse } = local;
    const instrument = option(2, "call", local.far, 200);
    const { mark } = await clearinghouse.read.quoteOf([instrument]);
    const wish = { instrument, size: "50", price: usd(mark).toFixed(6) };
    const account = idOf(alice, 1n - buyer);
    const sold = await signed(local, alice, { ...wish, size: "-50", maker: true, account });
    const bought = await signed(local, alice, { ...wish, maxFee, account: idOf(alice, buyer) });
    return fillOf(sold, bought);
  }

  it("bears its part as whoever stays, though a premium paid the debt of its own other account", async () => {
    const { alice, bob, clearinghouse } = local;
    const cheap = await passing(0n, 20n * WAD);
    await refuses(local, () => settle(local, [cheap]), "FeeTooHigh"); // nobody's order is made to flee
    await settle(local, [await passing(0n)]);
    expect(usd(await clearinghouse.read.cashOf([idOf(alice)]))).to.be.below(10_000);
    await sell();
    await settle(local, [await passing(1n)]);
    near(await lost(bob), 10_000, 100);
    near(await lost(alice), await lost(bob), 250); // fees among it
    expect((await lost(alice)) > (await lost(bob))).to.equal(true);
  });

  it("bears its part as whoever stays, though half of the failed book was paid with it", async () => {
    const { alice, bob, dave, clearinghouse } = local;
    const half = offer(idOf(dave), idOf(alice), WAD / 2n);
    await clearinghouse.write.bid([half], { account: alice.account });
    expect(await phaseOf(local, idOf(dave))).to.equal("Auction");
    await sell();
    near(await lost(bob), 10_000, 100);
    near(await lost(alice), await lost(bob), 50); // what backing paid her
  });
});
