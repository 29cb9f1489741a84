import { expect } from "chai";

import {
  batch,
  depositAct,
  getAccount,
  getPermission,
  OtherPool,
  scopes,
  setGrace,
  setOperator,
  setOperatorAct,
  setSponsor,
  transfer,
  withdraw,
} from "../../sdk/actions/index.ts";
import { SponsorFeeTooHigh } from "../../sdk/errors/index.ts";
import { accountId } from "../../sdk/types/Ids.ts";
import { stage } from "./stage.ts";

describe("authority actions", () => {
  let s: Awaited<ReturnType<typeof stage>>;
  let clean: { restore: () => Promise<void> };

  before(async () => {
    s = await stage();
    clean = await s.networkHelpers.takeSnapshot();
  });
  afterEach(() => clean.restore());

  it("setOperator lets another act within its scopes, and zero revokes", async () => {
    const { alice, carol, pool, account, units } = s;
    const operator = carol.account.address;
    const expiry = 4_000_000_000;
    const granted = scopes.withdraw | scopes.liquidate;
    await setOperator(alice, { pool, account, operator, scopes: granted, expiry });
    expect(await getPermission(carol, { pool, account, operator })).to.deep.equal({
      scopes: 20,
      expiry,
      lossLimit: 0n,
      lost: 0n,
      day: 0,
    });
    const amount = units("ETH", 1);
    await withdraw(carol, { pool, account, token: pool.tokens["ETH"]!, amount });
    await setOperator(alice, { pool, account, operator, scopes: 0, expiry: 0 });
    expect((await getPermission(carol, { pool, account, operator })).scopes).to.equal(0);
  });

  it("setGrace chooses how long a call may take", async () => {
    const { bob, pool, lender } = s;
    await setGrace(bob, { pool, account: lender, tier: 3 });
    expect((await getAccount(bob, { pool, account: lender })).tier).to.equal(3);
  });

  it("setSponsor names who may top up for a fee", async () => {
    const { bob, carol, pool, lender } = s;
    const sponsor = carol.account.address;
    await setSponsor(bob, { pool, account: lender, sponsor, fee: 20_000_000 });
    const { sponsorship } = await getAccount(bob, { pool, account: lender });
    expect(sponsorship).to.deep.equal({
      ...{ sponsor: sponsor.toLowerCase(), fee: 2n * 10n ** 16n, owed: 0n },
    });
    const greedy = { pool, account: lender, sponsor, fee: 60_000_000 };
    const error = await setSponsor(bob, greedy).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(SponsorFeeTooHigh);
  });

  it("batch runs its acts in one transaction", async () => {
    const { carol, client, pool, receiver, units, fund } = s;
    await fund(carol, "ETH", 3);
    const operator = carol.account.address;
    const granted = { scopes: scopes.trade, expiry: 1, lossLimit: 5n };
    const acts = [
      depositAct({ pool, account: receiver, token: pool.tokens["ETH"]!, amount: units("ETH", 3) }),
      setOperatorAct({ pool, account: receiver, operator, ...granted }),
    ];
    const { hash } = await batch(carol, { pool, acts });
    const receipt = await client.getTransactionReceipt({ hash });
    expect(receipt.status).to.equal("success");
    expect((await getAccount(carol, { pool, account: receiver })).holdings).to.have.length(1);
    const permission = await getPermission(carol, { pool, account: receiver, operator });
    expect(permission).to.include(granted);
  });

  it("batch refuses an act that is for another pool", async () => {
    const { carol, pool, receiver } = s;
    const other = { clearinghouse: pool.lens };
    const act = { pool: other, account: receiver, token: pool.tokens["ETH"]!, amount: 1n };
    const error = await batch(carol, { pool, acts: [depositAct(act)] }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(OtherPool);
    expect((error as OtherPool).index).to.equal(0);
    expect((error as OtherPool).found).to.equal(pool.lens);
  });

  it("a gift between strangers needs the receiver to hold the asset", async () => {
    const { alice, bob, pool, account, units } = s;
    const args = {
      pool,
      from: account,
      to: accountId(bob.account.address),
      amount: units("ETH", 1),
    };
    const error = await transfer(alice, { ...args, token: pool.tokens["ETH"]! }).catch(
      (e: unknown) => e,
    );
    expect((error as Error).name).to.equal("NotHeld");
  });
});
