import { expect } from "chai";
import { zeroAddress } from "viem";

import * as actions from "../../sdk/actions/index.ts";
import * as errors from "../../sdk/errors/index.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { FUND } from "../../sdk/types/Ids.ts";
import { stage } from "./stage.ts";

const WAD = 10n ** 18n;

/** What `act` throws. */
async function thrownBy(act: Promise<unknown>): Promise<unknown> {
  return act.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("refusals of actions", () => {
  let s: Awaited<ReturnType<typeof stage>>;
  before(async () => (s = await stage()));

  it("throw the class of the Solidity error, with its numbers", async () => {
    const { alice, pool, account, units } = s;
    const error = await thrownBy(
      actions.borrow(alice, { pool, account, amount: units("USDC", 2_000) }),
    );
    expect(error).to.be.instanceOf(errors.MarginTooLow);
    const { account: named, equity, required, uncounted } = error as errors.MarginTooLow;
    expect(named).to.equal(account);
    expect(equity).to.be.closeTo(3_500n * WAD, WAD / 100n);
    expect(required).to.be.greaterThan(equity);
    expect(uncounted).to.equal(0n);
  });

  it("spend no gas: nothing is sent", async () => {
    const { alice, client, pool, account, units } = s;
    const address = alice.account.address;
    const count = await client.getTransactionCount({ address });
    const error = await thrownBy(
      actions.borrow(alice, { pool, account, amount: units("USDC", 2_000) }),
    );
    expect(error).to.be.instanceOf(errors.MarginTooLow);
    expect(await client.getTransactionCount({ address })).to.equal(count);
  });

  it("name a stranger and the scope it lacks", async () => {
    const { carol, pool, account, units } = s;
    const act = { pool, account, token: pool.tokens["ETH"]!, amount: units("ETH", 1) };
    const error = await thrownBy(actions.withdraw(carol, act));
    expect(error).to.be.instanceOf(errors.NotAuthorized);
    expect((error as errors.NotAuthorized).scope).to.equal(actions.scopes.withdraw);
    expect((error as errors.NotAuthorized).caller.toLowerCase()).to.equal(carol.account.address);
  });

  it("bring up the token's own error through the vault", async () => {
    const { carol, pool, receiver, units } = s;
    const amount = units("USDC", 5);
    const act = { pool, account: receiver, token: pool.tokens["USDC"]!, amount };
    const error = await thrownBy(actions.deposit(carol, act));
    expect(error).to.be.instanceOf(errors.ERC20InsufficientAllowance);
    expect((error as errors.ERC20InsufficientAllowance).needed).to.equal(amount);
  });

  it("bring up the error of a verb inside a batch", async () => {
    const { alice, pool, account, units } = s;
    const token = pool.tokens["ETH"]!;
    const act = { pool, account, token, to: alice.account.address, amount: units("ETH", 101) };
    const acts = [actions.withdrawAct(act)];
    const error = await thrownBy(actions.batch(alice, { pool, acts }));
    expect(error).to.be.instanceOf(errors.MoreThanHeld);
    expect((error as errors.MoreThanHeld).held).to.equal(units("ETH", 100));
  });

  it("come from reads too", async () => {
    const { carol, pool, account } = s;
    const error = await thrownBy(actions.getSlice(carol, { pool, account, fraction: 1n }));
    expect(error).to.be.instanceOf(errors.NotInAuction);
    expect((error as errors.NotInAuction).phase).to.equal(Phase.Clear);
  });

  it("come from simulation alone", async () => {
    const { carol, pool } = s;
    const error = await thrownBy(actions.simulate(carol, actions.callAct({ pool, account: FUND })));
    expect(error).to.be.instanceOf(errors.ReservedAccount);
  });

  it("come from approve, when the token refuses the spender", async () => {
    const { carol, pool } = s;
    const args = { pool: { vault: zeroAddress }, token: pool.tokens["USDC"]!, amount: 1n };
    const error = await thrownBy(actions.approve(carol, args));
    expect(error).to.be.instanceOf(errors.ERC20InvalidSpender);
  });
});
