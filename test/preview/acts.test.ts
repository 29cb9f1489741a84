import { expect } from "chai";

import { decodeError } from "../../sdk/errors/index.ts";
import type { BallastError } from "../../sdk/errors/index.ts";
import type { Margins } from "../../sdk/preview/margins.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { createRandom, type Random } from "../../sdk/sim/random.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { priceAt } from "../../sdk/state/price.ts";
import { ownerOf, accountId, type AccountId } from "../../sdk/types/Ids.ts";
import { drawChange } from "./drawChange.ts";
import { expectAlike } from "../parity/plain.ts";
import { endow, openMarket, type Market } from "./openMarket.ts";
import { openPrices, type Prices } from "./prices.ts";
import { send } from "./send.ts";

const SEED = 20_260_729;
const ACTS = 700;
const HOUSE = ownerOf(`0x${"00".repeat(32)}`);

/** Everything of a snapshot but where it was read; prices as they are at a time. */
function stateOf(s: Snapshot, timestamp: number) {
  const { block: _, feeds, ...rest } = s;
  const ids = Object.keys(feeds).map(Number);
  return { ...rest, prices: ids.map((id) => priceAt(s, id, timestamp)) };
}

/** Seconds until the next block. */
function drawPause(random: Random): number {
  return 1 + random.integer(random.pick([10, 70, 70, 400, 400, 1_000, 1_000, 4_000]));
}

describe("a preview of random acts", () => {
  const seen: Record<string, number> = {};
  let market: Market;
  let prices: Prices;

  function tally(key: string) {
    seen[key] = (seen[key] ?? 0) + 1;
  }

  async function refusalOf(change: Parameters<typeof send>[1], timestamp: number) {
    try {
      await send(market, change, timestamp);
    } catch (thrown) {
      return decodeError(thrown) as BallastError & { readonly args: unknown };
    }
    return null;
  }

  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    await endow(market, createRandom(SEED + 2));
    prices = openPrices(market, createRandom(SEED + 1));
  });

  it("says what the chain then does, to the wei, or refuses with its very words", async function () {
    this.timeout(240_000);
    const random = createRandom(SEED);
    const heirs = [accountId(HOUSE, 1n)];
    const read = () => market.snapshot([...market.accounts, ...heirs]);
    let snapshot = await read();
    for (let i = 0; i < ACTS; i++) {
      if (await prices.move()) snapshot = await read();
      const timestamp = snapshot.block.timestamp + drawPause(random);
      const heir = heirs.at(-1)!;
      const change = drawChange({ market, random, snapshot, timestamp, heir });
      const where = `seed ${SEED}, act ${i}: ${change.verb}`;
      const expected = preview(snapshot, [change], { timestamp });
      const refusal = await refusalOf(change, timestamp);
      snapshot = await read();
      if (!expected.ok) {
        const { name, args } = expected.error as BallastError & { readonly args: unknown };
        expect([name, args], where).to.deep.equal([refusal?.name, refusal?.args]);
        tally(`${change.verb}: ${name}`);
        continue;
      }
      expect(refusal, `${where}: ${refusal?.message}`).to.equal(null);
      expectAlike(stateOf(expected.state, timestamp), stateOf(snapshot, timestamp), where);
      await expectMargins(expected.after, where);
      tally(change.verb);
      if (change.verb !== "takeOver") continue;
      heirs.push(accountId(HOUSE, BigInt(heirs.length + 1)));
      snapshot = await read();
    }
    console.log(`      seed ${SEED}, ${ACTS} acts, 0 mismatches`, seen);
    expect(Object.keys(seen)).to.have.length.greaterThan(25);
  });

  async function expectMargins(margins: Margins, where: string) {
    const ids = Object.keys(margins) as AccountId[];
    const mine = Object.values(margins).map(({ health: _, ...margin }) => margin);
    const theirs = await market.lens.read.margins([market.pool.clearinghouse, ids]);
    expect(mine, where).to.deep.equal(theirs);
  }
});
