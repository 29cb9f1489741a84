import { before, describe, it } from "mocha";
import { maxUint256, type Address } from "viem";

import { FUND } from "../../../sdk/types/Ids.ts";
import { borrower, calmPool, idOf, type Local } from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

describe("attack: amounts no one has", () => {
  let local: Local;
  let eth: Address;
  let usdc: Address;

  before(async () => {
    local = await calmPool();
    eth = local.pool.tokens["ETH"]!;
    usdc = local.pool.tokens["USDC"]!;
    await borrower(local, 1_000);
  });

  const alice = () => ({ id: idOf(local.alice), account: local.alice.account });

  for (const symbol of ["ETH", "USDC"]) {
    const token = () => local.pool.tokens[symbol]!;

    it(`nothing of ${symbol} can be moved`, async () => {
      const { id, account } = alice();
      const { clearinghouse, bob } = local;
      const verbs = [
        () => clearinghouse.write.deposit([id, token(), 0n], { account }),
        () => clearinghouse.write.withdraw([id, token(), 0n, account.address], { account }),
        () => clearinghouse.write.transfer([id, idOf(bob), token(), 0n], { account }),
      ];
      for (const verb of verbs) await refuses(local, verb, "AmountZero", []);
    });

    it(`2^256 - 1 of ${symbol} cannot be moved`, async () => {
      const { id, account } = alice();
      const { clearinghouse } = local;
      const most = symbol === "ETH" ? 10n ** 33n : 10n ** 21n;
      const args = [token(), maxUint256, most];
      const out = () =>
        clearinghouse.write.withdraw([id, token(), maxUint256, account.address], { account });
      await refuses(local, out, "AmountTooLarge", args);
      const over = () =>
        clearinghouse.write.transfer([id, idOf(local.alice, 1n), token(), maxUint256], { account });
      if (symbol === "USDC") await refuses(local, over, "AmountTooLarge", args);
      else await refuses(local, over, "MoreThanHeld", [id, token(), 10n ** 19n, maxUint256]);
      const held = await (await local.tokenOf(symbol)).read.balanceOf([account.address]);
      const into = () => clearinghouse.write.deposit([id, token(), maxUint256], { account });
      const name = symbol === "ETH" ? "ERC20InsufficientBalance" : "ERC20InsufficientAllowance";
      const numbers = symbol === "ETH" ? [account.address, held, maxUint256] : undefined;
      await refuses(local, into, name, numbers);
    });
  }

  it("a unit more than is held can be neither withdrawn nor transferred", async () => {
    const { id, account } = alice();
    const { clearinghouse } = local;
    const more = 10n ** 19n + 1n;
    const args = [id, eth, 10n ** 19n, more];
    const out = () => clearinghouse.write.withdraw([id, eth, more, account.address], { account });
    await refuses(local, out, "MoreThanHeld", args);
    const over = () =>
      clearinghouse.write.transfer([id, idOf(local.alice, 1n), eth, more], { account });
    await refuses(local, over, "MoreThanHeld", args);
  });

  it("more cash than the vault has cannot be taken", async () => {
    const { id, account } = alice();
    const out = () =>
      local.clearinghouse.write.withdraw([id, usdc, 999_001_000_000n, account.address], {
        account,
      });
    await refuses(local, out, "NotEnoughIdle");
  });

  it("a debt that is not there cannot be repaid", async () => {
    const { clearinghouse, bob, carol } = local;
    const account = bob.account;
    for (const id of [idOf(bob), idOf(carol), FUND]) {
      await refuses(local, () => clearinghouse.write.repay([id, 1n], { account }), "NothingOwed", [
        id,
      ]);
    }
    const nothing = () => clearinghouse.write.repay([alice().id, 0n], { account });
    await refuses(local, nothing, "AmountZero", []);
  });

  it("2^256 - 1 repays the debt and no more", async () => {
    const { clearinghouse, bob } = local;
    await local.fund(bob, "USDC", 5_000);
    const token = await local.tokenOf("USDC");
    const before = await token.read.balanceOf([bob.account.address]);
    await clearinghouse.write.repay([alice().id, maxUint256], { account: bob.account });
    const paid = before - (await token.read.balanceOf([bob.account.address]));
    // 1 000 borrowed a few seconds ago at a low rate: a unit or so of interest
    if (paid < 1_000_000_000n || paid > 1_000_001_000n) throw new Error(`repaid ${paid}`);
    if ((await clearinghouse.read.cashOf([alice().id])) < 0n) throw new Error("still in debt");
  });
});
