import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { getSnapshot } from "../../../sdk/snapshot/getSnapshot.ts";
import { accountHealthOf } from "../../../sdk/logic/margin.ts";
import type { AccountId } from "../../../sdk/types/Ids.ts";
import { idOf, near, phaseOf, usd } from "../../fixtures/margin.ts";
import { calmMarket, encoded, meet, quoteOf, settle, taking } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { play, expiryStateOf } from "../../fixtures/settlement.ts";
import { fillOf, future, signed, trade, type Trading } from "../../fixtures/trading.ts";

// Ten seconds apart: they move the average, not the estimates.
const SEVENTEEN = Array.from({ length: 17 }, (_, i) => [100 + 10 * i, 2_000 + i] as const);

// ETH at 2 000; σ at stress: MM shocks 4·1.875·0.0213687 = 16.03 %, IM 24.04 %. A future of the nearer expiry.
describe("attack: a settlement window, by what is known of it", () => {
  let local: Trading;
  let start: number; // of the window

  beforeEach(async () => {
    local = await calmMarket();
    start = local.near - 1_800;
    await play(local, start, [[-3_000, 2_000]]);
    await freshen();
  });

  const until = (seconds: number) => local.networkHelpers.time.increaseTo(start + seconds);
  const dated = () => future(2, local.near);

  /** Walks ETH's rounds; cash and BTC have a new price. */
  async function freshen() {
    for (const [symbol, price] of [
      ["USDC", 1],
      ["BTC", 20_000],
    ] as const) {
      await local.setPrice(symbol, price);
    }
    await local.clearinghouse.write.observe([2n, 64n]);
  }

  async function accountHealth(id: AccountId) {
    const s = await getSnapshot(local.client, { pool: local.pool, accounts: [id] });
    return accountHealthOf(s, id, s.block.timestamp);
  }

  it("fills at no mark that a round nobody walked has moved", async () => {
    const { bob, carol, clearinghouse } = local;
    await play(local, start, [[-60, 2_000]]);
    await freshen();
    const operator = [idOf(bob), carol.account.address, 2, 2 ** 39, 1_000_000_000n] as const;
    await clearinghouse.write.setOperator(operator, { account: bob.account });
    // 2.5 % up in the last 40 s: the average is 2 000 + 50·40/1 800 = 2 001.1 whatever spot does
    await play(local, start, [[1_760, 2_050]]);
    await until(1_780);
    near(usd((await quoteOf(local, dated())).mark), 2_050, 1e-9); // nothing of it is known
    const price = 2_075; // within 3.5 % of 2 050, not of 2 001
    const sell = await signed(local, carol, { instrument: dated(), size: -10, price });
    const buy = await signed(local, carol, {
      ...{ instrument: dated(), size: 10, price, maker: true },
      ...{ account: idOf(bob), signer: carol.account.address },
    });
    await refuses(local, () => settle(local, [fillOf(buy, sell)]), "PriceOutsideBand");
    await trade(local, bob, carol, { instrument: dated(), size: 1, price: 2_001 });
    near(usd((await quoteOf(local, dated())).mark), 2_001.1, 0.1);
  });

  it("asks as much IM of a leg that is all but settled as of any", async () => {
    const { alice, bob } = local;
    await play(local, start, [[-60, 2_000]]);
    await freshen();
    await until(1_772);
    // 100 000 cover some 190 ETH at 24.04 % and charges; 28 s before the end 11 500 were opened
    for (const size of [11_500, 205]) {
      const fill = await meet(local, alice, bob, { instrument: dated(), size, price: 2_000 });
      await refuses(local, () => settle(local, [fill]), "MarginTooLow");
    }
    await trade(local, alice, bob, { instrument: dated(), size: 180, price: 2_000 });
  });

  it("asks while it may move on, and once it must, for no more than before it", async () => {
    const { alice, bob } = local;
    await trade(local, alice, bob, { instrument: dated(), size: 150, price: 2_000 });
    await until(-1);
    const before = usd((await accountHealth(idOf(bob))).maintenance);
    // The last round, at −3 000 s, is good for an hour: from 600 s on the window is silent.
    await until(1_199);
    const third = usd((await accountHealth(idOf(bob))).maintenance);
    // 601 s of it are not known; 2 % of 100 000 USDC count as ever
    near(third, 2_000 + (before - 2_000) * (601 / 1_800), before * 0.02);
    for (const seconds of [1_205, 1_795, 1_900, 3_500]) {
      await until(seconds);
      near(usd((await accountHealth(idOf(bob))).maintenance), before, before * 0.02);
      await refuses(local, () => local.clearinghouse.write.call([idOf(bob)]), "AccountHealthy");
    }
  });

  it("takes no price from after its end", async () => {
    const { alice, bob, clearinghouse } = local;
    await trade(local, alice, bob, { instrument: dated(), size: 150, price: 2_000 });
    // At 2 900 bob, who sold 150, would owe 135 000 of his 100 000.
    await play(local, start, [
      [-60, 2_000],
      [900, 2_000],
      [1_900, 2_900],
    ]);
    await refuses(local, () => clearinghouse.write.call([idOf(bob)]), "AccountHealthy");
    await clearinghouse.write.observe([2n, 64n]);
    expect(usd((await expiryStateOf(local)).settlement)).to.equal(2_000);
  });

  it("is entered by no reducing batch, and no call, that cannot walk all that waits", async () => {
    const { alice, bob, clearinghouse } = local;
    await trade(local, alice, bob, { instrument: dated(), size: 150, price: 2_000 });
    await play(local, start, SEVENTEEN);
    const { account } = bob;
    const calls = [encoded(local, "observe", [2n, 64n]), taking(local, bob, idOf(bob), 10)];
    const batch = () => clearinghouse.write.batchReducing([idOf(bob), calls], { account });
    await refuses(local, batch, "EstimateBehind", [2n, 17n]);
    await refuses(local, () => clearinghouse.write.call([idOf(bob)]), "EstimateBehind", [2n, 17n]);
  });

  it("holds up no deposit, which then neither cures nor burns", async () => {
    const { alice, bob, clearinghouse } = local;
    await trade(local, alice, bob, { instrument: dated(), size: 150, price: 2_000 });
    await play(local, start, [[-200, 2_300]]);
    await clearinghouse.write.observe([2n, 64n]);
    await clearinghouse.write.call([idOf(bob)]); // 55 000 of 345 000·16 % and charges
    expect(await phaseOf(local, idOf(bob))).to.equal("Called");
    await play(local, start, SEVENTEEN);
    const { poked } = await clearinghouse.read.accountOf([idOf(bob)]);
    await local.deposit(bob, "USDC", 10);
    expect(await phaseOf(local, idOf(bob))).to.equal("Called");
    expect((await clearinghouse.read.accountOf([idOf(bob)])).poked).to.equal(poked);
    await clearinghouse.write.call([idOf(bob)]);
    expect(await phaseOf(local, idOf(bob))).to.equal("Clear");
  });
});
