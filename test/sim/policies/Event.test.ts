import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { NoMarketData, SameEvent, TooShort } from "../../../sdk/sim/policies/errors.ts";
import { defaultEvents, eventsOf } from "../../../sdk/sim/policies/Event.ts";
import { pathOf } from "../../../sdk/sim/policies/Path.ts";
import { UnreadableTape } from "../../../sdk/sim/tape/errors.ts";
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
    const event = { name: "short", source: "", tape };
    expect(() => pathOf(event, params, { seed: 1, step: 600 }))
      .to.throw(TooShort)
      .with.include({ seconds: 600, least: 3_600 });
  });

  it("says which name two files share", () => {
    expect(new SameEvent("crash").message).to.contain("two files are called crash");
  });
});
