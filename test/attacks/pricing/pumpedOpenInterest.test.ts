import { expect } from "chai";
import { afterEach, before, beforeEach, describe, it } from "mocha";

import { aggregatorOf } from "../../../sdk/params/feeds.ts";
import type { AccountId } from "../../../sdk/types/Ids.ts";
import { usd, withdraw } from "../../fixtures/margin.ts";
import { perp, trade, tradingPool, type Trading } from "../../fixtures/trading.ts";

const eth = perp(2);
const PUMP = { instrument: eth, size: 50, price: 2_000 };
const HOUR = 3_600;
const MINUTE = 60;

// Open interest beyond 10 ETH shocks ETH harder, and twice as hard from 20 on. Alice and bob, who may be
// one, open 50 and close them; dave owes 5 000 against 10 ETH and trades nothing.
describe("attack: open interest pumped for a moment", () => {
  let local: Trading;
  let dave: AccountId;
  let undo: () => Promise<void>;

  before(async () => {
    local = await tradingPool((p) => {
      p.listings["ETH"]!.feed.price = 2_000;
      for (const symbol of ["ETH", "USDC"])
        aggregatorOf(p.listings[symbol]!.feed).heartbeat = 604_800; // no round is due for a week
      p.factors["ETH"]!.openInterest = { low: 10, high: 20, cap: 100 };
      return p;
    }, 1_000_000);
    dave = await local.deposit(local.dave, "ETH", 10);
    await withdraw(local, local.dave, "USDC", 5_000);
  });

  beforeEach(async () => {
    const { restore } = await local.networkHelpers.takeSnapshot();
    undo = restore;
  });

  afterEach(() => undo());

  const open = () => trade(local, local.alice, local.bob, PUMP);
  const close = () => trade(local, local.bob, local.alice, PUMP);
  const at = (time: number) => local.networkHelpers.time.increaseTo(time);
  const now = () => local.networkHelpers.time.latest();

  async function required() {
    const { maintenance, initial } = await local.clearinghouse.read.margin([dave]);
    return { maintenance: usd(maintenance), initial: usd(initial) };
  }

  /** MM at each of some times around a moment, with or without what is done at that moment. */
  async function course(mark: number, act: () => Promise<unknown>): Promise<number[]> {
    const seen: number[] = [];
    const look = async () => seen.push((await required()).maintenance);
    await at(mark - 3);
    await act();
    for (const later of [4, 5, 60, 600, 1_800, HOUR - 4]) {
      await at(mark + later);
      await look();
    }
    return seen;
  }

  /** How far an act moves MM within the hour: the same hour is lived twice. */
  async function moved(mark: number, act: () => Promise<unknown>): Promise<number> {
    const { restore } = await local.networkHelpers.takeSnapshot();
    const still = await course(mark, async () => undefined);
    await restore();
    const other = await course(mark, act);
    return Math.max(...other.map((mm, i) => Math.abs(mm / still[i]! - 1)));
  }

  /** Opened in the last second before a mark, closed in the first after it. */
  async function pump() {
    await open();
    await at((await now()) + 2);
    await close();
  }

  const next = async (period: number) => Math.ceil(((await now()) + 10) / period) * period;
  const marks: Readonly<Record<string, () => Promise<number>>> = {
    "a block of no meaning": async () => (await now()) + 137,
    "a half-hour of the clock": () => next(1_800),
    "an hour of the clock": () => next(HOUR),
    "a UTC day": () => next(86_400),
  };

  for (const [name, mark] of Object.entries(marks)) {
    it(`around ${name} moves no one's MM by a ten thousandth`, async () => {
      expect(await moved(await mark(), pump)).to.be.below(1e-4);
    });
  }

  it("in every fifth minute of an hour, for all but a second of it, stays under 1 %", async () => {
    const often = async () => {
      for (let i = 0; i < 11; ++i) {
        const start = await now();
        await open();
        await at(start + 5 * MINUTE - 3);
        await close();
      }
    };
    const start = (await now()) + 100;
    const { restore } = await local.networkHelpers.takeSnapshot();
    await at(start + HOUR - 60);
    const still = (await required()).maintenance;
    await restore();
    await at(start);
    await often();
    await at(start + HOUR - 60);
    const ratio = (await required()).maintenance / still;
    expect(ratio).to.be.within(1.005, 1.01); // seen, and slowly
  });

  it("and held raises IM at once, MM by 1 % in its first hour", async () => {
    const start = (await now()) + 100;
    const { restore } = await local.networkHelpers.takeSnapshot();
    await at(start + HOUR);
    const still = await required();
    await restore();
    await at(start);
    await open();
    const { initial } = await required();
    expect(initial / still.initial).to.be.above(1.5);
    await at(start + HOUR);
    const { maintenance } = await required();
    expect(maintenance / still.maintenance).to.be.within(1.007, 1.01);
  });

  it("after days of quiet is seen no sooner", async () => {
    await open();
    await at((await now()) + 6 * HOUR);
    await close();
    await at((await now()) + 3 * 86_400);
    expect(await moved((await now()) + 500, pump)).to.be.below(1e-4);
  });
});
