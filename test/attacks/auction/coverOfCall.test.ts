import { expect } from "chai";
import { describe, it } from "mocha";

import { FUND } from "../../../sdk/types/Ids.ts";
import { calmMarket } from "../../fixtures/market.ts";
import { idOf, later, near, usd } from "../../fixtures/margin.ts";
import { perp, trade } from "../../fixtures/trading.ts";

const ETH = perp(2);

/** Alice is long 150 ETH at 2 000 on 100 000; at 1 500 she has 25 000 left and is called. */
async function called(gift: number, change: Parameters<typeof calmMarket>[0] = (p) => p) {
  const local = await calmMarket(change);
  const { alice, bob, carol, clearinghouse, pool } = local;
  await trade(local, alice, bob, { instrument: ETH, size: 150, price: 2_000 });
  await local.fund(carol, "USDC", gift);
  const args = [FUND, pool.tokens["USDC"]!, local.units("USDC", gift)] as const;
  await clearinghouse.write.deposit([...args], { account: carol.account });
  await later(local, 60, { ETH: 1_500 });
  const fund = usd(await clearinghouse.read.cashOf([FUND]));
  await clearinghouse.write.call([idOf(alice)]);
  const { cover } = (await clearinghouse.read.accountOf([idOf(alice)])).call;
  return { fund, cover: usd(cover) };
}

describe("attack: the cover of a call", () => {
  it("is what the fund holds of 1 % of what is open at prices of now", async () => {
    const { fund, cover } = await called(1_000);
    near(cover, fund / (150 * 1_500 * 0.01), 1e-4); // of 2 250
    expect(cover).to.be.within(0.4, 0.7);
  });

  it("asks for six times as much where leaving is dear", async () => {
    const { fund, cover } = await called(9_000, (p) => {
      p.factors["ETH"]!.exit = [0.05, 0.1];
      return p;
    });
    near(cover, fund / (150 * 1_500 * 0.06), 1e-4); // of 13 500
  });

  it("is a quarter at least, and all of it at most", async () => {
    expect((await called(1)).cover).to.equal(0.25);
    expect((await called(5_000)).cover).to.equal(1);
  });
});
