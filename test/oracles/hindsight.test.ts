import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { createRandom } from "../../sdk/sim/random.ts";
import { COIN, FACTOR, pythPool, type PythPool } from "./pythPool.ts";
import { SLOT, type Update } from "./pythStage.ts";

const EVERY = 20n; // seconds between two updates
const SLOTS = 24; // two hours
const PRICE = 20n * 10n ** 8n;

// Who tells the grid late knows how prices went on. What he may tell is still one update a slot.
describe("pyth oracle: hindsight", () => {
  let pool: PythPool;
  let first: bigint;
  let path: Update[];

  beforeEach(async () => {
    pool = await pythPool();
    first = await pool.slot();
    path = wild(first);
  });

  /** Updates of two hours: a walk, and a fall of a tenth in the second half-hour that comes back. */
  function wild(start: bigint): Update[] {
    const random = createRandom(7);
    const list: Update[] = [];
    let price = Number(PRICE);
    for (let time = start - EVERY; time < start + BigInt(SLOTS) * SLOT; time += EVERY) {
      price *= 1 + 0.001 * (random.uniform() - 0.5);
      const at = Number(time - start) / 60;
      const dip = at > 30 && at < 60 ? 0.9 : 1;
      list.push({ price: BigInt(Math.round(price * dip)), time, before: time - EVERY });
    }
    return list;
  }

  const timeOf = (n: number) => first + BigInt(n) * SLOT;
  const inSlot = (n: number) =>
    path.filter(({ time }) => time >= timeOf(n) && time < timeOf(n + 1));
  const firstOf = (n: number) => inSlot(n)[0]!;
  const until = (time: bigint) => pool.local.networkHelpers.time.increaseTo(time);
  const observe = (most: bigint) => pool.local.clearinghouse.write.observe([FACTOR, most]);
  const used = async () => Number((await pool.estimate()).used) / 1e18;

  /** Each slot as it comes, observed at once. */
  async function honest() {
    for (let n = 0; n < SLOTS; ++n) {
      await until(timeOf(n) + 5n);
      await pool.tell([firstOf(n)]);
      await observe(1n);
    }
    return pool.estimate();
  }

  it("leaves one update for each slot: none of the others is taken, and none can be skipped", async () => {
    const calm = await pool.local.networkHelpers.takeSnapshot();
    const expected = await honest();
    await calm.restore();
    // Fifty minutes late with every slot, he tries what he likes better first.
    for (let n = 0; n < SLOTS; ++n) {
      await until(timeOf(n) + 3_000n);
      const liked = [...inSlot(n).slice(1), firstOf(n + 1), firstOf(n - 1)].filter(Boolean);
      for (const update of liked.slice(0, 4).concat(liked.slice(-2))) {
        const refused = await pool.tell([update]).then(
          () => false,
          () => true,
        );
        expect(refused, `slot ${n}: ${update.time}`).to.equal(true);
      }
      const skipped = await pool.oracle.write.skip([COIN]).then(
        () => true,
        () => false,
      );
      expect(skipped).to.equal(false);
      await pool.tell([firstOf(n)]);
    }
    for (let n = 0; n < SLOTS; n += 5) await observe(5n);
    expect(await pool.estimate()).to.deep.equal(expected);
  });

  it("does not calm the month by skipping, if no one else tells for an hour", async () => {
    const calm = await pool.local.networkHelpers.takeSnapshot();
    const before = (await pool.estimate()).month;
    const told = await honest();
    const plain = await used();
    await calm.restore();
    await until(timeOf(SLOTS) + 3_600n);
    // He tells the quiet half-hour, skips all that came after, and tells the next slot.
    await pool.tell([0, 1, 2, 3, 4, 5].map(firstOf));
    await pool.oracle.write.skip([COIN]);
    const end = await pool.slot();
    await pool.tell([{ price: PRICE, time: end + 1n, before: end - 1n }]);
    await observe(6n);
    const quiet = (await pool.estimate()).month;
    expect((await pool.oracle.read.next([COIN, 6n])).skipped).to.equal(true);
    await observe(1n);
    const after = await pool.estimate();
    expect(after.month >= quiet).to.equal(true);
    console.log(
      `      σ after two hours: honest ${plain.toFixed(4)}, skipping ${(await used()).toFixed(4)}`,
    );
    console.log(
      `      vS: ${[before, told.month, after.month].map((v) => Number(v) / 1e18).join(", ")}`,
    );
  });
});
