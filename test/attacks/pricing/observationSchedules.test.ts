import { expect } from "chai";
import { describe, it } from "mocha";

import type { AccountId } from "../../../sdk/types/Ids.ts";
import { idOf } from "../../fixtures/margin.ts";
import { calmMarket } from "../../fixtures/market.ts";
import { expiryStateOf } from "../../fixtures/settlement.ts";
import { future, option, trade, type Trading } from "../../fixtures/trading.ts";

// Whoever observes, in whatever batches, and whoever settles whom in whatever order: the same price
// to the wei, the same cash to a wei a touch, and longs = shorts = 0 after.

/** A small generator: the same draws every time. */
function draws(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** Rounds from an hour before the window until an hour after it, some of them silent for a while. */
function tapeOf(seed: number): readonly (readonly [number, number])[] {
  const draw = draws(seed);
  const tape: [number, number][] = [];
  let price = 2_000;
  for (let t = -3_600; t < 5_400; t += 20 + draw(400)) {
    if (draw(12) === 0) t += 3_600 + draw(900); // longer than the heartbeat
    price += draw(41) - 20;
    tape.push([t, price]);
  }
  return tape;
}

type Outcome = { price: bigint; window: number; cash: bigint[]; open: bigint[] };

async function run(tape: ReturnType<typeof tapeOf>, seed: number): Promise<Outcome> {
  const local = await calmMarket();
  const { clearinghouse, alice, bob, carol, near } = local;
  const { time } = local.networkHelpers;
  const [dated, call, put] = [
    future(2, near),
    option(2, "call", near, 2_000),
    option(2, "put", near, 2_000),
  ];
  await trade(local, alice, bob, { instrument: dated, size: 7, price: 2_000 });
  await trade(local, carol, alice, { instrument: dated, size: 3, price: 2_010 });
  await trade(local, bob, carol, { instrument: call, size: 5, price: 70 });
  await trade(local, alice, bob, { instrument: put, size: 2, price: 70 });
  const draw = draws(seed);
  const start = near - 1_800;
  for (const [after, price] of tape) {
    await time.increaseTo(start + after);
    await local.setPrice("ETH", price);
    if (seed !== 0 && draw(3) === 0) await clearinghouse.write.observe([2n, BigInt(1 + draw(9))]);
    if (seed !== 0 && draw(6) === 0) await tolerate(clearinghouse.write.settleExpiries([2n]));
    if (seed !== 0 && draw(8) === 0)
      await clearinghouse.write.settleExpired([idOf([alice, bob, carol][draw(3)]!)]);
  }
  await time.increaseTo(start + 20_000);
  await local.setPrice("ETH", 2_500);
  await time.increaseTo(start + 22_000);
  const batch = BigInt(1 + draw(30));
  while ((await clearinghouse.simulate.observe([2n, batch])).result > 0n) {
    await clearinghouse.write.observe([2n, batch]);
  }
  await clearinghouse.write.settleExpiries([2n]);
  const { stage, settlement, windowStart } = await expiryStateOf(local);
  expect(stage).to.equal(3);
  const ids = [alice, bob, carol].map((actor) => idOf(actor));
  for (const id of shuffled(ids, draw)) await clearinghouse.write.settleExpired([id]);
  return {
    ...{ price: settlement, window: windowStart - start },
    cash: await Promise.all(ids.map((id) => clearinghouse.read.cashOf([id]))),
    open: await opens(local, [dated, call, put]),
  };
}

/** Nothing but that more than eight rounds wait. */
async function tolerate(act: Promise<unknown>) {
  await act.catch((error: Error) => {
    if (!error.message.includes("EstimateBehind")) throw error;
  });
}

async function opens(local: Trading, instruments: readonly bigint[]) {
  const all = instruments.map((id) => local.clearinghouse.read.interestOf([id]));
  const [market] = await local.clearinghouse.read.marketOf([2n]);
  return [...(await Promise.all(all)).map(({ open }) => open), market.openInterest];
}

function shuffled(ids: readonly AccountId[], draw: (most: number) => number) {
  const from = draw(ids.length);
  const turned = [...ids.slice(from), ...ids.slice(0, from)];
  return draw(2) === 0 ? turned : turned.reverse();
}

describe("attack: who observes, and when", () => {
  for (const tape of [1, 2, 3, 4]) {
    it(`changes no settlement: tape ${tape}`, async () => {
      const quiet = await run(tapeOf(tape), 0);
      expect(quiet.open.slice(0, 3)).to.deep.equal([0n, 0n, 0n]);
      expect(quiet.open[3]! < 10n).to.equal(true);
      for (const seed of [11, 22, 33]) {
        const busy = await run(tapeOf(tape), seed);
        expect([busy.price, busy.window]).to.deep.equal([quiet.price, quiet.window]);
        expect(busy.open.slice(0, 3)).to.deep.equal([0n, 0n, 0n]);
        // A touch rounds down by a wei; interest on what was paid sooner or later is cents.
        for (const [i, cash] of busy.cash.entries()) {
          const apart = cash - quiet.cash[i]!;
          expect(apart < 10n ** 17n && apart > -(10n ** 17n), `${apart}`).to.equal(true);
        }
      }
    });
  }
});
