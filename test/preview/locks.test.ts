import { expect } from "chai";
import { before, describe, it } from "mocha";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { follow } from "./follow.ts";
import { ROWS, type Outcome, type Row } from "./lockedActs.ts";
import { look, openCrash } from "./openCrash.ts";
import type { TradingMarket } from "./openTrading.ts";

const LEVELS = [0, 1, 2] as const;
// What governance and its servants do is no act on an account.
const OFFICE =
  /^(set(Factor|Asset|Rate|Listing|Cash|Tiers|Liquidation|Market|Trade|Exit|Keeper|Authority)|delist|listExpiry|postSurface|lock|unlock)$/;

describe("a preview of each verb in a locked pool", () => {
  let market: TradingMarket;
  let clean: Awaited<ReturnType<TradingMarket["networkHelpers"]["takeSnapshot"]>>;

  before(async function () {
    this.timeout(120_000);
    market = await openCrash();
    clean = await market.networkHelpers.takeSnapshot();
  });

  /** Does the act at that level. Returns what became of it, the chain and the preview agreeing. */
  async function outcomeOf(row: Row, level: number): Promise<Outcome> {
    await clean.restore();
    if (level > 0) await market.clearinghouse.write.lock([level]);
    const stage = await look(market);
    if (row.does !== undefined) {
      await row.does(stage);
      return "yes";
    }
    const changes = await row.changes!(stage);
    const orders = Object.fromEntries(market.orders.map((hash) => [hash, 0n]));
    const step = {
      ...{ snapshot: { ...stage.snapshot, orders }, timestamp: stage.timestamp, changes },
      where: `${row.verb} ${row.act}, level ${level}`,
      ...(row.reducing === undefined ? {} : { reducing: row.reducing(stage) }),
    };
    const { preview } = await follow(market, step);
    return preview.ok ? "yes" : (preview.error.name as Outcome);
  }

  for (const row of ROWS) {
    it(`${row.verb}: ${row.act}`, async function () {
      this.timeout(60_000);
      const found: Outcome[] = [];
      for (const level of LEVELS) found.push(await outcomeOf(row, level));
      expect(found).to.deep.equal(row.outcomes);
    });
  }

  it("is told of every verb", () => {
    const verbs = clearinghouseAbi
      .filter((item) => item.type === "function")
      .filter(({ stateMutability }) => stateMutability === "nonpayable")
      .map(({ name }) => name)
      .filter((name) => !OFFICE.test(name));
    expect([...new Set(ROWS.map(({ verb }) => verb))]).to.have.members([...new Set(verbs)]);
  });
});
