import { expect } from "chai";

import { createRandom } from "../../sdk/sim/random.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { borrower, calmPool, later, type Local, withdraw } from "../fixtures/margin.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { FUND } from "../../sdk/types/Ids.ts";
import { live, type Look, type Told } from "./history.ts";

const SEED = 20_261_199;
const LIVES = Number(process.env["LIVES"] ?? 6);
const ETH = 2;

// Calls as `fuse.test.ts` lives them in memory, told to a chain to the second. Alice has 10 ETH. The hasty
// one owes 14 000 at 1 690: h = 0.97, and G is some eight minutes. The patient one, of two hours and 1.6
// times the margin, owes 11 500; at 1 590 and after six hours of calm her h is 0.97 too, and G is two hours.
describe("the time a margin call grants on a chain", function () {
  this.timeout(300_000);

  type Stage = () => Promise<readonly [Local, AccountId]>;

  const hasty: Stage = async () => {
    const local = await calmPool();
    const id = await borrower(local, 14_000);
    await later(local, 60, { ETH: 1_690 });
    return [local, id];
  };

  const patient: Stage = async () => {
    const local = await calmPool();
    await local.deposit(local.bob, "USDC", 1_000_000);
    const id = await local.deposit(local.alice, "ETH", 10);
    await local.clearinghouse.write.setGrace([id, 3], { account: local.alice.account });
    await withdraw(local, local.alice, "USDC", 11_500);
    for (let i = 0; i < 7; ++i) {
      await later(local, 3_600, { ETH: 1_590 });
      await local.clearinghouse.write.observe([2n, 8n]);
    }
    return [local, id];
  };

  /** Tells a chain the rounds and the looks of a life; the fuse after each look. */
  async function replay(local: Local, id: AccountId, rounds: readonly Told[], looks: Look[]) {
    const { time } = local.networkHelpers;
    const fuses: bigint[] = [];
    const waiting = [...rounds];
    for (const { sight } of looks) {
      while (waiting.length > 0 && waiting[0]!.time < sight.time) {
        const { time: when, prices, observed } = waiting.shift()!;
        await time.setNextBlockTimestamp(when);
        const feed = await local.viem.getContractAt("MockV3Aggregator", local.pool.feeds["ETH"]!);
        await feed.write.updateAnswer([prices.get(ETH)! / 10n ** 10n]);
        if (observed) await local.clearinghouse.write.observe([2n, 64n]);
      }
      await time.setNextBlockTimestamp(sight.time);
      await local.clearinghouse.write.call([id]);
      fuses.push((await local.clearinghouse.read.accountOf([id])).fuse);
    }
    return fuses;
  }

  it("is, look by look, what it is in the SDK's memory", async () => {
    const random = createRandom(SEED);
    let count = 0;
    for (let i = 0; i < LIVES; ++i) {
      const [local, id] = await (i % 2 === 0 ? hasty : patient)();
      const s = await getSnapshot(local.client, { pool: local.pool, accounts: [FUND, id] });
      const rounds: Told[] = [];
      const start = s.block.timestamp + 60;
      const onRound = (told: Told) => rounds.push(told);
      const looks = live(s, { id, start, random, factors: [ETH], onRound });
      const fuses = await replay(local, id, rounds, looks);
      expect(fuses, `life ${i}`).to.deep.equal(looks.map(({ account }) => account.fuse));
      count += looks.length;
    }
    console.log(`      seed ${SEED}: ${LIVES} calls, ${count} looks`);
    expect(count).to.be.above(4 * LIVES);
  });
});
