import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { idOf, later, near, offer, phaseOf, usd } from "../fixtures/margin.ts";
import { climb, feesOf, freeOf, sponsored, topUp, type Sponsored } from "../fixtures/sponsored.ts";

// 5 % of the 389 that alice lacks for a cure.
const FEE = 19.45;

describe("story: a sponsor tops an account up", () => {
  let stage: Sponsored;

  beforeEach(async () => {
    stage = await sponsored();
  });

  const phase = () => phaseOf(stage.local, stage.alice);
  const touch = () => stage.act({ verb: "settleExpired", account: stage.alice });
  const paidBy = ({ events }: Awaited<ReturnType<typeof touch>>) =>
    events.filter(({ eventName }) => eventName === "SponsorPaid");

  it("and is owed its share of what brought the account nearer to its cure", async () => {
    await topUp(stage, 100);
    expect(await phase()).to.equal("Called");
    near((await feesOf(stage)).owed, 5, 1e-5);

    // Of 500 more the account lacked 289.
    await topUp(stage, 500);
    expect(await phase()).to.equal("Clear");
    const { owed, paid } = await feesOf(stage);
    near(owed, FEE, 0.2);

    // h is 1.17, and IM after such a fall 69 % of 16 900: nothing is above it.
    expect(paid).to.equal(0);
    expect(await freeOf(stage)).to.be.lessThan(-7_000);
    expect(paidBy(await touch())).to.have.length(0);
  });

  it("and is paid at the cure, if equity is above IM by then", async () => {
    // E = 17 900, IM = 11 700
    const cure = await topUp(stage, 15_000);
    expect(await phase()).to.equal("Clear");
    expect(paidBy(cure)).to.have.length(1);
    const { owed, paid } = await feesOf(stage);
    expect(owed).to.equal(0);
    near(paid, FEE, 0.2);
  });

  it("and is paid later, once anyone touches an account that is above IM", async () => {
    await topUp(stage, 500);
    const { owed } = await feesOf(stage);
    await climb(stage);

    // E = 19 040 − 13 500 = 5 540; IM = 25.7 % of 19 040 + 0.75 % of 13 500 = 4 990, or a little less
    expect(await freeOf(stage)).to.be.greaterThan(2 * owed);
    expect(paidBy(await touch())).to.have.length(1);
    const after = await feesOf(stage);
    expect(after.owed).to.equal(0);
    near(after.paid, owed, 1e-6);
    expect(paidBy(await touch())).to.have.length(0);
  });

  it("and is paid from half of what is above IM, as often as it is asked", async () => {
    await topUp(stage, 500);
    const { owed } = await feesOf(stage);
    const { local } = stage;

    // Less debt lowers IM by 0.75 % of what was repaid, too.
    const wanted = -(await freeOf(stage)) / 1.0075 + 20;
    const deposit = await topUp(stage, wanted.toFixed(6), "USDC", local.alice);
    expect(paidBy(deposit)).to.have.length(1);
    const half = await feesOf(stage);
    expect(half.paid).to.be.within(8, 17);
    near(half.owed, owed - half.paid, 1e-6);
    near(await freeOf(stage), half.paid, 0.2);

    await touch();
    const more = await feesOf(stage);
    expect(more.paid - half.paid).to.be.within(1, half.paid);
    expect(await freeOf(stage)).to.be.greaterThan(0);

    await topUp(stage, 100, "USDC", local.alice);
    near((await feesOf(stage)).paid, owed, 1e-6);
    expect((await feesOf(stage)).owed).to.equal(0);
  });

  /** Ten minutes more, and the fuse is burnt. */
  async function burn() {
    for (const _ of [1, 2]) {
      await later(stage.local, 300);
      await stage.act({ verb: "call", account: stage.alice });
    }
    expect(await phase()).to.equal("Auction");
  }

  it("and is owed as much less as was sold of the account all the same", async () => {
    const { local, alice, act } = stage;
    await topUp(stage, 50);
    await burn();
    await topUp(stage, 50);
    near((await feesOf(stage)).owed, 5, 1e-5);

    await local.deposit(local.dave, "USDC", 50_000);
    const bid = await act({ verb: "bid", offer: offer(alice, idOf(local.dave)) });
    if (!bid.preview.ok) throw bid.preview.error;
    const kept = 1 - usd(bid.preview.steps[0]!.slice!.fraction);
    expect(kept).to.be.within(0.5, 0.95);
    near((await feesOf(stage)).owed, 5 * kept, 1e-5);
    await topUp(stage, 20_000, "USDC", local.alice);
    expect(await phase()).to.equal("Clear");
    near((await feesOf(stage)).paid, 5 * kept, 1e-4);
  });

  it("and is not robbed of it by the least slice that ends the auction, bought by the owner", async () => {
    const { local, alice, act } = stage;
    const friend = await local.deposit(local.alice, "USDC", 50_000, 1n);
    await burn();
    await topUp(stage, 380);
    expect(await phase()).to.equal("Auction");
    const { owed } = await feesOf(stage);
    const { after } = await act({ verb: "bid", offer: offer(alice, friend) });
    expect(after.accounts[alice]!.phase).to.equal(Phase.Clear);
    near((await feesOf(stage)).owed, owed, owed / 50);
  });

  it("and is owed what it earned in an auction that it ended itself", async () => {
    await burn();
    await topUp(stage, 1_000);
    expect(await phase()).to.equal("Clear");
    near((await feesOf(stage)).owed, FEE, 0.2);
  });
});
