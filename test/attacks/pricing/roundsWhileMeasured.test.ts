import { beforeEach, describe, it } from "mocha";

import { idOf, later } from "../../fixtures/margin.ts";
import { calmMarket, encoded, taking } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { perp, trade, type Trading } from "../../fixtures/trading.ts";

const ETH = 2;
const eth = perp(ETH);

// Alice: 12 000 USDC, long 20 ETH at 2 000; at 1 750 her equity is 6 940, her MM 6 546, her IM 9 582.
// Rounds that no one has observed, 33 hours of calm, would lower her MM to 6 437, her IM to 9 480.
describe("attack: rounds that are taken in while an act is measured", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
    const { alice, bob, clearinghouse, pool } = local;
    const [from, to] = [idOf(alice), idOf(alice, 1n)];
    const args = [from, to, pool.tokens["USDC"]!, 88_000_000_000n] as const;
    await clearinghouse.write.transfer(args, { account: alice.account });
    await trade(local, alice, bob, { instrument: eth, size: 20, price: 2_000 });
    await later(local, 60, { ETH: 1_750 });
    for (let i = 0; i < 28; ++i) {
      await later(local, 3_000, { ETH: 1_750 + (i % 2) });
      if (i % 7 === 6) await clearinghouse.write.observe([2n, 8n]);
    }
    for (let i = 0; i < 40; ++i) await later(local, 3_000, { ETH: 1_750 + (i % 2), USDC: 1 });
  });

  it("let nothing leave an account below IM as if the act had reduced", async () => {
    const { alice, clearinghouse } = local;
    const id = idOf(alice);
    const calls = [encoded(local, "observe", [2n, 100n]), taking(local, alice, id, 100)];
    const act = () => clearinghouse.write.batchReducing([id, calls], { account: alice.account });
    await refuses(local, act, "MarginTooLow");
  });
});
