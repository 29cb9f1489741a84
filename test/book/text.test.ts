import { expect } from "chai";

import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { marginText } from "../../scripts/margin/text.ts";
import { BTC, cash, ETH, future, option, params, perp, spot } from "./asked.ts";

const text = (json: unknown) => marginText(explain(parseBook(json), params));

describe("text of a book", () => {
  const lines = text({
    factors: { ETH },
    positions: [spot("ETH", 10), cash(-30_000)],
  }).split("\n");
  const line = (start: string) => lines.find((one) => one.startsWith(start));

  it("says what is needed, and why", () => {
    expect(line("Maintenance margin")).to.contain("$4 555.36");
    expect(line("Initial margin")).to.contain("$6 858.04");
    expect(line("Health")).to.contain("2.20");
    expect(line("Risk of the whole book")).to.match(/\$4 205\.36 +\$6 308\.04$/);
    expect(line("+ Exit haircut")).to.match(/\$200\.00 +\$400\.00$/);
    expect(line("Sum of positions")).to.match(/\$4 555\.36 +\$6 888\.04$/);
    expect(line("Netting benefit")).to.match(/\$0\.00 +\$30\.00$/);
  });

  it("says how far each factor is moved, and what each position needs alone", () => {
    // worst price 4 000·(1 − 10.513397 %) = 3 579.46; haircut 4 405.36 / 40 000 = 11.01 %
    expect(lines.join("\n")).to.match(/ETH +\$4 000\.00 +10\.51 % +15\.77 % +\$3 579\.46/);
    expect(lines.join("\n")).to.match(/ETH +10\.0000 +\$40 000\.00 +\$4 405\.36 +\$6 708\.04/);
    expect(lines.join("\n")).to.match(/ETH +11\.01 % +16\.77 % +\$4 405\.36 +\$6 678\.04/);
  });

  it("names the rule that binds", () => {
    expect(text({ stables: { USDC: 0.97 }, positions: [cash(-30_000)] })).to.match(
      /Set by +initial \/ 1\.2 +risk \+ add-ons/,
    );
    expect(text({ positions: [cash(-30_000)] })).to.match(/Set by +risk \+ add-ons +minimum rate/);
  });

  it("stays within 100 columns, for a whale too", () => {
    const whale = {
      name: "whale",
      factors: { BTC: { ...BTC, band: 30, adv: 2e9 }, ETH: { ...ETH, band: 2 } },
      positions: [spot("BTC", 80_000), spot("wstETH", 99_999), spot("USDT", 9e8), cash(-9e9)],
      grace: 60,
    };
    const widths = text(whale)
      .split("\n")
      .map((one) => one.length);
    expect(Math.max(...widths)).to.be.at.most(100);
    expect(text(whale)).not.to.contain("\u2026");
  });

  const traded = {
    factors: { BTC, ETH },
    positions: [
      option("put", 3_400, -10),
      option("call", 4_800, -10),
      { ...future(90, -0.2, 0.05), factor: "BTC" },
      perp("ETH", -3),
      spot("wstETH", 5),
      cash(10_000),
    ],
  };

  it("names every derivative, what it is worth, and what it adds", () => {
    const shown = text(traded);
    expect(shown).to.match(/^ETH 30 d 3400 put +-10\.0000 +-\$724\.\d\d/m);
    expect(shown).to.match(/^BTC 90 d future +-0\.20000000 +\$0\.00/m);
    expect(shown).to.match(/^ETH perp +- +- +-\$\d+\.\d\d +-\$\d+\.\d\d$/m); // a hedge
    expect(shown).to.match(/^\+ Short options +\$400\.00 +\$800\.00$/m);
    expect(shown).to.match(/^ +by +low correlations +low correlations$/m);
  });

  it("gives greeks, and what volatility does in the worst scenario", () => {
    const shown = text(traded);
    expect(shown).to.match(/^Factor +Delta +Gamma, \+1 % +Vega, \+1 point +Theta, a day$/m);
    expect(shown).to.match(/^BTC +-\$20 000\.00 +\$0\.00 +\$0\.00 +\$0\.00$/m);
    expect(shown).to.match(/^ETH .* up$/m);
    expect(text({ factors: { ETH }, positions: [spot("ETH", 1)] })).not.to.contain("Gamma");
  });

  it("says that what is about to expire does not count", () => {
    const positions = [spot("ETH", 10), future("0.01", -10)];
    expect(text({ factors: { ETH }, positions })).to.match(
      /as if what expires within the hour\s+were gone/,
    );
  });

  it("stays within 100 columns for large books of derivatives", () => {
    const large = {
      factors: { BTC: { ...BTC, price: 123_456.789 }, ETH },
      positions: [
        option("call", 123_456.5, -80_000, { factor: "BTC", expiryDays: 180.25 }),
        option("put", 99_999, 80_000, { factor: "BTC", expiryDays: 30 }),
        perp("ETH", -1_234_567.25),
        cash("-3000000000"),
      ],
    };
    const widths = text(large)
      .split("\n")
      .map((one) => one.length);
    expect(Math.max(...widths)).to.be.at.most(100);
    expect(text(large)).not.to.contain("\u2026");
  });

  it("has something to say of an empty book", () => {
    expect(text({ positions: [] })).to.contain("needs nothing");
  });
});
