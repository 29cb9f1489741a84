import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import {
  encodeFunctionData,
  getAddress,
  maxUint256,
  zeroAddress,
  type Address,
  type Hex,
} from "viem";

import { later, near, phaseOf, usd } from "../../fixtures/margin.ts";
import { withdraw } from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { climb, FEE, feesOf, freeOf, sponsored, topUp } from "../../fixtures/sponsored.ts";
import type { Sponsored } from "../../fixtures/sponsored.ts";

// Alice lacks 389 for a cure: at 5 % carol can earn 19.45.
const MOST = 19.45;

describe("attack: sponsors, and owners who have one", () => {
  let stage: Sponsored;

  beforeEach(async () => {
    stage = await sponsored();
  });

  const name = (sponsor: Address, fee = FEE) => {
    const { local, alice } = stage;
    return local.clearinghouse.write.setSponsor([alice, sponsor, fee], {
      account: local.alice.account,
    });
  };

  it("nobody is named during a call", async () => {
    const { local, alice } = stage;
    await refuses(local, () => name(local.dave.account.address), "InCall", [alice, 1]);
    await refuses(local, () => name(zeroAddress, 0), "InCall", [alice, 1]);
  });

  it("no one takes more than 5 %", async () => {
    const { local, alice } = stage;
    await topUp(stage, 500, "USDC", local.alice);
    const numbers = [alice, 50_000_001n, 50_000_000n];
    await refuses(
      local,
      () => name(local.dave.account.address, FEE + 1),
      "SponsorFeeTooHigh",
      numbers,
    );
    await name(local.dave.account.address, FEE);
  });

  it("dust earns nothing", async () => {
    const { local, alice } = stage;
    for (let i = 0; i < 3; ++i) await topUp(stage, "0.000019");
    expect((await local.clearinghouse.read.accountOf([alice])).owes).to.equal(false);
    await topUp(stage, "0.00003");
    expect(await feesOf(stage)).to.deep.equal({ owed: 0.000001, paid: 0 });
  });

  it("nothing is earned by what is more than a cure", async () => {
    const { networkHelpers } = stage.local;
    const restored = await networkHelpers.takeSnapshot();
    await topUp(stage, 3_000);
    near((await feesOf(stage)).owed, MOST, 0.2);
    await restored.restore();

    // 3 ETH are 5 070, and MM then counts them, too.
    await topUp(stage, 3, "ETH");
    near((await feesOf(stage)).owed, MOST, 0.2);
  });

  it("parts earn no more than the whole", async () => {
    for (let i = 0; i < 5; ++i) await topUp(stage, 100);
    const { owed } = await feesOf(stage);
    expect(owed).to.be.within(MOST - 0.5, MOST + 0.2);
  });

  it("nothing is earned by a stranger, by repaying, or outside a call", async () => {
    const { local, alice, act } = stage;
    await topUp(stage, 50, "USDC", local.dave);
    await local.fund(local.carol, "USDC", 50);
    const by = { address: local.carol.account.address };
    await act({ verb: "repay", account: alice, amount: local.units("USDC", 50), by });
    expect(await phaseOf(local, alice)).to.equal("Called");
    await topUp(stage, 500, "USDC", local.dave);
    await topUp(stage, 500);
    expect((await local.clearinghouse.read.accountOf([alice])).owes).to.equal(false);
  });

  it("a sponsor opens no slot", async () => {
    const { local, alice } = stage;
    await local.fund(local.carol, "BTC", 1);
    const { address } = local.carol.account;
    const btc = local.pool.tokens["BTC"]!;
    const put = () => local.clearinghouse.write.deposit([alice, btc, 1_000n], { account: address });
    await refuses(local, put, "NotHeld");
  });

  it("an owner cannot name another to be rid of a fee, but can stop it from growing", async () => {
    const { local, alice } = stage;
    await topUp(stage, 500);
    const { sponsorship } = await local.clearinghouse.read.accountOf([alice]);
    const carol = local.carol.account.address;
    const numbers = [alice, carol, sponsorship.owed * 10n ** 12n];
    await refuses(local, () => name(local.dave.account.address), "SponsorUnpaid", numbers);
    await refuses(local, () => name(zeroAddress, 0), "SponsorUnpaid", numbers);

    await name(carol, 0);
    await later(local, 60, { ETH: 1_600 });
    await stage.act({ verb: "call", account: alice });
    await topUp(stage, 100);
    expect((await local.clearinghouse.read.accountOf([alice])).sponsorship).to.include({
      ...{ fee: 0, owed: sponsorship.owed },
    });
  });

  it("an owner who takes all that IM lets leaves the fee behind", async () => {
    const { local, alice } = stage;
    await topUp(stage, 500);
    const { owed } = await feesOf(stage);
    await local.deposit(local.alice, "USDC", 8_400);
    await climb(stage);
    await local.setPrice("USDC", 1);
    await withdraw(local, local.alice, "USDC", 100);
    near((await feesOf(stage)).paid, owed, 1e-6);
    expect((await local.clearinghouse.read.accountOf([alice])).owes).to.equal(false);
  });

  it("an owner who closes the account, out of what it sells, pays the fee", async () => {
    const { local, alice } = stage;
    await topUp(stage, 500);
    const { owed } = await feesOf(stage);
    expect(await freeOf(stage)).to.be.lessThan(0);

    // Nothing is owed to the pool then, so no margin is asked for.
    await local.fund(local.alice, "USDC", 14_000);
    const account = local.alice.account;
    const { abi } = local.clearinghouse;
    const [usdc, eth] = [local.pool.tokens["USDC"]!, local.pool.tokens["ETH"]!];
    const encode = (functionName: "deposit" | "withdraw", args: readonly unknown[]): Hex =>
      encodeFunctionData({ abi, functionName, args } as never);
    const calls = [
      encode("deposit", [alice, usdc, local.units("USDC", 13_501)]),
      encode("withdraw", [alice, eth, local.units("ETH", 10), account.address]),
    ];
    const close = () => local.clearinghouse.write.batchReducing([alice, calls], { account });
    await refuses(local, close, "SponsorUnpaid");
    // In a plain batch the deposit pays it, and the rest of the cash falls short.
    await refuses(
      local,
      () => local.clearinghouse.write.batch([calls], { account }),
      "MarginTooLow",
    );
    const less = encode("withdraw", [alice, eth, local.units("ETH", "9.7"), account.address]);
    await local.clearinghouse.write.batchReducing([alice, [calls[0]!, less]], { account });
    const after = await feesOf(stage);
    near(after.paid + after.owed, owed, 1e-6);
    const [equity, maintenance] = await local.clearinghouse.read.health([alice]);
    expect(usd(equity - maintenance)).to.be.greaterThan(after.owed);
  });

  it("a sponsor whose own account is in call is paid when it is no more, and holds no one up", async () => {
    const { local, act, alice } = stage;
    await topUp(stage, 500);
    const { owed } = await feesOf(stage);
    await climb(stage);
    const carol = await local.deposit(local.carol, "ETH", 10);
    await local.setPrice("USDC", 1);
    await withdraw(local, local.carol, "USDC", 13_500);
    await later(local, 60, { ETH: 1_580 });
    await act({ verb: "call", account: carol });

    await topUp(stage, 13_501, "USDC", local.alice);
    expect(await freeOf(stage)).to.be.greaterThan(1_000);
    expect((await feesOf(stage)).owed).to.equal(owed);
    await withdraw(local, local.alice, "ETH", 1);
    expect((await feesOf(stage)).owed).to.equal(owed);

    await local.deposit(local.carol, "USDC", 5_000);
    expect(await phaseOf(local, carol)).to.equal("Clear");
    await act({ verb: "settleExpired", account: alice });
    expect((await feesOf(stage)).owed).to.equal(0);
  });

  it("an owner who is its own sponsor earns from nobody else", async () => {
    const { local, alice, act } = stage;
    await topUp(stage, 500, "USDC", local.dave);
    const owner = local.alice.account.address;
    await act({ verb: "setSponsor", account: alice, sponsor: owner, fee: FEE });
    await later(local, 60, { ETH: 1_600 });
    await act({ verb: "call", account: alice });
    expect(await phaseOf(local, alice)).to.equal("Called");
    const before = await act({ verb: "accrue" });
    const cure = await topUp(stage, 14_000, "USDC", local.alice);
    const paid = cure.events.find(({ eventName }) => eventName === "SponsorPaid");
    expect(paid?.args).to.include({ account: alice, sponsor: getAddress(owner) });
    expect(cure.after.cash.fund >= before.after.cash.fund).to.equal(true);
    const gained = cure.after.accounts[alice]!.principal - before.after.accounts[alice]!.principal;
    expect(usd(gained)).to.be.lessThan(14_000);
  });

  it("a new price on the way of a token earns nothing", async () => {
    const { local, alice } = stage;
    const usdc = local.pool.tokens["USDC"]!;
    const model = await local.viem.deployContract("CallbackToken");
    const code = await local.client.getCode({ address: model.address });
    await local.networkHelpers.setCode(usdc, code!);
    const token = await local.viem.getContractAt("CallbackToken", usdc);
    const feed = await local.viem.getContractAt("MockV3Aggregator", local.pool.feeds["ETH"]!);
    const { address } = local.carol.account;
    await token.write.mint([address, 10n ** 12n]);
    await token.write.approve([local.pool.vault, maxUint256], { account: address });
    const rise = encodeFunctionData({
      ...{ abi: feed.abi, functionName: "updateAnswer", args: [1_730n * 10n ** 8n] },
    });
    await token.write.arm([feed.address, [rise]]);
    // By a clearinghouse that foretells nothing: no preview knows what a token does.
    const clearinghouse = await local.viem.getContractAt(
      "IClearinghouse",
      local.pool.clearinghouse,
    );
    await clearinghouse.write.deposit([alice, usdc, 1_000_000n], { account: address });
    expect(await feed.read.latestAnswer()).to.equal(1_730n * 10n ** 8n);
    expect((await feesOf(stage)).owed).to.be.within(0.049, 0.05);
  });
});
