import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { FUND, type AccountId } from "../../../sdk/types/Ids.ts";
import { encoded, taking } from "../../fixtures/market.ts";
import {
  auctioned,
  borrower,
  calmPool,
  fuseOf,
  healthOf,
  idOf,
  later,
  near,
  offer,
  phaseOf,
  usd,
  WAD,
  withdraw,
  type Local,
} from "../../fixtures/margin.ts";
import { refuses } from "../../fixtures/refusal.ts";

const SHORT = 1_690; // 10 ETH against 14 000: h = 0.97
const FINE = 1_720; // h = 1.05: no call would open, none is cured

describe("attack: an account in call that would rather add risk", () => {
  let local: Local;
  let alice: AccountId;
  let other: AccountId; // carol's, the same

  beforeEach(async () => {
    local = await calmPool();
    alice = await borrower(local, 14_000);
    other = await local.deposit(local.carol, "ETH", 10);
    await withdraw(local, local.carol, "USDC", 14_000);
    await later(local, 60, { ETH: SHORT });
    await local.clearinghouse.write.call([alice]);
  });

  const token = (symbol: string) => local.pool.tokens[symbol]!;

  for (const price of [SHORT, FINE]) {
    it(`takes out, moves away and borrows nothing at ${price}`, async () => {
      const { clearinghouse, alice: owner } = local;
      const account = owner.account;
      await later(local, 60, { ETH: price });
      const move = (symbol: string, amount: bigint) => () =>
        clearinghouse.write.transfer([alice, idOf(owner, 1n), token(symbol), amount], { account });
      for (const act of [
        () => withdraw(local, owner, "ETH", "0.000000000000000001"),
        () => withdraw(local, owner, "USDC", "0.000001"),
        move("ETH", 1n),
        move("USDC", 1n),
      ]) {
        const [id] = await refuses(local, act, "MarginTooLow");
        expect(id).to.equal(alice);
      }
      expect(await phaseOf(local, alice)).to.equal("Called");
    });
  }

  it("chooses no other tier", async () => {
    const { clearinghouse, alice: owner } = local;
    for (const tier of [0, 1, 3]) {
      const choose = () => clearinghouse.write.setGrace([alice, tier], { account: owner.account });
      await refuses(local, choose, "InCall", [alice, 1]);
    }
  });

  it("buys no slice of another's book, however cheap", async () => {
    const { clearinghouse, alice: owner } = local;
    for (const price of [SHORT, SHORT, SHORT]) {
      await later(local, 300, { ETH: price });
      for (const id of [alice, other]) await clearinghouse.write.call([id]);
    }
    expect(await phaseOf(local, other)).to.equal("Auction");
    await later(local, 1_800, { ETH: SHORT });
    const bid = () => clearinghouse.write.bid([offer(other, alice)], { account: owner.account });
    const [id] = await refuses(local, bid, "MarginTooLow");
    expect(id).to.equal(alice);
  });

  it("is not cured by what leaves again in the same batch", async () => {
    const { clearinghouse, alice: owner } = local;
    await local.fund(owner, "USDC", 5_000);
    const put = encoded(local, "deposit", [alice, token("USDC"), local.units("USDC", 5_000)]);
    const out = taking(local, owner, alice, 5_000);
    const call = encoded(local, "call", [alice]);
    for (const calls of [
      [put, out],
      [put, call, out],
      [out, put, out],
    ]) {
      const batch = () => clearinghouse.write.batch([calls], { account: owner.account });
      await refuses(local, batch, "MarginTooLow");
    }
    expect(await phaseOf(local, alice)).to.equal("Called");
  });
});

describe("attack: a deposit to an account that is for sale", () => {
  let local: Local;
  let alice: AccountId;

  beforeEach(async () => {
    local = await calmPool();
    alice = await auctioned(local);
    await local.deposit(local.carol, "USDC", 100_000);
    await local.fund(local.dave, "USDC", 10_000);
  });

  const give = (amount: number) =>
    local.clearinghouse.write.deposit(
      [alice, local.pool.tokens["USDC"]!, local.units("USDC", amount)],
      {
        account: local.dave.account,
      },
    );
  const bid = () =>
    local.clearinghouse.write.bid([offer(alice, idOf(local.carol))], {
      account: local.carol.account,
    });

  it("below the cure blocks no bid, and makes the slice smaller", async () => {
    const before = await local.clearinghouse.read.quote([alice, WAD]);
    await give(200); // E = 3 100: h = 1.04
    near(await healthOf(local, alice), 1.04, 0.01);
    const after = await local.clearinghouse.read.quote([alice, WAD]);
    expect(after.largest < before.largest).to.equal(true);
    await bid();
    expect(await phaseOf(local, alice)).to.equal("Clear");
  });

  it("that cures is paid by who gives it, and by no one else", async () => {
    const { clearinghouse, carol, bob } = local;
    const worth = async () => {
      const cash = await Promise.all(
        [FUND, idOf(carol), idOf(bob)].map((id) => clearinghouse.read.cashOf([id])),
      );
      return [...cash.map(usd), usd((await clearinghouse.read.health([alice]))[0])];
    };
    const [fund, bidder, lender, owner] = (await worth()) as [number, number, number, number];
    const fuse = await fuseOf(local, alice);
    await give(1_000); // E = 3 900: h = 1.3
    expect(await phaseOf(local, alice)).to.equal("Clear");
    await refuses(local, bid, "NotInAuction", [alice, 0]);
    const after = await worth();
    near(after[0]!, fund, 0.01);
    near(after[1]!, bidder, 0.01);
    near(after[2]!, lender, 0.01);
    near(after[3]!, owner + 1_000, 0.01); // all of it is the owner's
    expect(await fuseOf(local, alice)).to.equal(fuse); // and the next fall, E = 2 600, finds the fuse burnt
    await later(local, 60, { ETH: 1_560 });
    await clearinghouse.write.call([alice]);
    expect(await phaseOf(local, alice)).to.equal("Auction");
  });
});
