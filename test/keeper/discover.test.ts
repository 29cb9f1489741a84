import { expect } from "chai";

import * as actions from "../../sdk/actions/index.ts";
import { discover, type Checkpoint, type DiscoveryClient } from "../../sdk/keeper/index.ts";
import { accountId, FUND, ownerOf } from "../../sdk/types/Ids.ts";
import { keeperStage, WAD } from "./world.ts";

const NOTHING: Checkpoint = { block: 0n, accounts: [] };

describe("discovery of accounts", () => {
  it("finds who deposited, received, bid and inherited, and not the fund", async () => {
    const s = await keeperStage();
    const { alice, bob, carol, client, pool, account, lender, receiver, units } = s;
    const gift = accountId(alice.account.address, 9n);
    const buyer = accountId(carol.account.address, 3n);
    const ETH = pool.tokens["ETH"]!;
    await actions.transfer(alice, { pool, from: account, to: gift, token: ETH, amount: 1n });
    await s.fund(bob, "USDC", 10);
    const donation = { token: pool.tokens["USDC"]!, amount: units("USDC", 10) };
    await actions.deposit(bob, { pool, account: FUND, ...donation });
    await s.openAuction(165);
    const bounds = {
      smallest: 1n,
      maxPrice: WAD * WAD,
      minHealth: -WAD,
      maxHealth: WAD,
      data: "0x",
    } as const;
    const token = pool.tokens["USDC"]!;
    const amount = units("USDC", 15_000);
    await actions.transfer(carol, { pool, from: receiver, to: buyer, token, amount });
    const bid = { account, receiver: buyer, fraction: WAD / 10n, ...bounds };
    await actions.bid(carol, { pool, ...bid });
    for (let i = 0; i < 12; i += 1) {
      await s.networkHelpers.time.increase(180);
      await s.moveTo(134);
      await actions.call(carol, { pool, account });
    }
    const { backstopAccount } = await actions.takeOver(carol, { pool, account });
    const { accounts } = await discover(client, { pool, since: NOTHING });
    expect(accounts).to.have.members([account, lender, receiver, gift, buyer, backstopAccount]);
    expect(ownerOf(backstopAccount)).to.equal(`0x${"00".repeat(20)}`);
  });

  it("takes from each event the account that may now hold something", async () => {
    const id = (n: number) => accountId(`0x${"00".repeat(19)}${n}${n}`);
    const events = [
      { eventName: "Deposit", args: { account: id(1) } },
      { eventName: "Transfer", args: { from: id(9), to: id(2) } },
      { eventName: "Bid", args: { account: id(9), receiver: id(3) } },
      { eventName: "TakeOver", args: { account: id(9), backstopAccount: id(4) } },
      { eventName: "Withdraw", args: { account: id(9) } },
    ];
    const client = {
      getBlockNumber: () => Promise.resolve(10n),
      getContractEvents: () => Promise.resolve(events),
    } as unknown as DiscoveryClient;
    const { accounts } = await discover(client, { pool: { clearinghouse: "0x" }, since: NOTHING });
    expect(accounts).to.deep.equal([1, 2, 3, 4].map(id));
  });

  it("goes on from its checkpoint, a little behind the head", async () => {
    const s = await keeperStage();
    const { client, pool, account, lender, receiver } = s;
    const first = await discover(client, { pool, since: NOTHING });
    expect(first.accounts).to.have.members([account, lender, receiver]);
    await s.networkHelpers.mine(100);
    const head = await client.getBlockNumber();
    const second = await discover(client, { pool, since: { ...first, accounts: [] } });
    expect(second.block).to.equal(head - 64n);
    const third = await discover(client, { pool, since: { block: second.block, accounts: [] } });
    expect(third.accounts).to.deep.equal([]);
    expect(third.block).to.equal(head - 64n);
    await s.deposit(s.dave, "ETH", 1);
    const fourth = await discover(client, { pool, since: third });
    expect(fourth.accounts).to.deep.equal([accountId(s.dave.account.address)]);
  });

  it("reads every block, however few it asks for at once", async () => {
    const { client, pool } = await keeperStage();
    const whole = await discover(client, { pool, since: NOTHING });
    for (const span of [1, 7, 10_000]) {
      expect(await discover(client, { pool, since: NOTHING, span })).to.deep.equal(whole);
    }
  });
});
