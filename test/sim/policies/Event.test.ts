import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { NoMarketData, SameEvent, TooShort } from "../../../sdk/sim/policies/errors.ts";
import { Estimates } from "../../../sdk/sim/policies/Estimates.ts";
import { defaultEvents, eventsOf, type Event } from "../../../sdk/sim/policies/Event.ts";
import { pathOf } from "../../../sdk/sim/policies/Path.ts";
import { EmptyTape, UnlistedLeader, UnreadableTape } from "../../../sdk/sim/tape/errors.ts";
import { isoTime } from "../../../sdk/sim/tape/time.ts";
import { params } from "./world.ts";

const FOLDER = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));

describe("the crashes that are compared on", function () {
  this.timeout(30_000);

  it("are missed kindly in a clone that lies alone", () => {
    const folder = join(tmpdir(), "nothing-is-here");
    expect(() => defaultEvents(params, folder))
      .to.throw(NoMarketData, "Name price histories of your own with --data FILE")
      .with.property("folder", folder);
  });

  it("are four, each with the time before it, told every ten minutes", function () {
    if (!existsSync(FOLDER)) {
      console.log(`      no market data at ${FOLDER}: skipped`);
      this.skip();
    }
    const events = defaultEvents(params);
    expect(events.map(({ name }) => name).join(" ")).to.equal(
      "march-2020 may-2021 luna-2022 3ac-2022",
    );
    for (const event of events) {
      const { times, prices, factors } = pathOf(event, params, { seed: 1, step: 600 });
      const { points } = event.before!;
      expect(times[0]).to.be.within(points.at(-1)!.time, points.at(-1)!.time + 600);
      expect(times[1]! - times[0]!).to.equal(600);
      expect(prices.every((one) => one.length === factors.length)).to.equal(true);
    }
    const [march] = events.map((event) => pathOf(event, params, { seed: 1, step: 600 }));
    expect(isoTime(march!.times[0]!)).to.equal("2020-03-12T00:10:00Z");
    expect(Number(march!.prices[0]![march!.factors.indexOf("ETH")]!) / 1e18).to.equal(194.52);
  });

  it("may be files: one that is missing is named, as is a second of the same name", () => {
    expect(() => eventsOf(["none.csv"], params)).to.throw(UnreadableTape, "none.csv");
    const file = "sdk/sim/tape/figures/march-2020.json";
    expect(() => eventsOf([file], params)).to.throw(file);
  });

  it("must last an hour", () => {
    const points = [0, 600].map((time) => ({ time, prices: { ETH: 10n ** 18n } }));
    const tape = { name: "short", source: "", symbols: ["ETH"], points };
    const event = { name: "short", source: "", tape, notes: [] };
    expect(() => pathOf(event, params, { seed: 1, step: 600 }))
      .to.throw(TooShort)
      .with.include({ seconds: 600, least: 3_600 });
  });

  it("says which name two files share", () => {
    expect(new SameEvent("crash").message).to.contain("two files are called crash");
  });
});

describe("events of one's own files", () => {
  const folder = mkdtempSync(join(tmpdir(), "events-"));
  after(() => rmSync(folder, { recursive: true }));
  const BEGIN = 1_600_000_000;
  const HOUR = 3_600;

  /** Hourly rounds from `from` on: 200 and 200 · (1 + swing) in turns. */
  function file(name: string, from: number, count: number, swing: number, symbol = "ETHUSD") {
    const rows = Array.from({ length: count }, (_, i) => {
      const price = 200 * (1 + (i % 2) * swing);
      return `${from + i * HOUR},${symbol},${i + 1},${price}`;
    });
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, ["timestamp_utc,symbol,round_id,price", ...rows].join("\n"));
    return path;
  }

  const ethOf = (event: Event) => {
    const { prices, times } = pathOf(event, params, { seed: 1, step: 600 });
    const [at] = Estimates.at(params, prices[0]!, times[0]!, event.before).daily().slice(1);
    return at!; // params list BTC, then ETH
  };

  const crash = file("crash", BEGIN, 48, 0.001);
  const calm = file("calm", BEGIN - 720 * HOUR, 720, 0.001);

  it("begin at stress where nothing is known before, and say so", () => {
    const [event] = eventsOf([crash], params);
    expect(event!.before).to.equal(undefined);
    expect(event!.notes[1]).to.contain("nothing is known before, so stress: BTC 120 %, ETH 150 %");
    expect(ethOf(event!)).to.be.closeTo(1.5 / Math.sqrt(365), 1e-3);
  });

  it("have learnt from a file of the time before", () => {
    const [event] = eventsOf([crash], params, { before: calm });
    // 30 days of 0.1 % an hour: 0.5 % a day, where stress is 7.9 %
    expect(ethOf(event!)).to.be.below(0.02);
    expect(event!.before!.points).to.have.length(720);
    const from = isoTime(BEGIN - 720 * HOUR);
    expect(event!.notes[1]).to.contain(`calm.csv: ETHUSD, ${from} to ${isoTime(BEGIN - HOUR)}`);
  });

  it("have learnt from what their file tells before they begin", () => {
    const long = file("long", BEGIN - 720 * HOUR, 768, 0.001);
    const [event] = eventsOf([long], params, {
      from: isoTime(BEGIN),
      to: isoTime(BEGIN + 9 * HOUR),
    });
    expect(event!.tape.points).to.have.length(10);
    expect(event!.before!.points).to.have.length(720);
    expect(ethOf(event!)).to.be.closeTo(
      ethOf(eventsOf([crash], params, { before: calm })[0]!),
      1e-9,
    );
  });

  it("never learn from what is to come, and refuse a past that has none", () => {
    const late = file("late", BEGIN - 10 * HOUR, 20, 0.001);
    expect(eventsOf([crash], params, { before: late })[0]!.before!.points).to.have.length(10);
    expect(() => eventsOf([calm], params, { before: crash })).to.throw(
      EmptyTape,
      "crash: no price",
    );
  });

  it("say what follows what, in the event and before it", () => {
    const [event] = eventsOf([crash], params, { before: file("b", BEGIN - HOUR, 1, 0, "XBTUSD") });
    const still = "standing still: wstETH, USDC";
    expect(event!.notes[0]).to.equal(
      `told: ETH; following ETH's log returns: BTC by 0.92, SOL by 0.75, LINK by 0.8; ${still}`,
    );
    expect(event!.notes[1]).to.contain(
      `(told: BTC; following BTC's log returns: ETH by 0.92, SOL by 0.75, LINK by 0.8; ${still})`,
    );
    const [other] = eventsOf([crash], params, { beta: 1.5 });
    expect(other!.notes[0]).to.contain("BTC by 1.5, SOL by 1.5");
  });

  it("are led by what the pool lists, unless asked", () => {
    const euros = file("euros", BEGIN, 3, 0.001, "ETH-EUR");
    expect(() => eventsOf([euros], params)).to.throw(UnlistedLeader);
    expect(eventsOf([euros], params, { leaders: "any" })[0]!.notes[0]).to.contain("told: ETH-EUR");
    expect(eventsOf([euros], params, { symbol: ["ETH=ETH-EUR"] })[0]!.notes[0]).to.contain(
      "told: ETH;",
    );
  });
});
