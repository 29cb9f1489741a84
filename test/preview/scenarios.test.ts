import { expect } from "chai";

import { greeks } from "../../sdk/preview/greeks.ts";
import { liquidationCurve } from "../../sdk/preview/liquidationCurve.ts";
import { liquidationPrice } from "../../sdk/preview/liquidationPrice.ts";
import { atPrice, heldStill } from "../../sdk/preview/reprice.ts";
import { scenarios } from "../../sdk/preview/scenarios.ts";
import { type Snapshot, Stage } from "../../sdk/snapshot/Snapshot.ts";
import { factorPriceAt } from "../../sdk/snapshot/price.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { assetId, instrumentId, Kind, type AccountId } from "../../sdk/types/Ids.ts";
import { openMarket } from "./openMarket.ts";

const WAD = 10n ** 18n;
const ETH = 2;
const MONTH = 30 * 86_400;

/** What `of` gives for `wads`, in whole units. */
const usd = (wads: bigint) => Number(wads) / 1e18;

describe("a book along a move", () => {
  let s: Snapshot;
  let id: AccountId;
  let timestamp: number;

  /** 100 ETH at 195, ten perps short, ten calls at 200 sold and ten puts at 180 bought, a month away. */
  before(async function () {
    this.timeout(60_000);
    const market = await openMarket();
    id = await market.deposit(market.alice, "ETH", 100);
    const read = await market.snapshot([id]);
    timestamp = read.block.timestamp;
    const expiry = timestamp + MONTH;
    s = traded(read, expiry);
  });

  function traded(read: Snapshot, expiry: number): Snapshot {
    const held = (kind: Kind, size: bigint, strike = 0n) => ({
      instrument: instrumentId(ETH, kind, strike === 0n ? 0 : expiry, strike * WAD),
      ...{ size: size * WAD, entry: kind === Kind.Perp ? 195n * WAD : 0n },
    });
    const positions = [
      held(Kind.Perp, -10n),
      held(Kind.Call, -10n, 200n),
      held(Kind.Put, 10n, 180n),
    ];
    const term = {
      surface: { atm: (65n * WAD) / 100n, skew: 0n, curvature: 0n },
      ...{ basis: 0n, posted: timestamp, stage: Stage.Trading, windowStart: expiry - 1_800 },
      ...{ settlement: 0n, startSum: 0n, startSilence: 0n },
    };
    const factor = read.factors[ETH]!;
    const dated = { ...factor, expiries: [expiry], terms: { [expiry]: term } };
    const account = { ...read.accounts[id]!, positions, principal: -12_000n * WAD };
    return { ...read, factors: { ...read.factors, [ETH]: dated }, accounts: { [id]: account } };
  }

  it("gains what delta and gamma say of a small move, and vega of volatility", () => {
    const { delta, gamma, vega } = greeks(s, id, { timestamp })[ETH]!;
    const move = WAD / 100n;
    const grid = { timestamp, moves: [-move, 0n, move], volatilities: [0n, WAD / 65n] };
    const [down, here, up, , higher] = scenarios(s, id, grid).map(({ profit }) => usd(profit!));
    expect(here).to.equal(0);
    expect((up! - down!) / 2).to.be.closeTo(usd(delta) / 100, 0.5);
    expect(up! + down!).to.be.closeTo(usd(gamma) / 100, 0.02);
    expect(higher).to.be.closeTo(usd(vega), 0.02);
  });

  it("loses to time what theta says of a day", () => {
    const { theta } = greeks(s, id, { timestamp })[ETH]!;
    const value = (time: number) =>
      usd(accountHealthOf(heldStill(s, id, [ETH], time), id, time).equity);
    const interest = -12_000 * 0.01;
    expect(value(timestamp + 3_600) - value(timestamp)).to.be.closeTo(
      usd(theta) / 24,
      -interest / 24,
    );
  });

  it("is called where its price says, along one factor and along the market", () => {
    const { below, above } = liquidationPrice(s, id, ETH, { timestamp });
    const curve = liquidationCurve(s, id, { timestamp, factors: [ETH] });
    expect(liquidationCurve(s, id, { timestamp }).below).to.equal(curve.below);
    expect(curve.called).to.equal(false);
    const { price } = factorPriceAt(s, ETH, timestamp);
    expect(usd(price) * (1 + usd(curve.below!))).to.be.closeTo(usd(below!), 1e-9);
    expect(above === null).to.equal(curve.above === null);
    const still = heldStill(s, id, [ETH], timestamp);
    const healthAt = (at: bigint) => accountHealthOf(atPrice(still, ETH, at), id, timestamp).health;
    expect(healthAt(below!) >= WAD && healthAt(below! - 1n) < WAD).to.equal(true);
    expect(s.feeds[assetId(ETH, 0)]!.price.price).to.equal(price);
  });
});
