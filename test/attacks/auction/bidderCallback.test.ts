import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { encodeFunctionData, type AbiParameter, type Address, type Hex } from "viem";

import { clearinghouseAbi } from "../../../sdk/generated/clearinghouseAbi.ts";
import { accountId, type AccountId } from "../../../sdk/types/Ids.ts";
import { approval, calledStage, script, scriptedStage, type Step } from "../../fixtures/flash.ts";
import { idOf, offer, phaseOf, WAD, withdraw } from "../../fixtures/margin.ts";
import { encoded } from "../../fixtures/market.ts";
import { decode, digest, refuses } from "../../fixtures/refusal.ts";

const [WITHDRAW, LIQUIDATE] = [4, 16] as const;
const FOR_RECEIVER = ["deposit", "withdraw", "transfer", "repay"];

/** Every function of the clearinghouse that changes something, with nothing but zeros. */
function verbs(): { name: string; data: Hex }[] {
  return clearinghouseAbi.flatMap((item) => {
    if (item.type !== "function" || item.stateMutability === "view") return [];
    const args = (item.inputs as readonly AbiParameter[]).map(zero);
    const data = encodeFunctionData({ abi: [item], functionName: item.name, args } as never);
    return [{ name: item.name, data }];
  });
}

function zero(input: AbiParameter): unknown {
  const fixed = /^(.*)\[(\d+)\]$/.exec(input.type);
  if (fixed) {
    return Array.from({ length: Number(fixed[2]) }, () => zero({ ...input, type: fixed[1]! }));
  }
  if (input.type.endsWith("[]")) return [];
  if (input.type === "tuple") {
    const { components } = input as { components: readonly AbiParameter[] };
    return Object.fromEntries(components.map((one) => [one.name, zero(one)]));
  }
  if (input.type === "address") return `0x${"00".repeat(20)}`;
  if (input.type === "bytes") return "0x";
  if (input.type.startsWith("bytes")) return `0x${"00".repeat(Number(input.type.slice(5)))}`;
  return input.type === "bool" ? false : 0n;
}

