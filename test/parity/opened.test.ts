import { createRandom } from "../../sdk/sim/random.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { priceAt } from "../../sdk/snapshot/price.ts";
import { withRounds } from "../../sdk/logic/rounds.ts";
import { observe as observePaid } from "../../sdk/logic/clearinghouse.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { openAccounts } from "../preview/openAccounts.ts";
import { ASSETS, openMarket, SYMBOLS, VALUES, type Market } from "../preview/openMarket.ts";
import { expectSame } from "./lens.ts";
import { expectAlike } from "./plain.ts";

const SEED = 20_260_730;
const EACH = 80; // accounts of each actor
const STEPS = 8;
const CRASH = 3; // the step at which prices fall
const PAGE = 40; // of the Lens, by gas
const WAD = 10n ** 18n;

describe("parity of accounts opened by verbs", () => {
  const random = createRandom(SEED);
  let market: Market;
  let ids: AccountId[];

  before(async function () {
    this.timeout(120_000);
    market = await openMarket();
    ids = await openAccounts(market, random, { each: EACH, leverage: 0.4 });
  });

  const same = (what: "margins" | "portfolios", s: Snapshot, timestamp: number) =>
    expectSame(market, s, { what, ids, timestamp, page: PAGE, where: `seed ${SEED}` });

  /** New prices, of all feeds or of some, told to the chain and to the snapshot. */
  async function tell(s: Snapshot, timestamp: number, drift: number): Promise<Snapshot> {
    let next = s;
    let time = timestamp;
    for (const symbol of SYMBOLS.filter(() => random.integer(3) > 0)) {
      const quiet = VALUES[symbol] === 1 || symbol === "wstETH";
      const move = 1 + (quiet ? 0.002 : 0.08) * random.normal() + (quiet ? 0 : drift);
      const asset = ASSETS[symbol]!;
      const unit = 10n ** BigInt(18 - s.feeds[asset]!.ageing!.decimals);
      const last = priceAt(s, asset, timestamp).price;
      const answer = (last * BigInt(Math.round(move * 1e6))) / (unit * 10n ** 6n);
      next = withRounds(next, { timestamp: ++time, rounds: { [asset]: answer * unit } });
      await market.networkHelpers.time.setNextBlockTimestamp(time);
      const feed = await market.viem.getContractAt("MockV3Aggregator", market.pool.feeds[symbol]!);
      await feed.write.updateAnswer([answer]);
    }
    return next;
  }

  /** Every factor observed, on both sides; the margins after it. */
  async function observe(s: Snapshot, timestamp: number): Promise<[Snapshot, number]> {
    let [next, time] = [s, timestamp];
    for (const factor of [1, 2, 3, 4]) {
      await market.networkHelpers.time.setNextBlockTimestamp(++time);
      await market.clearinghouse.write.observe([BigInt(factor), 64n], {
        account: market.alice.account,
      });
      const act = { caller: market.alice.account, timestamp: time };
      next = observePaid(next, { factor, maxRounds: 64 }, act).state;
    }
    await same("margins", next, time);
    return [next, time];
  }

  it("predicts every margin before the chain does the step", async function () {
    this.timeout(240_000);
    let s = await market.snapshot(ids);
    let time = s.block.timestamp;
    const lengths = [30, 600, 3_000, 90_000, 5_000, 100, 1_200_000, 700];
    for (let step = 0; step < STEPS; step++) {
      time += lengths[step]!;
      s = await tell(s, time, step === CRASH ? -0.4 : 0);
      time = Number((await market.client.getBlock()).timestamp);
      await same("portfolios", s, time);
      time += 1 + random.integer(400);
      await market.networkHelpers.time.increaseTo(time);
      if (step % 3 === 2) await same("margins", s, time);
      else [s, time] = await observe(s, time);
    }
    const short = ids.filter((id) => accountHealthOf(s, id, time).health < WAD).length;
    const owing = ids.filter((id) => s.accounts[id]!.principal < 0n).length;
    console.log(
      `      seed ${SEED}: ${ids.length} accounts (${owing} owing, ${short} short at the end), ` +
        `${STEPS} steps from one snapshot, 0 mismatches`,
    );
    const { block: _, ...mine } = { ...s, feeds: 0 };
    const { block: __, ...theirs } = { ...(await market.snapshot(ids)), feeds: 0 };
    expectAlike(mine, theirs, "the state at the end");
  });
});
