import { expect } from "chai";
import { parseUnits } from "viem";

import { createRandom, type Random } from "../../sdk/sim/random.ts";
import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { withRounds } from "../../sdk/logic/index.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { type AccountId, assetId, FUND, type InstrumentId } from "../../sdk/types/Ids.ts";
import { idOf, offer, WAD } from "../fixtures/margin.ts";
import { HEIR } from "../fixtures/told.ts";
import { future, option, perp, trade, type Trading } from "../fixtures/trading.ts";
import { type Events, layersOf, lossStage } from "./losses.ts";

const SEED = 20_261_202;
const SCENES = Number(process.env["SCENES"] ?? 6);
const PRICE = 2_000;
const WEI = 1_000n; // of rounding: below one of each unit
const MARKS = { call: 72, put: 72 }; // of options at the money for a week at 65 %

/** What can be traded of ETH, and for how much. */
function tradable(near: number): readonly (readonly [InstrumentId, price: number])[] {
  return [
    [perp(2), PRICE],
    [future(2, near), PRICE],
    [option(2, "call", near, PRICE), MARKS.call],
    [option(2, "put", near, PRICE), MARKS.put],
  ];
}

/** What winners are charged for what an account lacks, before it is booked. */
function withheldFor(s: Snapshot, id: AccountId): bigint {
  return s.accounts[id]!.parts.reduce((sum, { amount }) => sum + amount, 0n);
}

/** By how much the books of winners and lenders changed, what was withheld before among it. */
function bookedBetween(before: Snapshot, after: Snapshot, loser: AccountId) {
  const cuts = Object.entries(after.interests).flatMap(([key, { cuts: now }]) => {
    const { open, cuts: then } = before.interests[key]!;
    return now.map(({ sum }, side) => (open * (sum - then[side]!.sum)) / WAD);
  });
  const fresh = cuts.reduce((sum, cut) => sum + cut, 0n);
  const winners = fresh + withheldFor(before, loser) - withheldFor(after, loser);
  const [then, now] = [before, after].map(({ cash }) => cash.deficit + cash.lossToday);
  return { winners, lenders: now! - then! };
}

/** What a bid, or the house that took over, asked of the waterfall. */
function askedOf(events: Events): bigint {
  for (const event of events) {
    if (event.eventName === "Bid") return event.args.slice.waterfall;
    if (event.eventName === "TakeOver") return event.args.lost;
  }
  throw new Error("nothing was sold");
}

// Alice trades one to three instruments of ETH with bob and carol, in some scenes over a loan; then ETH gaps to
// where she has less than nothing. Her book goes in slices drawn at random, or to the house.
describe("story: random books go bankrupt", function () {
  this.timeout(300_000);

  async function open(random: Random) {
    const made = await lossStage((near) => tradable(near).map(([instrument]) => instrument));
    const { local } = made;
    const { alice, bob, carol, dave, clearinghouse, pool, units } = local;
    await local.deposit(dave, "USDC", 1_000_000);
    await local.fund(dave, "USDC", 10_000);
    const gift = units("USDC", random.pick([1, 500, 5_000]));
    await clearinghouse.write.deposit([FUND, pool.tokens["USDC"]!, gift], {
      account: dave.account,
    });
    if (random.integer(2) === 0) await borrow(local);
    for (const [instrument, price] of random
      .shuffle(tradable(local.near))
      .slice(0, 1 + random.integer(3))) {
      const size = 40 + random.integer(50);
      const other = random.pick([bob, carol]);
      const [buyer, seller] = random.integer(2) === 0 ? [alice, other] : [other, alice];
      const wish = { instrument, size, price };
      await trade(local, buyer, seller, wish).catch(() => "too little margin for one more");
    }
    return made;
  }

  /** Alice's cash and more is taken out against 100 ETH. */
  async function borrow(local: Trading) {
    const { alice, clearinghouse, pool, units } = local;
    const id = await local.deposit(alice, "ETH", 100);
    const { address } = alice.account;
    const args = [id, pool.tokens["USDC"]!, units("USDC", 180_000), address] as const;
    await clearinghouse.write.withdraw(args, { account: address });
  }

  /** A price at which alice has less than nothing; none if there is none near. */
  function ruinOf(s: Snapshot, local: Trading, random: Random): number | undefined {
    const timestamp = s.block.timestamp + 61;
    const wild = [0.8, 0.7, 0.6, 0.5, 0.35, 0.2, 1.2, 1.4, 1.7, 2, 2.5, 4];
    return random
      .shuffle(wild)
      .map((move) => PRICE * move)
      .find((price) => {
        const rounds = { [assetId(2, 0)]: parseUnits(String(price), 18) };
        const there = withRounds(s, { timestamp, rounds });
        return accountHealthOf(there, idOf(local.alice), timestamp).equity < 0n;
      });
  }

  it("and what each layer announced is what was lost, and what stands in its books", async () => {
    const random = createRandom(SEED);
    const seen = { bids: 0, takeovers: 0, fund: 0, winners: 0, lenders: 0 };
    for (let i = 0; i < SCENES; ++i) {
      const { local, act, gap, snapshot } = await open(random);
      const [loser, bidder] = [idOf(local.alice), idOf(local.dave)];
      const ruin = ruinOf(await snapshot(), local, random);
      if (ruin === undefined) continue;
      await gap(loser, ruin);
      const inherits = random.integer(2) === 0;
      if (inherits) await local.networkHelpers.time.increase(1_801);
      await local.setPrice("ETH", ruin);
      for (let open = true; open;) {
        const fraction = (WAD * BigInt(200 + random.integer(900))) / 1_000n;
        const step = await act(
          inherits
            ? { verb: "takeOver", account: loser, backstopAccount: HEIR }
            : { verb: "bid", offer: offer(loser, bidder, fraction < WAD ? fraction : WAD) },
        );
        expect(step.preview, `scene ${i}`).to.include({ ok: true });
        const layers = layersOf(step.events);
        const booked = bookedBetween(step.before, step.after, loser);
        expect(layers.fund + layers.winners + layers.lenders).to.equal(askedOf(step.events));
        expect(booked.lenders).to.equal(layers.lenders);
        const rounded = booked.winners - layers.winners; // what winners give up beyond it is the fund's
        expect(rounded >= 0n && rounded < WEI, `${rounded} wei`).to.equal(true);
        seen[inherits ? "takeovers" : "bids"] += 1;
        for (const name of ["fund", "winners", "lenders"] as const) {
          if (layers[name] > 0n) seen[name] += 1;
        }
        open = step.after.accounts[loser]!.phase === Phase.Auction;
      }
    }
    console.log(`      seed ${SEED}, ${SCENES} scenes`, seen);
    for (const [what, count] of Object.entries(seen)) expect(count, what).to.be.above(0);
  });
});
