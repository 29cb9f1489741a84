import { expect } from "chai";

import {
  approve,
  borrow,
  deposit,
  getAccount,
  getCash,
  repay,
  transfer,
  withdraw,
} from "../../sdk/actions/index.ts";
import { accountId, assetId } from "../../sdk/types/Ids.ts";
import { stage } from "./stage.ts";

const WAD = 10n ** 18n;
const ETH = assetId(2, 0);

describe("custody actions", () => {
  let s: Awaited<ReturnType<typeof stage>>;
  let clean: { restore: () => Promise<void> };

  before(async () => {
    s = await stage();
    clean = await s.networkHelpers.takeSnapshot();
  });
  afterEach(() => clean.restore());

  async function balanceOf(symbol: string, owner: `0x${string}`) {
    return (await s.tokenOf(symbol)).read.balanceOf([owner]);
  }

  it("approve lets the vault take tokens, and deposit puts them into the account", async () => {
    const { carol, pool, receiver, units } = s;
    const token = pool.tokens["BTC"]!;
    await (await s.tokenOf("BTC")).write.mint([carol.account.address, units("BTC", 2)]);
    await approve(carol, { pool, token, amount: units("BTC", 1.5) });
    await deposit(carol, { pool, account: receiver, token, amount: units("BTC", 1.5) });
    const { holdings } = await getAccount(carol, { pool, account: receiver });
    expect(holdings).to.deep.equal([{ asset: assetId(1, 0), amount: (15n * WAD) / 10n }]);
    expect(await balanceOf("BTC", carol.account.address)).to.equal(units("BTC", 0.5));
  });

  it("withdraw sends to the sender unless told otherwise", async () => {
    const { alice, carol, pool, account, units } = s;
    const act = { pool, account, token: pool.tokens["ETH"]!, amount: units("ETH", 1) };
    await withdraw(alice, act);
    await withdraw(alice, { ...act, to: carol.account.address });
    expect(await balanceOf("ETH", alice.account.address)).to.equal(WAD);
    expect(await balanceOf("ETH", carol.account.address)).to.equal(WAD);
  });

  it("borrow takes cash one does not have, and returns the transaction's hash", async () => {
    const { alice, client, pool, account, units } = s;
    const before = await getCash(alice, { pool, account });
    const { hash } = await borrow(alice, { pool, account, amount: units("USDC", 100) });
    expect((await client.getTransactionReceipt({ hash })).status).to.equal("success");
    const borrowed = before - (await getCash(alice, { pool, account }));
    expect(borrowed).to.be.closeTo(100n * WAD, WAD / 100n);
  });

  it("repay takes no more than is owed, and says how much it was", async () => {
    const { alice, pool, account, units, fund } = s;
    await fund(alice, "USDC", 20_000);
    const { repaid } = await repay(alice, { pool, account, amount: units("USDC", 20_000) });
    expect(repaid).to.be.closeTo(units("USDC", 14_000), units("USDC", 0.01));
    expect(await getCash(alice, { pool, account })).to.be.lessThan(WAD);
  });

  it("transfer moves an asset between accounts of the pool", async () => {
    const { alice, pool, account, units } = s;
    const other = accountId(alice.account.address, 7n);
    const token = pool.tokens["ETH"]!;
    await transfer(alice, { pool, from: account, to: other, token, amount: units("ETH", 2) });
    const [mine, kept] = await Promise.all(
      [other, account].map((id) => getAccount(alice, { pool, account: id })),
    );
    expect(mine!.holdings).to.deep.equal([{ asset: ETH, amount: 2n * WAD }]);
    expect(kept!.holdings).to.deep.equal([{ asset: ETH, amount: 98n * WAD }]);
  });
});
