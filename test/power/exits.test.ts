import { expect } from "chai";
import { before, beforeEach, describe, it } from "mocha";

import { maxBorrow } from "../../sdk/preview/maxBorrow.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { refuses } from "../fixtures/refusal.ts";
import { expectLimit } from "../preview/expectLimit.ts";
import { openMarket, type Market } from "../preview/openMarket.ts";

const WAD = 10n ** 18n;
const HOUR = 3_600;

// 100 ETH in the vault, all of alice's but 20 of bob's; exitShare 5 %: 5 ETH leave in an hour. Alice owes
// 1 000 USDC, and lends none; 4 000 000 are lent.
describe("slow exits", () => {
  let market: Market;
  let alice: AccountId;
  let bob: AccountId;
  let eth: `0x${string}`;
  let clean: Awaited<ReturnType<Market["networkHelpers"]["takeSnapshot"]>>;

  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    alice = await market.deposit(market.alice, "ETH", 80);
    bob = await market.deposit(market.bob, "ETH", 20);
    eth = market.pool.tokens["ETH"]!;
    const { account } = market.alice;
    const cash = market.pool.tokens["USDC"]!;
    await market.clearinghouse.write.withdraw([alice, cash, 1_000_000_000n, account.address], {
      account,
    });
    clean = await market.networkHelpers.takeSnapshot();
  });

  beforeEach(async () => {
    await clean.restore();
    await market.clearinghouse.write.lock([2]);
  });

  const take = (who: "alice" | "bob", amount: bigint) => {
    const { account } = market[who];
    const id = who === "alice" ? alice : bob;
    return market.clearinghouse.write.withdraw([id, eth, amount, account.address], { account });
  };

  /** In a block at that time, prices fresh. */
  async function at(time: number) {
    await market.networkHelpers.time.setNextBlockTimestamp(time - 2);
    await market.setPrice("USDC", 1);
    await market.setPrice("ETH", 195);
  }

  const now = () => market.networkHelpers.time.latest();

  it("let out a share of what the vault held, first come first, and say when more may leave", async () => {
    await take("bob", 4n * WAD);
    const time = (await now()) + 1;
    // In the second since, 5 ETH / 3 600 s came back: 1.001388… are left. 2 of 5 may leave once
    // 1 has come back: 720 s after the 4 left.
    const left = WAD + (5n * WAD) / 3_600n;
    await market.networkHelpers.time.setNextBlockTimestamp(time);
    const args = [eth, left, 2n * WAD, BigInt(time - 1 + 720)];
    await refuses(market as never, () => take("alice", 2n * WAD), "ExitLimited", args);
  });

  it("let more out from that very second on, and not a second before", async () => {
    await take("bob", 4n * WAD);
    const earliest = (await now()) + 720;
    await at(earliest - 1);
    await market.networkHelpers.time.setNextBlockTimestamp(earliest - 1);
    await refuses(market as never, () => take("alice", 2n * WAD), "ExitLimited");
    await market.networkHelpers.time.setNextBlockTimestamp(earliest);
    await take("alice", 2n * WAD);
  });

  it("let everyone out in twenty hours, in a straight line", async () => {
    for (let hour = 0; hour < 4; hour++) {
      await take("bob", 5n * WAD);
      await refuses(market as never, () => take("alice", WAD), "ExitLimited");
      await at((await now()) + HOUR + 10);
    }
    // Bob, who owes nothing, is out. What he took out makes alice's share no smaller.
    expect((await market.snapshot([bob])).accounts[bob]!.holdings).to.deep.equal([]);
    await take("alice", 5n * WAD);
  });

  it("give more than an hour's share to no one, however long nothing left", async () => {
    await at((await now()) + 5 * HOUR);
    const refusal = await refuses(
      market as never,
      () => take("alice", 5n * WAD + 1n),
      "ExitLimited",
    );
    expect(refusal[1]).to.equal(5n * WAD);
    await take("alice", 5n * WAD);
  });

  it("count one token, and not another", async () => {
    await take("bob", 5n * WAD);
    const { account } = market.admin;
    const cash = market.pool.tokens["USDC"]!;
    // 3 999 000 are idle: 199 950 may leave.
    const lend = (amount: bigint) => () =>
      market.clearinghouse.write.withdraw([market.lender, cash, amount, account.address], {
        account,
      });
    await refuses(market as never, lend(199_950_000_001n), "ExitLimited");
    await lend(199_950_000_000n)();
  });

  it("begin anew with each lock", async () => {
    await take("bob", 5n * WAD);
    await market.clearinghouse.write.unlock([1]);
    await at((await now()) + 24 * HOUR + 10);
    await take("bob", 10n * WAD); // 85 are left
    await market.clearinghouse.write.lock([2]);
    const refusal = await refuses(market as never, () => take("bob", 5n * WAD), "ExitLimited");
    expect(refusal[1]).to.equal((85n * WAD) / 20n);
  });

  it("count what came in since, so that it is not shut in by the little there was", async () => {
    await take("bob", 1n); // of 100 ETH: 5 may leave
    await market.deposit(market.carol, "ETH", 100);
    await take("alice", (99n * WAD) / 10n); // an hour's share of 200
  });

  it("say so when the share is made smaller than what has left already", async () => {
    await take("bob", 5n * WAD);
    await market.clearinghouse.write.setExit([10_000_000]);
    const time = (await now()) - 1;
    // 1 ETH in an hour: 5 less 1 an hour are used up, so the fifth part of one hour's share, 0.2, is free
    // 4.2 hours after the 5 left.
    const args = [eth, 0n, WAD / 5n, BigInt(time + 4.2 * HOUR)];
    await refuses(market as never, () => take("alice", WAD / 5n), "ExitLimited", args);
  });

  it("stop no move inside the pool", async () => {
    const { account } = market.alice;
    await market.clearinghouse.write.transfer([alice, bob, eth, 50n * WAD], { account });
  });

  it("are what the most that may leave is limited by, to the unit", async () => {
    await take("bob", 4n * WAD);
    const limit = await expectLimit(market, await market.snapshot([alice]), alice, "ETH");
    expect(limit.reason).to.equal("exit");
    expect(limit.amount).to.equal(WAD);
  });

  it("nothing may be borrowed, and the limit says why", async () => {
    const s = await market.snapshot([alice]);
    const limit = maxBorrow(s, alice, { timestamp: s.block.timestamp });
    expect([limit.amount, limit.reason]).to.deep.equal([0n, "lock"]);
    await expectLimit(market, s, alice, "USDC");
  });
});
