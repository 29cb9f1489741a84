import { expect } from "chai";

import { createRandom } from "../../sdk/sim/random.ts";
import { observed, withRounds } from "../../sdk/logic/rounds.ts";
import { priceAt } from "../../sdk/snapshot/price.ts";
import { assetId, CASH } from "../../sdk/types/Ids.ts";
import { Status } from "../../sdk/types/Price.ts";
import { expectAlike } from "../parity/plain.ts";
import { ASSETS, openMarket, type Market } from "../preview/openMarket.ts";

const WAD = 10n ** 18n;
const ETH = assetId(2, 0);

describe("rounds that have not come yet", () => {
  let market: Market;

  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
  });

  it("make a price good and new, and wait to be observed", async () => {
    const s = await market.snapshot([]);
    const timestamp = s.block.timestamp + 5_000;
    expect(priceAt(s, ETH, timestamp).status).to.equal(Status.Stale);
    const next = withRounds(s, { timestamp, rounds: { [ETH]: 200n * WAD } });
    expect(priceAt(next, ETH, timestamp)).to.deep.equal({
      ...{ price: 200n * WAD, band: WAD, deviation: WAD },
      ...{ updated: timestamp, status: Status.Ok },
    });
    expect(next.factors[2]!.pending).to.have.length(s.factors[2]!.pending.length + 1);
    expect(next.factors[1]).to.equal(s.factors[1]);
  });

  it("of stables and of what follows an underlying wait for no one", async () => {
    const s = await market.snapshot([]);
    const rounds = { [CASH]: WAD, [ASSETS["wstETH"]!]: (13n * WAD) / 10n };
    const next = withRounds(s, { timestamp: s.block.timestamp, rounds });
    expect(next.factors).to.deep.equal(s.factors);
  });

  it("of nonsense kill the feed, and leave the estimates alone", async () => {
    const s = await market.snapshot([]);
    const timestamp = s.block.timestamp + 100;
    const next = withRounds(s, { timestamp, rounds: { [ETH]: 0n } });
    expect(priceAt(next, ETH, timestamp).status).to.equal(Status.Dead);
    const { estimate } = observed(next, { timestamp, factors: [2] }).factors[2]!;
    const before = observed(s, { timestamp, factors: [2] }).factors[2]!.estimate;
    expect(estimate).to.deep.equal({ ...before, round: estimate.round });
  });

  it("are observed as the chain observes them, in any portions", async function () {
    this.timeout(60_000);
    const random = createRandom(20_260_735);
    let s = await market.snapshot([]);
    let time = s.block.timestamp;
    let price = 195;
    for (let i = 0; i < 60; i++) {
      time += 1 + random.integer(random.pick([30, 90, 4_000]));
      price *= 1 + 0.03 * random.normal();
      const answer = BigInt(Math.round(price * 1e8));
      s = withRounds(s, { timestamp: time, rounds: { [ETH]: answer * 10n ** 10n } });
      await market.networkHelpers.time.setNextBlockTimestamp(time);
      const feed = await market.viem.getContractAt("MockV3Aggregator", market.pool.feeds["ETH"]!);
      await feed.write.updateAnswer([answer]);
      if (random.integer(3) > 0) continue;
      const maxRounds = random.integer(6);
      await market.networkHelpers.time.setNextBlockTimestamp(++time);
      await market.clearinghouse.write.observe([2n, BigInt(maxRounds)]);
      s = observed(s, { timestamp: time, factors: [2], maxRounds });
      const { factors } = await market.snapshot([]);
      expectAlike(s.factors[2], factors[2], `round ${i}`);
    }
  });
});
