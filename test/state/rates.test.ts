import { expect } from "chai";
import { before, describe, it } from "mocha";

import { WAD } from "../../sdk/math/WadMath.ts";
import { createRandom, type Random } from "../../sdk/sim/random.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { withAccount } from "../../sdk/logic/accounts.ts";
import { observed, withRounds } from "../../sdk/logic/index.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { poke } from "../../sdk/logic/poke.ts";
import { observeRate } from "../../sdk/logic/rates.ts";
import { assetId, STABLES, type AccountId } from "../../sdk/types/Ids.ts";
import { calmPool, withdraw } from "../fixtures/margin.ts";

const [ETH, WSTETH, BTC, LINK] = [assetId(2, 0), assetId(2, 1), assetId(1, 0), assetId(4, 0)];
const SCHEDULES = 150;
const MINUTE = 60;
const ether = 2_000n * WAD;

/** What a follower's feed does in a minute. */
type Turn = "right" | "silent" | "dead" | "twice" | "wrong";

// Alice's wstETH, a little of what else there is, and a debt; feeds do as they like, and a keeper looks every minute
// and notes what they say.
describe("a follower whose feed does as it likes", () => {
  let calm: Snapshot;
  let alice: AccountId;
  let start: number;

  before(async () => {
    const local = await calmPool();
    await local.deposit(local.bob, "USDC", 1_000_000);
    alice = await local.deposit(local.alice, "wstETH", 10);
    for (const dust of ["BTC", "LINK"]) await local.deposit(local.alice, dust, "0.00000001");
    await withdraw(local, local.alice, "USDC", 10_000);
    calm = await getSnapshot(local.client, { pool: local.pool, accounts: [alice] });
    start = calm.block.timestamp;
  });

  /** The pool in which alice's wstETH has this rate, known to all, and she this health. */
  function staged(rate: bigint, health: number): Snapshot {
    let state = calm;
    for (const time of [start + MINUTE, start + 3 * MINUTE]) {
      const rounds = { [ETH]: ether, [WSTETH]: rate, [BTC]: 7_900n * WAD, [LINK]: 4n * WAD };
      state = observed(withRounds(state, { timestamp: time, rounds }), { timestamp: time });
      state = observeRate(state, WSTETH, time);
    }
    const timestamp = start + 3 * MINUTE;
    let [least, most] = [0n, 60_000n * WAD];
    for (let i = 0; i < 60; ++i) {
      const middle = (least + most) / 2n;
      const seen = accountHealthOf(
        withAccount(state, alice, { principal: -middle }),
        alice,
        timestamp,
      );
      if (Number(seen.health) / 1e18 > health) least = middle;
      else most = middle;
    }
    return withAccount(state, alice, { principal: -least });
  }

  /** One minute of the feed; `other` is what a wrong round says. */
  function turn(s: Snapshot, kind: Turn, rate: bigint, other: bigint, timestamp: number): Snapshot {
    const say = (state: Snapshot, price: bigint, time: number) =>
      withRounds(state, { timestamp: time, rounds: { [WSTETH]: price } });
    switch (kind) {
      case "silent":
        return s;
      case "dead":
        return say(s, 0n, timestamp);
      case "wrong":
        return say(s, other, timestamp);
      case "twice": // a right one half a minute before
        return observeRate(say(s, rate, timestamp - 30), WSTETH, timestamp - 30);
      case "right":
        return say(s, rate, timestamp);
    }
  }

  function minute(s: Snapshot, price: bigint, timestamp: number): Snapshot {
    const told = withRounds(s, { timestamp, rounds: { [ETH]: price } });
    const noted = observeRate(observed(told, { timestamp, factors: [2] }), WSTETH, timestamp);
    return poke(noted, alice, timestamp).state;
  }

  const rateOf = (random: Random) => (WAD * BigInt(60 + random.integer(61))) / 100n; // it was 1.2
  const phase = (s: Snapshot) => s.accounts[alice]!.phase;

  it(`sells nobody who is healthy, dead, flapping, late or wrong once (${SCHEDULES} schedules)`, function () {
    this.timeout(300_000);
    const random = createRandom(20_261_201);
    for (let n = 0; n < SCHEDULES; ++n) {
      const rate = rateOf(random);
      const other = (rate * BigInt(random.pick([30, 60, 85, 110, 250]))) / 100n;
      const health = 1.02 + random.uniform() * 0.5;
      let state = staged(rate, health);
      const printed = random.integer(30); // when the one wrong round comes; four minutes later a right one
      for (let i = 0; i < 40; ++i) {
        const timestamp = start + (4 + i) * MINUTE;
        const ill = i > printed && i < printed + 4;
        const turns: Turn[] = ill ? ["dead", "silent"] : ["right", "silent", "dead", "twice"];
        const drawn = random.pick(turns);
        const kind = i === printed ? "wrong" : i === printed + 4 ? "right" : drawn;
        state = minute(turn(state, kind, rate, other, timestamp), ether, timestamp);
        expect(phase(state), `${n}.${i} ${kind} at ${rate}`).to.not.equal(Phase.Auction);
      }
      // A call that a wrong round opened ends at a health of 1.10, which some never had.
      if (health > 1.15) expect(phase(state), `${n} at the end`).to.equal(Phase.Clear);
    }
  });

  it(`sells whoever has nothing left, at whatever rate, dead, late or beside dust (${SCHEDULES} schedules)`, function () {
    this.timeout(300_000);
    const random = createRandom(20_261_202);
    for (let n = 0; n < SCHEDULES; ++n) {
      const rate = rateOf(random);
      let state = staged(rate, 1.02 + random.uniform() * 0.5);
      const { equity } = accountHealthOf(state, alice, start + 3 * MINUTE);
      const value = mul(ether, rate) * 10n;
      const fall = Number(equity) / Number(value) + 0.01; // nothing left, and a hundredth less
      const crashed = (ether * BigInt(Math.floor((1 - fall) * 1e6))) / 1_000_000n;
      const first = start + (4 + random.integer(2) * 60 * 30) * MINUTE; // a day and more: the rate is late
      const kind = random.pick<Turn>(["dead", "silent", "right", "twice"]);
      for (const dust of [BTC, LINK]) {
        const dies = { timestamp: first, rounds: { [dust]: 0n } };
        if (random.integer(2) === 0) state = withRounds(state, dies);
      }
      state = turn(state, kind, rate, rate, first);
      let minutes = 0;
      for (; minutes < 15 && phase(state) !== Phase.Auction; ++minutes) {
        state = minute(state, crashed, first + minutes * MINUTE);
      }
      expect(minutes, `${n}: ${kind} at ${rate}, ${(100 * fall).toFixed(1)} % less`).to.be.lessThan(
        4,
      );
    }
  });

  it("knows what it is about: R follows the rate to where it was staged", () => {
    const rate = staged((WAD * 7n) / 10n, 1.2).assets[WSTETH]!.rate;
    expect(rate.sound).to.equal((WAD * 7n) / 10n);
    expect(calm.assets[assetId(STABLES, 0)]!.rate.sound).to.equal(WAD);
  });
});

const mul = (a: bigint, b: bigint) => (a * b) / WAD;
