import { expect } from "chai";

import { divUp, mulUp } from "../../sdk/math/WadMath.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { openTrading } from "../preview/openTrading.ts";
import { type Hall, type Sale, sellOne } from "./sales.ts";

const SEED = 20_261_201;
const BOOKS = Number(process.env["BOOKS"] ?? 250);
const WAD = 10n ** 18n;
const CURE = (11n * WAD) / 10n;

// Random books of spot, loans, perps, futures and options, at any health below 1, at any moment of their
// auction, backed where they are thin. What is rounded is up to a wei of each of the book's parts, at prices
// of up to 10^4: DUST is that of seven parts, in USD.
const DUST = 10n ** 5n;

describe("a bid for a random book", function () {
  this.timeout(300_000);
  let hall: Hall;

  before(async () => {
    const market = await openTrading();
    const base = await market.snapshot(market.accounts);
    hall = { market, base, random: createRandom(SEED) };
  });

  function sales(fractionOf: () => bigint): Sale[] {
    const all = Array.from({ length: BOOKS }, () => sellOne(hall, fractionOf()));
    const sold = all.filter((sale) => sale !== undefined);
    const backed = sold.filter((sale) => sale.backed).length;
    console.log(`      seed ${SEED}: ${sold.length} bids of ${BOOKS}, ${backed} backed`);
    expect(backed).to.be.above(BOOKS / 10);
    expect(sold.length - backed).to.be.above(BOOKS / 4);
    return sold;
  }

  const part = () => BigInt(100 + hall.random.integer(900)) * 10n ** 15n;

  it("leaves the account no less healthy, to the wei; what has no equity lacks and needs less", () => {
    for (const [i, { before, after, empty }] of sales(part).entries()) {
      if (empty) continue;
      const dust = divUp(DUST, after.maintenance);
      if (before.equity >= 0n) {
        expect(after.health >= before.health - dust - 1n, `book ${i}`).to.equal(true);
      } else {
        expect(after.equity >= before.equity, `book ${i}`).to.equal(true);
        expect(after.maintenance <= before.maintenance + DUST, `book ${i}`).to.equal(true);
      }
    }
  });

  it("that no one else pays for costs the account its discount, and nothing more", () => {
    for (const { before, after, slice, empty } of sales(part)) {
      if (empty || slice.waterfall > 0n) continue; // lenders bear that, and the account may be one
      const least = before.equity - mulUp(slice.fraction, slice.discount);
      expect(after.equity >= least - DUST, `${after.equity} of ${least}`).to.equal(true);
    }
  });

  it("at its limit cures, or leaves nothing", () => {
    const ends = { empty: 0, above: 0, below: 0 }; // the level of cure
    for (const [i, sale] of sales(() => WAD).entries()) {
      expect(sale.cured || sale.empty, `book ${i}`).to.equal(true);
      if (sale.empty) ends.empty += 1;
      else ends[sale.after.health >= CURE ? "above" : "below"] += 1;
      // Cash that was paid needs 2 % and a band, at the dearest tier 3.6 %, where nothing is owed.
      if (!sale.empty) expect(sale.after.health > CURE - (4n * CURE) / 100n).to.equal(true);
    }
    console.log("     ", ends);
    for (const count of Object.values(ends)) expect(count).to.be.above(BOOKS / 40);
  });
});
