import { expect } from "chai";
import { describe, it } from "mocha";

import { idOf, near as about, usd } from "../fixtures/margin.ts";
import { leaverStage, RUIN } from "./leavers.ts";

// 6 500 lacks and the fund has nothing: 97 % of it, N of 193 500 beside a debt of 6 500, falls on 170 shorts.
const PART = (6_500 * 193_500) / (193_500 + 6_500); // 6 289
const EACH = PART / 170; // 37: less than ½·7 %·1 290 = 45 a day

describe("story: a winner who closes before the loss is booked", function () {
  this.timeout(240_000);

  it("has paid its part from the first sight of the loss on, and its successor pays nothing", async () => {
    const { local, gap, loser, deal, book, wealth, cutOfShorts } = await leaverStage();
    const { bob, dave } = local;
    await gap(loser, RUIN);
    about(usd(await cutOfShorts()), EACH, 0.5);
    const before = await Promise.all([
      local.clearinghouse.read.cashOf([idOf(bob)]),
      local.clearinghouse.read.cashOf([idOf(dave)]),
    ]);
    await deal(bob, dave, 110);
    const [bobs] = await Promise.all([local.clearinghouse.read.cashOf([idOf(bob)])]);
    about(usd(bobs - before[0]!), 110 * (710 - usd(await cutOfShorts())), 0.1);

    const cut = await cutOfShorts();
    await book();
    const [rich, , new_] = await wealth();
    // Booking it moves no index any more, but for what interest brought meanwhile.
    about(usd((await cutOfShorts()) - cut), 0, 0.05);
    // Of the 3 % that lenders lose, 211 of 2.2 million, he who lent 674 000 bears 64.
    about(usd(rich!), usd(bobs), 70);
    about(usd(new_!), usd(before[1]!), 60);
  });

  it("leaves it to the fund if no one takes its units over and the price comes back", async () => {
    const stage = await leaverStage();
    const { local, gap, loser, deal, look, again, wealth, cutOfShorts, fund } = stage;
    const { admin, bob } = local;
    await gap(loser, RUIN);
    const each = await cutOfShorts();
    const start = await fund();
    await deal(bob, admin, 20); // both close: 150 are left on either side
    await again(2_000);
    await look();
    expect(await cutOfShorts()).to.equal(0n);
    about(usd((await fund()) - start), 20 * usd(each), 0.1);
    const [bobs, carols, , admins] = await wealth();
    about(usd(bobs!), 600_000 + 20 * (710 - usd(each)), 1); // the rest of his is worth 2 000 again
    about(usd(carols!), 600_000, 1);
    about(usd(admins!), 500_000 - 20 * 710, 1);
  });

  it("passes it on with its units: who took them over has it back if the price comes back", async () => {
    const stage = await leaverStage();
    const { local, gap, loser, deal, look, again, wealth, cutOfShorts, fund } = stage;
    const { bob, dave } = local;
    await gap(loser, RUIN);
    const each = await cutOfShorts();
    const start = await fund();
    await deal(bob, dave, 50);
    await again(2_000);
    await look();
    about(usd(await fund()), usd(start), 0.1);
    const [bobs, carols, daves] = await wealth();
    about(usd(bobs!), 600_000 + 50 * (710 - usd(each)), 1);
    about(usd(carols!), 600_000, 1);
    about(usd(daves!), 500_000 - 50 * (710 - usd(each)), 1);
  });

  it("ten round trips of a maker net to zero, in units taken over and in new ones", async () => {
    const { local, gap, loser, deal, book, wealth } = await leaverStage();
    const { admin, bob, dave } = local;
    await gap(loser, RUIN);
    const before = await local.clearinghouse.read.cashOf([idOf(dave)]);
    for (let i = 0; i < 5; ++i) {
      await deal(bob, dave, 30);
      await deal(dave, bob, 30);
      await deal(admin, dave, 30);
      await deal(dave, admin, 30);
    }
    about(usd(await local.clearinghouse.read.cashOf([idOf(dave)])), usd(before), 0.01);
    await book();
    const [bobs, carols] = await wealth();
    about((usd(bobs!) - 600_000) / 110, (usd(carols!) - 600_000) / 60, 1);
  });

  it("is charged no more than is lacked once the price is better, and nothing for what the fund covers", async () => {
    const { local, gap, loser, look, again, cutOfShorts } = await leaverStage();
    await gap(loser, RUIN);
    // 1 310: 3 500 lack, of which winners bear the share that they did at its first sight.
    await again(1_310);
    await look();
    about(usd(await cutOfShorts()), (PART / 6_500) * (3_500 / 170), 0.2);
    const parts = await local.clearinghouse.read.partsOf([loser]);
    expect(parts).to.have.length(1);
    about(usd(parts[0]!.amount), usd(parts[0]!.rate) * 170, 1e-6);
    await local.fund(local.dave, "USDC", 10_000);
    await local.clearinghouse.write.deposit(
      [`0x${"00".repeat(32)}`, local.pool.tokens["USDC"]!, 10_000_000_000n],
      { account: local.dave.account },
    );
    await look();
    expect((await cutOfShorts()) < 10n).to.equal(true); // wei
    expect((await local.clearinghouse.read.partsOf([loser]))[0]!.amount).to.equal(0n);
  });
});
