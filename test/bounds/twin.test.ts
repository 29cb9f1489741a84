import { expect } from "chai";
import { before, describe, it } from "mocha";

import { BallastError } from "../../sdk/errors/BallastError.ts";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import { MAX_DEPTH } from "../../sdk/math/ScenarioMath.ts";
import { SLOW_RAMP } from "../../sdk/math/RampMath.ts";
import { MAX_PRICE, MAX_VALUE, WAD } from "../../sdk/math/WadMath.ts";
import { preview } from "../../sdk/preview/preview.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { marginOf, accountHealthOf } from "../../sdk/logic/margin.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import { withRounds } from "../../sdk/logic/rounds.ts";
import { CASH, FUND, type AccountId, type InstrumentId } from "../../sdk/types/Ids.ts";
import type { Fill } from "../../sdk/types/Order.ts";
import { idOf, offer } from "../fixtures/margin.ts";
import { calmMarket, meet } from "../fixtures/market.ts";
import { future, option, perp, trade, type Trading } from "../fixtures/trading.ts";
import { endOf, moving, type Chosen } from "./chosen.ts";
import { boundsOf, ordered, type Bound } from "./ends.ts";

const ETH = 0x0200;
const SEED = 20_261_201;
const HOUR = 3_600;
const ENDS = ["low", "high"] as const;
// One second, the end of what IM alone counts, where the sighting began, the end.
const TIMES = [1, HOUR, 33 * HOUR, Number(SLOW_RAMP)];
const USUAL = 2_000n * WAD;

