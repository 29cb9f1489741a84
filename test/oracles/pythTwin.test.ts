import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Address } from "viem";

import type { Change } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { idOf } from "../fixtures/margin.ts";
import { halfHour, list } from "../fixtures/trading.ts";
import { follow, type Thrown } from "../preview/follow.ts";
import type { Market } from "../preview/openMarket.ts";
import { FACTOR, pythPool, type PythPool } from "./pythPool.ts";
import { SLOT, type Update } from "./pythStage.ts";

const PRICE = 20n * 10n ** 8n;
const LOW = 5n * 10n ** 8n;
const factor = Number(FACTOR);

// The SDK foretells each act from a snapshot taken before it, the chain does it, and all is compared.
describe("a pool on pyth and its twin", () => {
  let pool: PythPool;
  let first: bigint;
  let market: Market;
  let alice: AccountId;
  let token: Address;

  beforeEach(async () => {
    pool = await pythPool();
    first = await pool.slot();
    const { local } = pool;
    const oracle = pool.oracle.address;
    alice = idOf(local.alice);
    token = await local.clearinghouse.read.tokenOf([factor << 8]);
    const snapshot = (accounts: readonly AccountId[]) =>
      getSnapshot(local.client, { pool: { ...local.pool, oracle }, accounts });
    market = { ...local, snapshot } as never;
  });

  const at = (n: number, price = PRICE): Update => {
    const time = first + BigInt(n) * SLOT;
    return { price, time: time + 1n, before: time - 1n };
  };
  const until = (n: number, late: number) =>
    pool.local.networkHelpers.time.increaseTo(first + BigInt(n) * SLOT + BigInt(late));

  /** Does one thing `seconds` later, as foretold. Returns the name of the refusal, if it was one. */
  async function does(change: Change, seconds = 1) {
    const snapshot = await market.snapshot([alice]);
    const timestamp = snapshot.block.timestamp + seconds;
    const step = { snapshot, changes: [change], timestamp, where: change.verb };
    const { preview: foretold } = await follow(market, step);
    if (foretold.ok) return "done";
    const { name, args } = foretold.error as Thrown;
    return name === "EstimateBehind" ? Object.values(args as object).join() : name;
  }

  const borrow = (): Change => ({ verb: "borrow", account: alice, amount: 1_000_000n });
  const observe = (maxRounds: number): Change => {
    return { verb: "observe", factor, maxRounds, by: market.alice.account };
  };
  const call = (): Change => ({ verb: "call", account: alice });

  it("say the same of slots that no one told, and of those that no one walked", async () => {
    await until(7, 2);
    await pool.push(PRICE);
    expect(await does(borrow())).to.equal("done");
    await until(8, 2);
    await pool.push(PRICE);
    expect(await does(borrow())).to.equal("5,9");
    expect(await does({ verb: "withdraw", account: alice, token, amount: 1n })).to.equal("5,9");
    await pool.tell([0, 1, 2].map((n) => at(n)));
    expect(await does(borrow())).to.equal("done");
    await until(13, 2);
    await pool.push(PRICE);
    await pool.tell([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((n) => at(n)));
    expect(await does(borrow())).to.equal("5,11");
    expect(await does(observe(3))).to.equal("done");
    expect(await does(borrow())).to.equal("done");
  });

  it("see slots come due after the snapshot", async () => {
    await until(7, 250);
    await pool.push(PRICE);
    expect(await does(borrow(), 60)).to.equal("5,9");
  });

  it("see a price that is good grow late after the snapshot, its interval kept", async () => {
    const withdraw: Change = { verb: "withdraw", account: alice, token, amount: 10n ** 18n };
    await until(2, 2);
    await pool.tell([at(0), at(1)]);
    await pool.push(PRICE, PRICE / 50n);
    expect(await does(borrow(), 590)).to.equal("done");
    await pool.push(PRICE, PRICE / 50n);
    expect(await does(borrow(), 601)).to.equal("PriceNotOk");
    await pool.push(PRICE, PRICE / 50n);
    expect(await does(withdraw, 1_200)).to.equal("MarginTooLow"); // with the numbers of both
  });

  it("settle an expiry no further than its slots are told", async () => {
    const { clearinghouse } = pool.local;
    const [, params, depth] = await clearinghouse.read.marketOf([4n]);
    await clearinghouse.write.setMarket([FACTOR, params, depth]);
    const expiry = halfHour(Number(first) + 3_600);
    await list(pool.local, FACTOR, expiry, 0.65);
    const last = (expiry - Number(first)) / Number(SLOT);
    const settle: Change = { verb: "settleExpiries", factor };
    await until(last, 5);
    await pool.push(PRICE);
    expect(await does(settle)).to.equal("done");
    await pool.tell(Array.from({ length: last - 2 }, (_, n) => at(n)));
    expect(await does(observe(256))).to.equal("done");
    expect(await does(settle)).to.equal("done");
    expect((await clearinghouse.read.expiryStateOf([FACTOR, BigInt(expiry)])).stage).to.equal(2);
    await pool.tell([last - 2, last - 1].map((n) => at(n)));
    // What has settled leaves the chain's list, so its price is compared by itself.
    const snapshot = await market.snapshot([alice]);
    const foretold = preview(snapshot, [settle], { timestamp: snapshot.block.timestamp + 1 });
    await clearinghouse.write.settleExpiries([FACTOR]);
    const { stage, settlement } = await clearinghouse.read.expiryStateOf([FACTOR, BigInt(expiry)]);
    expect(stage).to.equal(3);
    expect(foretold.ok && foretold.state.factors[factor]!.terms[expiry]).to.include({
      ...{ stage, settlement },
    });
  });

  it("open, keep waiting and confirm a call at the same pokes", async () => {
    const amount = 700_000_000n; // of 2 000
    expect(await does({ verb: "borrow", account: alice, amount })).to.equal("done");
    const phases: number[] = [];
    const poke = async (price: bigint, seconds: number) => {
      await pool.local.networkHelpers.time.increase(seconds);
      await pool.push(price);
      expect(await does(call())).to.equal("done");
      phases.push((await pool.local.clearinghouse.read.accountOf([alice])).phase);
    };
    await until(0, 100);
    await poke(LOW, 1);
    await poke(LOW, 60); // one slot told of none
    await until(1, 2);
    await pool.tell([at(0), at(1)]); // between the two sightings, at 20
    await poke(LOW, 1);
    await until(2, 2);
    await pool.tell([at(2, LOW)]);
    await poke(LOW, 1);
    expect(phases).to.deep.equal([1, 1, 1, 2]);
  });
});
