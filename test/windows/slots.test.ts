import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { idOf, near, usd } from "../fixtures/margin.ts";
import { meet, settle } from "../fixtures/market.ts";
import { refuses } from "../fixtures/refusal.ts";
import { trade } from "../fixtures/trading.ts";
import { pythWindows, WINDOW, type PythWindows } from "./pools.ts";

const [SETTLING, SETTLED] = [2, 3];

// A coin at 20 USD on Pyth, whose slots of five minutes others tell. Six of them make a window.
describe("windows: slots that nobody has told", () => {
  let windows: PythWindows;
  let start: number;

  beforeEach(async () => {
    windows = await pythWindows();
    start = windows.expiry - WINDOW;
  });

  const until = (seconds: number) => windows.local.networkHelpers.time.increaseTo(start + seconds);
  /** Tells what is due, and walks it. */
  async function tell() {
    await windows.tell(64);
    await windows.local.clearinghouse.write.observe([5n, 256n]);
  }

  const dated = () => windows.instruments[0]!;
  const term = () => windows.local.clearinghouse.read.expiryStateOf([5n, BigInt(windows.expiry)]);
  const buy = (size: number, price: string, instrument = dated()) =>
    trade(windows.local, windows.local.alice, windows.local.bob, { instrument, size, price });

  async function maintenance() {
    const margin = await windows.local.clearinghouse.read.margin([idOf(windows.local.alice)]);
    return usd(margin.maintenance);
  }

  it("are due before what expires trades: its price may be fixed already", async () => {
    await until(905);
    await tell();
    await windows.quote(20.6);
    await buy(100, "20.6");
    await until(1_205);
    await windows.quote(20.6);
    const { local } = windows;
    const wish = { instrument: dated(), size: 100, price: "20.6" };
    const fill = await meet(local, local.alice, local.bob, wish);
    await refuses(local, () => settle(local, [fill]), "EstimateBehind", [5n, 1n]);
    await tell();
    await buy(100, "20.6");
    // The slot of 900 s was told at 20, that of 1 200 at 20.6, a second later; the rest counts at spot.
    const { mark } = await windows.local.clearinghouse.read.quoteOf([dated()]);
    near(usd(mark), (20 * 1_201 + 20.6 * 599) / 1_800, 1e-5);
  });

  it("leave a hedge no netting against what they may have fixed", async () => {
    const [, perp] = windows.instruments;
    await buy(2_500, "20");
    await trade(windows.local, windows.local.bob, windows.local.alice, {
      ...{ instrument: perp!, size: 1_250, price: "20" },
    });
    const before = await maintenance(); // of 1 250 coins long
    await until(905);
    await tell();
    await windows.quote(20);
    await windows.local.clearinghouse.write.observe([5n, 64n]);
    // Half is known: what is left nets with the perp of 25 000 USD, but for charges, and 2 % of the cash.
    expect((await maintenance()) < 2_000 + 0.06 * 25_000, `${await maintenance()}`).to.equal(true);
    await until(1_790);
    await windows.quote(20);
    // All of it may be fixed: the perp is naked. Never more than before the window.
    near(await maintenance(), before, before * 0.12);
    expect((await maintenance()) <= before * 1.001).to.equal(true);
  });

  it("are silent in full once they are skipped: three of six move the window on", async () => {
    await until(605);
    await tell();
    await until(1_500 + 3_600 + 5);
    await windows.skip(); // 900, 1 200, 1 500: the price of 601 s would have held for all of them
    await windows.local.clearinghouse.write.settleExpiries([5n]);
    const { stage, windowStart } = await term();
    expect([stage, windowStart]).to.deep.equal([SETTLING, windows.expiry]);
  });

  it("leave the price in force for ten minutes and no longer", async () => {
    await until(905);
    await tell();
    await until(1_500 + 3_600 + 5);
    await windows.skip(); // 1 200 and 1 500: silent from 1 201 to 1 800
    await windows.local.clearinghouse.write.settleExpiries([5n]);
    const { stage, settlement } = await term();
    expect(stage).to.equal(SETTLED);
    near(usd(settlement), 20, 1e-9);
  });
});
