import { expect } from "chai";

import { wadOf } from "../../sdk/params/decimal.ts";
import { readParams } from "../../sdk/files/params.ts";
import { StateCount } from "../../scripts/rounds/StateCount.ts";
import type { FeedRound } from "../../scripts/rounds/Feed.ts";
import { drawSchedule } from "../../scripts/rounds/random.ts";
import { estimateOf, observe, openRoundsChain, publish } from "../../scripts/rounds/RoundsChain.ts";
import { keyOf } from "../../scripts/rounds/TwinLane.ts";
import { scheduledTwin } from "../../scripts/rounds/twins.ts";
import type { Estimate } from "../../sdk/snapshot/Snapshot.ts";
import { feedWad } from "../../sdk/decimal.ts";
import { drawRounds } from "./drawn.ts";

// An old aggregator that runs on beside the new one: who changed over early has the new one's rounds of
// those hours, who comes late the old one's. Inside a phase nothing differs.

const params = readParams("deployments/local/params.json");
const factor = params.factors["ETH"]!;
const bounds = { floor: wadOf(factor.volatilityFloor), stress: wadOf(factor.volatilityStress) };
const GAP = 1_200; // seconds
const SCHEDULES = 300;

// One clamped return, 0.1² = 0.01, weighs most when it comes fast: (1 − 2^(−dt/H))·0.01·YEAR/dt is at most
// 0.01·ln 2·YEAR/H. Of H = 1 h 60.72, of 24 h 2.530, of 30 d 0.0843.
const LARGEST = { hour: 60.72, day: 2.53, month: 0.0844 };

/** 60 rounds of one phase, then `beside` more of it while the next runs, then 60 of the next alone. */
function twoPhases(beside: number, oldPrice: (price: number, i: number) => number): FeedRound[] {
  const old = drawRounds({ seed: 5, count: 60, phase: 1n, gap: GAP });
  const switched = old.at(-1)!;
  const price = Number(switched.price) / 1e18;
  const next = drawRounds({
    ...{ seed: 6, count: 60 + beside, phase: 2n, gap: GAP },
    ...{ start: switched.time, price },
  });
  const both = next.slice(0, beside).map((round, i) => ({
    id: switched.id + BigInt(1 + i),
    time: round.time + 300, // five minutes after the new one's
    came: round.time + 300,
    price: feedWad(oldPrice(Number(round.price) / 1e18, i)),
  }));
  return [...old, ...next, ...both].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

/** The final states under random schedules, and how far two of them are apart at most. */
function spread(rounds: readonly FeedRound[]) {
  const finals = Array.from({ length: SCHEDULES }, (_, i) =>
    scheduledTwin({ rounds, bounds }, drawSchedule(4, i, rounds.length, 8), new StateCount()),
  );
  const apart = (of: (e: Estimate) => bigint) => {
    const values = finals.map((e) => Number(of(e)) / 1e18);
    return Math.max(...values) - Math.min(...values);
  };
  return {
    states: new Set(finals.map(keyOf)).size,
    hour: apart(({ hour }) => hour),
    day: apart(({ day }) => day),
    month: apart(({ month }) => month),
    used: apart(({ used }) => used),
  };
}

function words({ hour, day, month, used }: ReturnType<typeof spread>): string {
  const of = (found: number, most: number) => `${found.toPrecision(3)} (one return: ${most})`;
  const { hour: h, day: d, month: m } = LARGEST;
  return `v1 ${of(hour, h)}, vF ${of(day, d)}, vS ${of(month, m)}, σused ${used.toPrecision(3)}`;
}

describe("a feed that changes its phase", function () {
  this.timeout(120_000);

  it("leaves one state if the old phase ends when the new one begins", () => {
    expect(spread(twoPhases(0, (price) => price)).states).to.equal(1);
  });

  it("differs by less than one clamped return if the old one ran on for two hours", () => {
    const found = spread(twoPhases(6, (price, i) => price * (1 + (i % 2 ? 0.002 : -0.002))));
    console.log(`      ${found.states} states of ${SCHEDULES} schedules; apart by ${words(found)}`);
    expect(found.states).to.be.greaterThan(1);
    expect(found.hour).to.be.below(LARGEST.hour);
    expect(found.day).to.be.below(LARGEST.day);
    expect(found.month).to.be.below(LARGEST.month);
  });

  // Whoever walks it has its return, and the return back to the new phase.
  it("differs by less than two if the old one's last round was wrong", () => {
    const found = spread(twoPhases(1, (price) => price * 0.5));
    console.log(`      apart by ${words(found)}`);
    expect(found.states).to.be.greaterThan(1);
    expect(found.hour).to.be.below(2 * LARGEST.hour);
    expect(found.day).to.be.within(LARGEST.day, 2 * LARGEST.day);
    expect(found.month).to.be.within(LARGEST.month, 2 * LARGEST.month);
  });

  it("is walked on the chain as in the SDK, early or late", async () => {
    const rounds = twoPhases(6, (price, i) => price * (1 + (i % 2 ? 0.002 : -0.002)));
    const feed = { symbol: "ETH-USD.OWN", base: "ETH", decimals: 8, rounds };
    const stage = await openRoundsChain({ params, factor, rounds: feed, lanes: 2 });
    const [early, late] = stage.lanes as [(typeof stage.lanes)[0], (typeof stage.lanes)[0]];
    for (const [i, round] of rounds.entries()) {
      if (i > 0) await publish(stage, round);
      await observe(stage, early, 64);
    }
    await observe(stage, late, 500);
    const stored = [await estimateOf(stage, early), await estimateOf(stage, late)];
    await stage.chain.connection.close();
    const steps = rounds.map((_, i) => [i, [{ kind: "observe", who: 0, most: 64 }]] as const);
    const twins = { rounds, bounds };
    const expected = [new Map(steps), new Map()].map((schedule) =>
      scheduledTwin(twins, schedule, new StateCount()),
    );
    expect(stored.map(keyOf)).to.deep.equal(expected.map(keyOf));
    expect(keyOf(stored[0]!)).not.to.equal(keyOf(stored[1]!));
  });
});
