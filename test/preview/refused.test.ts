import { expect } from "chai";

import { decodeError } from "../../sdk/errors/index.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { createRandom, type Random } from "../../sdk/sim/random.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { FUND, type AccountId } from "../../sdk/types/Ids.ts";
import { plain } from "../parity/plain.ts";
import { drawChange } from "./drawChange.ts";
import { drawSettle, type Made } from "./drawTrade.ts";
import { follow, type Thrown } from "./follow.ts";
import { endow } from "./openMarket.ts";
import { openTrading, type TradingMarket } from "./openTrading.ts";
import { wouldSend } from "./send.ts";

const SEED = 20_261_125;
const REFUSALS = Number(process.env["REFUSALS"] ?? 120);
const OPENED = 60; // acts before, so that accounts hold positions
const HEIR: AccountId = `0x${"00".repeat(31)}01`;

describe("a preview of random refusals", () => {
  const seen: Record<string, number> = {};
  let market: TradingMarket;
  let snapshot: Snapshot;
  let timestamp: number;

  before(async function () {
    this.timeout(120_000);
    const random = createRandom(SEED + 1);
    market = await openTrading();
    await endow(market, createRandom(SEED + 2));
    const read = () => market.snapshot([FUND, ...market.accounts, HEIR]);
    snapshot = await read();
    for (let i = 0; i < OPENED; i++) {
      const made: Made[] = [];
      const at = snapshot.block.timestamp + 1;
      const changes = [await draw(random, at, 1, made)];
      market.orders.splice(0, Infinity, ...made.map(({ hash }) => hash));
      const orders = Object.fromEntries(market.orders.map((hash) => [hash, 0n]));
      const step = { changes, timestamp: at, where: `act ${i}` };
      snapshot = (await follow(market, { ...step, snapshot: { ...snapshot, orders } })).snapshot;
    }
    snapshot = await read();
    timestamp = snapshot.block.timestamp + 1;
    await market.networkHelpers.time.setNextBlockTimestamp(timestamp);
  });

  /** Mostly trades, of orders made for the one act. */
  async function draw(
    random: Random,
    at: number,
    trades: number,
    made: Made[] = [],
  ): Promise<Change> {
    const stage = { market, random, snapshot, timestamp: at, made };
    if (random.uniform() > trades) return drawChange({ ...stage, backstopAccount: HEIR });
    return { ...(await drawSettle(stage)), atomic: true } as Change;
  }

  it("names the error that the chain answers, with its numbers", async function () {
    this.timeout(60_000 + 400 * REFUSALS);
    const random = createRandom(SEED);
    let refused = 0;
    for (let i = 0; refused < REFUSALS; i++) {
      const change = await draw(random, timestamp, 0.8);
      const expected = preview(snapshot, [change], { timestamp });
      if (expected.ok) continue;
      const { name, args } = expected.error as Thrown;
      const where = `seed ${SEED}, draw ${i}: ${change.verb}`;
      const answer = await wouldSend(market, change).then(
        () => expect.fail(`${where}: ${name} expected, and not refused`),
        (thrown: unknown) => decodeError(thrown) as Thrown,
      );
      expect(plain([answer.name, answer.args]), where).to.deep.equal(plain([name, args]));
      seen[name] = (seen[name] ?? 0) + 1;
      refused++;
    }
    console.log(`      seed ${SEED}: ${refused} refusals, 0 mismatches`, seen);
    expect(seen["MarginTooLow"]).to.be.at.least(REFUSALS / 20);
  });
});
