import { expect } from "chai";

import type { Change } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { createRandom, type Random } from "../../sdk/sim/random.ts";
import { type Account, Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { expiryOf, type AccountId } from "../../sdk/types/Ids.ts";
import { offer } from "../fixtures/margin.ts";
import { openTrading, type TradingMarket } from "../preview/openTrading.ts";
import { atHealth, drawBook, withBook, withCashOf } from "./books.ts";
import { GRID, pricesFrom } from "./history.ts";

const SEED = 20_261_200;
const HISTORIES = Number(process.env["HISTORIES"] ?? 60);
const MOMENTS = 90;
const WAD = 10n ** 18n;
const CURE = (11n * WAD) / 10n;
const COOLING = 14_400n; // seconds from full to empty

/** An account before and after an act on it. */
interface Seen {
  readonly before: Account;
  readonly after: Account;
  readonly health: readonly [then: bigint, now: bigint]; // at the poke before, and at this one
  readonly elapsed: bigint;
}

// Random books whose call is opened, cured, opened again: by prices, top-ups, repayments, withdrawals and bids,
// with pauses of a minute to hours. The law is of any poke, whatever act brings it.
describe("a fuse", function () {
  this.timeout(300_000);
  const seen: Seen[] = [];
  const done: Record<string, number> = {};

  before(async () => {
    const market = await openTrading();
    const base = await market.snapshot(market.accounts);
    const random = createRandom(SEED);
    for (let i = 0; i < HISTORIES; ++i) act(market, base, random);
  });

  function act(market: TradingMarket, base: Snapshot, random: Random) {
    const [owner, other, bidder] = market.owned as [AccountId, AccountId, AccountId];
    const start = base.block.timestamp + 1;
    const alive = market.instruments.filter((id) => {
      return expiryOf(id) === 0 || expiryOf(id) > start + 90_000;
    });
    const book = drawBook(random, alive);
    const opened = withBook(base, book, { owner, other, timestamp: start });
    const rich = withCashOf(opened, bidder, 2_000_000n * WAD, start);
    const style = { step: 0.01, drift: 0, rounds: 1_200, looks: [60, 60] as const };
    const prices = pricesFrom({ id: owner, start, random }, style);
    let s = atHealth(rich, owner, 0.9 + 0.3 * random.uniform(), start);
    let time = start;
    for (let k = 0; k < MOMENTS; ++k) {
      time += GRID * random.pick([1, 1, 2, 5, 10, 30]);
      s = prices(s, time);
      const change = drawAct(random, { market, owner, bidder });
      const result = preview(s, [change], { timestamp: time });
      if (!result.ok) continue;
      done[change.verb] = (done[change.verb] ?? 0) + 1;
      const [before, after] = [s, result.state].map((state) => state.accounts[owner]!);
      if (after!.poked === time) note({ s, owner, time, before: before!, after: after! });
      s = result.state;
    }
  }

  interface Noted {
    readonly s: Snapshot;
    readonly owner: AccountId;
    readonly time: number;
    readonly before: Account;
    readonly after: Account;
  }

  function note({ s, owner, time, before, after }: Noted) {
    const now = accountHealthOf(s, owner, time).health;
    const health = [before.call.health, now] as const;
    seen.push({ before, after, health, elapsed: BigInt(time - before.poked) });
  }

  interface Cast {
    readonly market: TradingMarket;
    readonly owner: AccountId;
    readonly bidder: AccountId;
  }

  function drawAct(random: Random, { market, owner, bidder }: Cast): Change {
    const token = market.pool.tokens["USDC"]!;
    const amount = BigInt(Math.ceil(10 ** (6 + 3.5 * random.uniform())));
    const call: Change = { verb: "call", account: owner };
    return random.pick<Change>([
      ...[call, call, call, call],
      { verb: "deposit", account: owner, token, amount },
      { verb: "repay", account: owner, amount },
      { verb: "withdraw", account: owner, token, amount: 3n * amount },
      { verb: "settleExpired", account: owner },
      { verb: "bid", offer: offer(owner, bidder, BigInt(random.integer(1_000)) * 10n ** 15n) },
    ]);
  }

  it("is looked at in every phase, by every act", () => {
    const phases = seen.map(({ before }) => before.phase);
    for (const phase of Object.values(Phase)) expect(phases).to.include(phase);
    console.log(`      seed ${SEED}: ${seen.length} looks`, done);
    for (const verb of ["call", "deposit", "repay", "withdraw", "bid", "settleExpired"]) {
      expect(done[verb] ?? 0, verb).to.be.above(10);
    }
  });

  it("never falls while health is below 1", () => {
    const short = seen.filter(({ health }) => health[1] < WAD);
    for (const { before, after } of short) expect(after.fuse >= before.fuse).to.equal(true);
    expect(short.some(({ before, after }) => after.fuse > before.fuse)).to.equal(true);
  });

  it("falls by what cools over an interval whose two ends saw 1.10, and else not at all", () => {
    let cooled = 0;
    for (const { before, after, health, elapsed } of seen) {
      if (after.fuse >= before.fuse) continue;
      expect(health.every((one) => one >= CURE)).to.equal(true);
      const whole = before.fuse - after.fuse === (elapsed * WAD) / COOLING;
      expect(whole || after.fuse === 0n).to.equal(true);
      cooled += 1;
    }
    expect(cooled).to.be.above(20);
  });

  it("rises only over an interval whose two ends saw less than 1, and ends at 1", () => {
    for (const { before, after, health } of seen) {
      if (after.fuse <= before.fuse) continue;
      expect(health.every((one) => one < WAD)).to.equal(true);
      expect(before.phase).to.not.equal(Phase.Clear);
      expect(after.fuse <= WAD).to.equal(true);
    }
  });

  it("is kept by a cure", () => {
    const cured = seen.filter(
      ({ before, after }) => before.phase !== Phase.Clear && after.phase === Phase.Clear,
    );
    expect(cured.length).to.be.above(20);
    for (const { before, after } of cured) expect(after.fuse >= before.fuse).to.equal(true);
  });
});
