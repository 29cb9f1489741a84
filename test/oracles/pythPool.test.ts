import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { idOf, later, usd, withdraw } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { halfHour, list } from "../fixtures/trading.ts";
import { FACTOR, pythPool, type PythPool } from "./pythPool.ts";
import { SLOT, type Update } from "./pythStage.ts";

const PRICE = 20n * 10n ** 8n;
const WICK = 5n * 10n ** 8n;
const [SETTLING, SETTLED] = [2, 3];

describe("a pool on pyth", () => {
  let pool: PythPool;
  let first: bigint;

  beforeEach(async () => {
    pool = await pythPool();
    first = await pool.slot();
  });

  const at = (n: number, price = PRICE): Update => {
    const time = first + BigInt(n) * SLOT;
    return { price, time: time + 1n, before: time - 1n };
  };
  const until = (n: number, late: number) =>
    pool.local.networkHelpers.time.increaseTo(first + BigInt(n) * SLOT + BigInt(late));
  const borrow = () => withdraw(pool.local, pool.local.alice, "USDC", 1);

  it("lends while eight slots wait to be told, and no longer", async () => {
    await until(7, 2);
    await pool.push(PRICE);
    await borrow();
    await until(8, 2);
    await pool.push(PRICE);
    await refuses(pool.local, borrow, "EstimateBehind", [FACTOR, 9n]);
    await pool.tell([at(0)]);
    await borrow();
  });

  it("walks up to eight slots that were told, and no more", async () => {
    await until(9, 2);
    await pool.tell(Array.from({ length: 10 }, (_, n) => at(n)));
    await pool.push(PRICE);
    await refuses(pool.local, borrow, "EstimateBehind", [FACTOR, 10n]);
    await pool.local.clearinghouse.write.observe([FACTOR, 2n]);
    await borrow();
    expect((await pool.estimate()).round).to.equal(10n);
  });

  it("stops no repayment, no deposit and no one without debt for slots no one told", async () => {
    const { local } = pool;
    await borrow();
    await until(40, 0);
    await pool.push(PRICE);
    await local.fund(local.alice, "USDC", 1);
    const { account } = local.alice;
    await local.clearinghouse.write.repay([idOf(local.alice), 500_000n], { account });
    await withdraw(local, local.bob, "USDC", 1);
  });

  it("settles no expiry before every slot of its window is told", async () => {
    const { clearinghouse } = pool.local;
    const [, market, depth] = await clearinghouse.read.marketOf([4n]);
    await clearinghouse.write.setMarket([FACTOR, market, depth]);
    const expiry = halfHour(Number(first) + 3_600);
    await list(pool.local, FACTOR, expiry, 0.65);
    const last = (expiry - Number(first)) / Number(SLOT);
    await until(last, 5);
    // In the window (the last six slots) the price rises by a dollar a slot: 20 to 25, 22.5 on average.
    // One who settles early would like to leave the last two out.
    const updates = Array.from({ length: last + 1 }, (_, n) =>
      at(n, PRICE + BigInt(Math.max(0, n - last + 6)) * 10n ** 8n),
    );
    await pool.tell(updates.slice(0, last - 2));
    await clearinghouse.write.observe([FACTOR, 256n]);
    await clearinghouse.write.settleExpiries([FACTOR]);
    expect((await clearinghouse.read.expiryStateOf([FACTOR, BigInt(expiry)])).stage).to.equal(
      SETTLING,
    );
    await pool.tell(updates.slice(last - 2, last));
    await clearinghouse.write.settleExpiries([FACTOR]);
    const { stage, settlement } = await clearinghouse.read.expiryStateOf([FACTOR, BigInt(expiry)]);
    expect(stage).to.equal(SETTLED);
    expect(Math.abs(usd(settlement) - 22.5) < 0.01).to.equal(true);
  });

  it("settles what Pyth was silent for once its slots are skipped, an hour on", async () => {
    const { clearinghouse } = pool.local;
    const [, market, depth] = await clearinghouse.read.marketOf([4n]);
    await clearinghouse.write.setMarket([FACTOR, market, depth]);
    const expiry = halfHour(Number(first) + 3_600);
    await list(pool.local, FACTOR, expiry, 0.65);
    await pool.local.networkHelpers.time.increaseTo(expiry + 3_600 + 2_000);
    await pool.oracle.write.skip([0x0500]);
    await clearinghouse.write.settleExpiries([FACTOR]);
    // Nothing but silence: the window moves on, as it does for any feed.
    const { stage, windowStart } = await clearinghouse.read.expiryStateOf([FACTOR, BigInt(expiry)]);
    expect([stage, windowStart >= expiry]).to.deep.equal([SETTLING, true]);
  });

  /** Alice's coins are seen at 5 USD, which leaves her nothing, so long after the last sight. */
  async function look(seconds: number) {
    const { local } = pool;
    await later(local, seconds + 1);
    await pool.push(WICK);
    await local.clearinghouse.write.call([idOf(local.alice)]);
    const { low } = (await local.clearinghouse.read.accountOf([idOf(local.alice)])).call;
    return low === 0 ? "seen" : "confirmed"; // a fuse may end sooner
  }

  it("confirms no floor by a publisher's prices inside one slot, nor by one that a slot denies", async () => {
    await withdraw(pool.local, pool.local.alice, "USDC", 700); // of 2 000
    await until(0, 10);
    expect(await look(0)).to.equal("seen");
    for (let i = 0; i < 3; ++i) expect(await look(70)).to.equal("seen");
    await until(1, 10);
    expect(await look(0)).to.equal("seen"); // due, but no one has told it
    await pool.tell([at(0), at(1)]); // 20 USD
    expect(await look(0)).to.equal("seen");
  });

  it("does not take a slot from before the sighting for a newer one", async () => {
    await withdraw(pool.local, pool.local.alice, "USDC", 700);
    await until(0, 10);
    await pool.tell([at(0, WICK)]);
    expect(await look(0)).to.equal("seen");
    expect(await look(70)).to.equal("seen");
  });

  it("confirms that an account's equity is gone once a newer slot says so too", async () => {
    await withdraw(pool.local, pool.local.alice, "USDC", 700);
    await until(0, 10);
    await look(0);
    await until(1, 10);
    await pool.tell([at(0), at(1, WICK)]);
    expect(await look(0)).to.equal("confirmed");
  });

  it("confirms it after ten minutes of good prices, though no slot is told", async () => {
    await withdraw(pool.local, pool.local.alice, "USDC", 700);
    await look(0);
    expect(await look(500)).to.equal("seen");
    expect(await look(100)).to.equal("confirmed");
  });

  it("takes a slot that says nothing for no confirmation", async () => {
    await withdraw(pool.local, pool.local.alice, "USDC", 700);
    await until(0, 10);
    await look(0);
    await until(1, 10);
    await pool.tell([at(0), at(1, -1n)]);
    expect(await look(0)).to.equal("seen");
  });
});