describe("attack: a bidder who is called", () => {
  let stage: Awaited<ReturnType<typeof scriptedStage>>;
  let clearinghouse: Address;

  beforeEach(async () => {
    stage = await scriptedStage();
    clearinghouse = stage.local.pool.clearinghouse;
  });

  const must = (target: Address, data: Hex): Step => ({ target, data, must: true });
  const may = (target: Address, data: Hex): Step => ({ target, data, must: false });

  const take = (token: Address, amount: bigint, to: Address, account = stage.receiver) =>
    encoded(stage.local, "withdraw", [account, token, amount, to]);
  const put = (token: Address, amount: bigint, account = stage.receiver) =>
    encoded(stage.local, "deposit", [account, token, amount]);
  const repay = (amount: bigint, account = stage.receiver) =>
    encoded(stage.local, "repay", [account, amount]);
  const give = (to: AccountId, token: Address, amount: bigint) =>
    encoded(stage.local, "transfer", [stage.receiver, to, token, amount]);

  const bid = (steps: readonly Step[], fraction = WAD, receiver = stage.receiver) =>
    stage.bidder.write.bid([
      clearinghouse,
      { ...offer(stage.sold, receiver, fraction), data: script(steps) },
    ]);

  /** What each step was told that need not be done. */
  async function told() {
    const answers = await stage.bidder.read.answers();
    return answers.map(({ entered, said }) => (entered ? "entered" : decode(said).name));
  }

  const enough = () => must(clearinghouse, put(stage.usdc, 10_000_000_000n));

  it("finds every verb shut but those of the account that bought", async () => {
    const all = verbs();
    expect(all.map(({ name }) => name)).to.include.members([
      "bid",
      "batch",
      "settle",
      ...FOR_RECEIVER,
    ]);
    await bid([...all.map(({ data }) => may(clearinghouse, data)), enough()]);
    const answers = await told();
    for (const [i, { name }] of all.entries()) {
      const other = name === "setAuthority" ? "AccessManagedUnauthorized" : "Reentered";
      const own = FOR_RECEIVER.includes(name) ? "ClosedDuringBid" : other;
      expect(answers[i], name).to.equal(name === "settle" ? "entered" : own); // with no fill
    }
    expect(answers).to.have.length(all.length);
  });

  it("may deposit, withdraw, repay and transfer for the account that bought", async () => {
    const { local, receiver, eth, usdc, bidder } = stage;
    const dave = local.dave.account.address;
    const next = accountId(bidder.address, 1n);
    await bid([
      must(clearinghouse, take(eth, WAD / 10n, dave)), // in debt to the last cent
      must(clearinghouse, repay(1_000_000_000n)),
      must(clearinghouse, put(usdc, 9_000_000_000n)),
      must(clearinghouse, give(next, eth, WAD / 10n)),
    ]);
    expect(await (await local.tokenOf("ETH")).read.balanceOf([dave])).to.equal(WAD / 10n);
    expect((await local.clearinghouse.read.accountOf([next])).holdings[0]! >> 16n).to.equal(
      WAD / 10n,
    );
    const [equity, required] = await local.clearinghouse.read.initial([receiver]);
    expect(equity > required).to.equal(true);
  });

  it("leaves the clearinghouse as it was: everyone's verbs work in the next act", async () => {
    const { local, usdc } = stage;
    await bid([enough()]);
    const { bob } = local;
    const args = [idOf(bob), usdc, 1_000_000n, bob.account.address] as const;
    await local.clearinghouse.write.withdraw(args, { account: bob.account });
    await local.clearinghouse.write.accrue();
  });

  it("gets nothing in through a token of its own verb", async () => {
    const { local, sold, receiver, usdc, eth } = stage;
    const model = await local.viem.deployContract("CallbackToken");
    const code = await local.client.getCode({ address: model.address });
    await local.networkHelpers.setCode(usdc, code!);
    const token = await local.viem.getContractAt("CallbackToken", usdc);
    await token.write.mint([stage.bidder.address, 20_000_000_000n]);
    await stage.bidder.write.run([[approval(usdc, stage.local.pool.vault)]]);
    const mine = accountId(usdc);
    const calls = [
      ...[put(eth, 1n), take(eth, 1n, usdc), repay(1n), give(mine, eth, 1n)],
      ...[put(eth, 1n, mine), put(eth, 1n, sold), ...verbs().map(({ data }) => data)],
    ];
    await token.write.arm([clearinghouse, calls]);
    await bid([enough()]);
    const [entered, answers] = await token.read.seen();
    expect(entered).to.equal(0n);
    expect(answers).to.have.length(calls.length);
    const names = new Set(answers.map((answer) => decode(answer).name));
    expect([...names].sort()).to.deep.equal(["AccessManagedUnauthorized", "Reentered"]);
    expect((await local.clearinghouse.read.accountOf([receiver])).principal > 0n).to.equal(true);
  });

  it("moves nothing to the account that it buys from, cured or not, nor does anyone", async () => {
    const { local, sold, receiver, usdc, eth } = stage;
    const other = await local.viem.deployContract("ScriptedBidder");
    const { abi } = other;
    const closed = [put(usdc, 1n, sold), repay(1n, sold), give(sold, eth, 1n)];
    const steps = [must(clearinghouse, put(usdc, 1n, sold))];
    const byOther = encodeFunctionData({ abi, functionName: "run", args: [steps] });
    for (const fraction of [WAD / 10n, WAD]) {
      const snapshot = await local.networkHelpers.takeSnapshot();
      await bid(
        [...closed.map((data) => may(clearinghouse, data)), may(other.address, byOther), enough()],
        fraction,
      );
      expect(await told()).to.deep.equal(Array(4).fill("ClosedDuringBid"));
      expect(await phaseOf(local, sold)).to.equal(fraction === WAD ? "Clear" : "Auction");
      await snapshot.restore();
    }
    const act = () => bid([must(clearinghouse, give(sold, eth, 1n))]);
    await refuses(local, act, "ClosedDuringBid", [sold, receiver]);
  });

  it("moves nothing to an account in call, whose fuse no one would look at", async () => {
    const { local, bidder, sold, receiver, eth } = await scriptedStage(async (one) => {
      await one.deposit(one.carol, "USDC", 100_000);
      await one.deposit(one.dave, "ETH", 10);
      await withdraw(one, one.dave, "USDC", 14_000);
    });
    const called = idOf(local.dave);
    await local.clearinghouse.write.call([called]);
    expect(await phaseOf(local, called)).to.equal("Called");
    const gift = encoded(local, "transfer", [receiver, called, eth, 1n]);
    const { clearinghouse } = local.pool;
    const data = script([must(clearinghouse, gift)]);
    const act = () => bidder.write.bid([clearinghouse, { ...offer(sold, receiver), data }]);
    await refuses(local, act, "ClosedDuringBid", [called, receiver]);
  });

  it("whose account is in call is looked at before its bid and after, not on the way", async () => {
    const { local, bidder, sold, receiver, eth, usdc } = await calledStage();
    const { clearinghouse } = local.pool;
    const verb = (name: "deposit" | "withdraw", ...args: unknown[]) =>
      must(clearinghouse, encoded(local, name, [receiver, ...args]));
    const data = script([
      verb("withdraw", eth, 11n * WAD, bidder.address), // 16 000 and more below zero
      verb("deposit", eth, 11n * WAD),
      verb("deposit", usdc, 20_000_000_000n),
    ]);
    expect(await phaseOf(local, receiver)).to.equal("Called");
    await bidder.write.bid([clearinghouse, { ...offer(sold, receiver), data }]);
    expect(await phaseOf(local, receiver)).to.equal("Clear");
    expect(await local.clearinghouse.getEvents.LossSeen()).to.deep.equal([]);
    expect(await local.clearinghouse.getEvents.Cured({ account: receiver })).to.have.length(1);
  });

  it("may not use another's account, nor one it owns that did not buy", async () => {
    const { local, bidder, receiver, eth, usdc } = stage;
    const next = accountId(bidder.address, 1n);
    await bidder.write.run([[must(clearinghouse, put(usdc, 1_000_000n, next))]]);
    for (const account of [next, idOf(local.bob)]) {
      const act = () => bid([must(clearinghouse, take(usdc, 1n, bidder.address, account))]);
      await refuses(local, act, "ClosedDuringBid", [account, receiver]);
    }
    const stolen = () => bid([must(clearinghouse, take(eth, 11n * WAD, bidder.address))]);
    const [account] = await refuses(local, stolen, "MoreThanHeld");
    expect(account).to.equal(receiver);
  });

  it("who takes the slice and leaves the debt has bought nothing", async () => {
    const { local, bidder, receiver, eth } = stage;
    const act = () => bid([must(clearinghouse, take(eth, WAD / 10n, bidder.address))], WAD / 100n);
    const whole = () => bid([must(clearinghouse, take(eth, WAD / 10n, bidder.address))], WAD / 10n);
    await refuses(local, act, "BidTooSmall");
    const [account, equity] = await refuses(local, whole, "MarginTooLow");
    expect(account).to.equal(receiver);
    expect(Number(equity) / 1e18 < -100).to.equal(true);
  });

  it("who borrows all the pool has, and brings it back, has only its own", async () => {
    const { local, bidder, usdc } = stage;
    const [{ booked }] = await local.clearinghouse.read.ledger();
    const [, { minimumIdle }] = await local.clearinghouse.read.ledger();
    const idle = (booked / WAD - BigInt(minimumIdle) - 1n) * 1_000_000n;
    const half = idle / 2n;
    const cash = await local.tokenOf("USDC");
    await bid([
      must(clearinghouse, take(usdc, half, bidder.address)),
      must(clearinghouse, put(usdc, half)),
      enough(),
    ]);
    expect(await cash.read.balanceOf([bidder.address])).to.equal(local.units("USDC", 10_000));
    const act = () => bid([must(clearinghouse, take(usdc, half, bidder.address)), enough()]);
    await refuses(local, act, "NotInAuction"); // the first cured it
  });

  it("that reverts undoes its bid, with its reason", async () => {
    const { local } = stage;
    const unknown = local.pool.vault;
    await refuses(local, () => bid([must(clearinghouse, put(unknown, 1n))]), "UnknownAsset", [
      unknown,
    ]);
  });

  it("without code is no bidder", async () => {
    const { local, sold } = stage;
    const { carol } = local;
    await local.deposit(carol, "USDC", 50_000);
    const wish = { ...offer(sold, idOf(carol)), data: "0x01" as Hex };
    const before = await digest(local);
    const done = await local.clearinghouse.write.bid([wish], { account: carol.account }).then(
      () => true,
      () => false,
    );
    expect(done).to.equal(false);
    expect(await digest(local)).to.equal(before);
  });

  it("as an operator has no more than its scopes", async () => {
    const { local, bidder, eth } = stage;
    const { carol, dave } = local;
    const id = await local.deposit(carol, "USDC", 50_000);
    const expiry = 2 ** 39;
    const allow = (scopes: number) =>
      local.clearinghouse.write.setOperator([id, bidder.address, scopes, expiry, 0n], {
        account: carol.account,
      });
    const steps = [must(clearinghouse, take(eth, 1n, dave.account.address, id))];
    await allow(LIQUIDATE);
    const args = [id, bidder.address, WITHDRAW, expiry];
    await refuses(local, () => bid(steps, WAD, id), "NotAuthorized", args);
    await allow(LIQUIDATE | WITHDRAW);
    await bid(steps, WAD, id);
    expect(await (await local.tokenOf("ETH")).read.balanceOf([dave.account.address])).to.equal(1n);
  });

  it("is not called from a batch, which has not proved what it did before", async () => {
    const { local, sold, receiver, bidder } = stage;
    const batch = (data: Hex) => {
      const one = encoded(local, "bid", [{ ...offer(sold, receiver), data }]);
      const paid = put(stage.usdc, 10_000_000_000n);
      const args = [[paid, one]] as const;
      return must(
        clearinghouse,
        encodeFunctionData({ abi: clearinghouseAbi, functionName: "batch", args }),
      );
    };
    await refuses(local, () => bidder.write.run([[batch(script([]))]]), "BatchMixed");
    await bidder.write.run([[batch("0x")]]);
  });
});