// Alice is long a hundredth of ETH in a perp, a future and a call, bob is short of them: at 10^10 USD each
// book is worth 10^8, of 10^11 that the model is stated for. Alice has wstETH and a debt beside.
describe("both ends of every bound", () => {
  let local: Trading;
  let bounds: Bound[];
  let start: Snapshot;
  let instruments: InstrumentId[];
  let fill: Fill;
  let alice: AccountId;
  let bob: AccountId;

  before(async function () {
    this.timeout(240_000);
    local = await calmMarket();
    [alice, bob] = [idOf(local.alice), idOf(local.bob)];
    await local.deposit(local.alice, "wstETH", 1);
    const sized = { size: "0.01" };
    instruments = [perp(2), future(2, local.near), option(2, "call", local.near, 2_000)];
    const prices = [2_000, 2_000, 72];
    for (const [i, instrument] of instruments.entries()) {
      await trade(local, local.alice, local.bob, { ...sized, instrument, price: prices[i]! });
    }
    fill = await meet(local, local.alice, local.bob, {
      ...{ ...sized, instrument: perp(2), price: 2_000 },
    });
    bounds = await boundsOf(local);
    const accounts = [FUND, alice, bob, idOf(local.carol), idOf(local.dave)];
    start = await getSnapshot(local.client, { pool: local.pool, accounts, instruments });
  });

  /** The pool `elapsed` seconds on its way, a round at that price waiting. */
  function at(from: Chosen, to: Chosen, elapsed: number, price: bigint) {
    const changed = start.block.timestamp;
    const timestamp = changed + elapsed;
    const state = moving(start, ordered(from), ordered(to), changed);
    const rounds = { [ETH]: price, [CASH]: WAD };
    return { state: withRounds(state, { timestamp, rounds }), timestamp };
  }

  /** Measures both accounts and every instrument: nothing may refuse. */
  function measure({ state, timestamp }: ReturnType<typeof at>) {
    for (const id of [alice, bob]) {
      marginOf(state, id, timestamp);
      accountHealthOf(state, id, timestamp);
    }
    for (const id of instruments) {
      const alive = id === instruments[0] || timestamp < local.near;
      if (alive) quoteOf(state, id, timestamp);
    }
  }

  /** Each verb, by itself: done, or refused for a reason of its own. Returns which were done. */
  function act({ state, timestamp }: ReturnType<typeof at>): string[] {
    const { tokens } = local.pool;
    const carol = idOf(local.carol);
    const sold = { by: { address: local.dave.account.address } };
    const changes: Change[] = [
      { verb: "deposit", account: alice, token: tokens["USDC"]!, amount: 1_000_000n },
      { verb: "withdraw", account: alice, token: tokens["wstETH"]!, amount: 1n },
      { verb: "observe", factor: 2, maxRounds: 8, ...sold },
      { verb: "call", account: alice },
      { verb: "call", account: bob },
      { verb: "bid", offer: offer(bob, carol) },
      { verb: "settle", fills: [fill], atomic: true },
      { verb: "settleExpiries", factor: 2 },
      { verb: "settleExpired", account: bob },
      { verb: "accrue" },
    ];
    return changes.flatMap((change) => {
      const told = preview(state, [change], { timestamp });
      if (told.ok) return [change.verb];
      if (told.error instanceof OutOfBounds) throw told.error;
      expect(told.error).to.be.instanceOf(BallastError);
      return [];
    });
  }

  /** Says at which choice something failed. */
  function tried<T>(where: string, what: () => T): T {
    try {
      return what();
    } catch (error) {
      throw new Error(`${where}: ${String(error)}`, { cause: error });
    }
  }

  it("are the maths' own where it has any", () => {
    const high = (name: string) => {
      const bound = bounds.find((one) => one.name === name)!;
      return bound.high * bound.unit;
    };
    for (const name of ["dailyVolume", "borrowCap", "minimumIdle"])
      expect(high(name), name).to.equal(MAX_VALUE);
    for (const name of ["high", "cap", "onePercent"]) expect(high(name), name).to.equal(MAX_DEPTH);
  });

  it("leave every verb working, one at a time, all the way there and back", function () {
    this.timeout(240_000);
    let done = 0;
    for (const bound of bounds) {
      for (const end of ENDS) {
        const to = { [bound.name]: endOf(bound, end) };
        for (const elapsed of TIMES) {
          for (const price of [USUAL, MAX_PRICE]) {
            for (const [from, then] of [[{}, to] as const, [to, {}] as const]) {
              const where = `${bound.name} ${end}, ${elapsed} s, at ${price / WAD}`;
              done += tried(where, () => act(at(from, then, elapsed, price))).length;
            }
          }
        }
      }
    }
    console.log(`      ${bounds.length} parameters, ${done} acts done`);
    expect(done).to.be.greaterThan(bounds.length * 2 * 8 * 2 * 4);
  });

  it("leave every account measurable, any two of them jointly", function () {
    this.timeout(600_000);
    const random = createRandom(SEED);
    let pairs = 0;
    for (const [i, one] of bounds.entries()) {
      for (const other of bounds.slice(i + 1)) {
        for (const end of ENDS) {
          for (const against of ENDS) {
            const to = { [one.name]: endOf(one, end), [other.name]: endOf(other, against) };
            const where = `${one.name} ${end}, ${other.name} ${against}`;
            for (const price of [USUAL, MAX_PRICE]) {
              const elapsed = random.pick(TIMES);
              tried(where, () => measure(at({}, to, elapsed, price)));
              tried(where, () => measure(at(to, {}, elapsed, price)));
            }
            pairs++;
          }
        }
      }
    }
    console.log(`      seed ${SEED}, ${pairs} pairs`);
  });

  it("leave every verb working, all of them at once, from any corner to any other", function () {
    this.timeout(600_000);
    const random = createRandom(SEED + 1);
    const corner = (pick: () => "low" | "high") =>
      Object.fromEntries(bounds.map((bound) => [bound.name, endOf(bound, pick())]));
    const [lows, highs] = [corner(() => "low"), corner(() => "high")];
    const any = () => corner(() => random.pick(ENDS));
    const ways = [[lows, highs] as const, [highs, lows] as const];
    for (let i = 0; i < 60; ++i) ways.push([any(), any()] as const);
    for (const [i, [from, to]] of ways.entries()) {
      for (const price of [USUAL, MAX_PRICE]) {
        const elapsed = i < 2 ? 33 * HOUR : random.pick(TIMES);
        const stage = at(from, to, elapsed, price);
        tried(`way ${i}, ${elapsed} s, at ${price / WAD}`, () => act(stage));
      }
    }
  });

  it("leave expiries settling at the largest price", () => {
    const stage = at({}, {}, local.near + 1 - start.block.timestamp, MAX_PRICE);
    const verbs = act(stage);
    expect(verbs).to.include.members(["settleExpiries", "settleExpired", "observe"]);
  });
});
