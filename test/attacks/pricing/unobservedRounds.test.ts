import { beforeEach, describe, it } from "mocha";

import { calmPool, borrower, idOf, later, withdraw, type Local } from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

describe("attack: rounds nobody observed", () => {
  let local: Local;

  beforeEach(async () => {
    local = await calmPool();
    await borrower(local, 1_000);
  });

  async function rounds(n: number) {
    for (let i = 0; i < n; ++i) await later(local, 61, { ETH: 2_000 + i });
  }

  it("are walked by an act that adds risk, up to eight", async () => {
    await rounds(8);
    await withdraw(local, local.alice, "USDC", 1);
  });

  it("stop it past eight, until someone observes", async () => {
    await rounds(11);
    const borrow = () => withdraw(local, local.alice, "USDC", 1);
    await refuses(local, borrow, "EstimateBehind", [2n, 11n]);
    await local.clearinghouse.write.observe([2n, 3n], { account: local.bob.account });
    await borrow();
  });

  it("stop no repayment, no deposit and no one without debt", async () => {
    await rounds(11);
    await local.deposit(local.alice, "ETH", 1);
    await local.fund(local.alice, "USDC", 1);
    const { account } = local.alice;
    await local.clearinghouse.write.repay([idOf(local.alice), 1_000_000n], { account });
    await local.deposit(local.carol, "ETH", 1);
    await withdraw(local, local.carol, "ETH", 1);
  });
});
