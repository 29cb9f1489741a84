import { expect } from "chai";

import { parseBook } from "../../sdk/book/parse.ts";
import { portfolioOf } from "../../sdk/book/portfolio.ts";
import { asked, ETH, future, option, params, perp, spot } from "./asked.ts";

// The twelve scenarios against Black-76 in floating point, written here once more from DESIGN §7.3.

const YEAR = 365;

/** Φ by its continued fraction and series (Abramowitz and Stegun 26.2.10, 26.2.14). */
function normal(x: number): number {
  const z = Math.abs(x);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 6) {
    let tail = z;
    for (let n = 100; n > 0; --n) tail = z + n / tail;
    return x > 0 ? 1 - density / tail : density / tail;
  }
  let [term, sum] = [x, x];
  for (let n = 3; Math.abs(term) > 1e-18; n += 2) sum += term *= (x * x) / n;
  return 0.5 + density * sum;
}

function black(type: "call" | "put", forward: number, strike: number, deviation: number): number {
  const d1 = Math.log(forward / strike) / deviation + deviation / 2;
  const call = forward * normal(d1) - strike * normal(d1 - deviation);
  return type === "call" ? call : call - forward + strike;
}

interface Option {
  readonly type: "call" | "put";
  readonly strike: number;
  readonly size: number;
  readonly days: number;
  readonly volatility: number;
  readonly forward: number;
}

/** What options gain in each scenario at IM or MM, weighted. */
function ladder(options: readonly Option[], shock: number, half: number): number[] {
  const steps = [-1, -half, 0, half, 1];
  const x = [...steps, ...steps, -2.5, 2.5];
  return x.map((step, j) => {
    const move = Math.max(-0.9, step * shock);
    const gains = options.map(({ type, strike, size, days, volatility, forward }) => {
      const root = Math.sqrt(days / YEAR);
      const power = days > 30 ? 0.13 : 0.3;
      const scale = Math.min(2.5, (30 / Math.max(1, days)) ** power);
      const up = j < 5 || j > 9;
      const shocked = up
        ? Math.max(0.4, volatility * (1 + 0.45 * scale))
        : volatility * (1 - 0.3 * scale);
      const before = black(type, forward, strike, volatility * root);
      return size * (black(type, forward * (1 + move), strike, shocked * root) - before);
    });
    return (j > 9 ? 0.4 : 1) * gains.reduce((sum, gain) => sum + gain, 0);
  });
}

const S = 4 * 1.23 * Math.sqrt(4 / (24 * YEAR)); // of MM

function compare(positions: object[], options: readonly Option[]): void {
  const { factors, equity } = asked({ factors: { ETH }, positions });
  const found = factors["ETH"]!.ladder;
  const modes = [
    { made: found.mm, expected: ladder(options, S, 0.5) },
    { made: found.im, expected: ladder(options, 1.5 * S, 2 / 3) },
  ];
  for (const { made, expected } of modes)
    for (const [j, gain] of expected.entries()) expect(Number(made[j])).to.be.closeTo(gain, 1e-6);
  const marks = options.map(({ type, strike, size, days, volatility, forward }) => {
    return size * black(type, forward, strike, volatility * Math.sqrt(days / YEAR));
  });
  expect(Number(equity)).to.be.closeTo(
    marks.reduce((sum, mark) => sum + mark, 0),
    1e-6,
  );
}

describe("the ladder of a book with options", () => {
  const plain = { days: 30, volatility: 0.65, forward: 4_000 };

  it("prices every scenario anew", () => {
    compare(
      [option("put", 3_400, -10), option("call", 4_800, -7)],
      [
        { ...plain, type: "put", strike: 3_400, size: -10 },
        { ...plain, type: "call", strike: 4_800, size: -7 },
      ],
    );
  });

  it("shocks a short expiry's volatility more, a long one's less, a low one to 40 %", () => {
    const soon = option("put", 3_900, 3, { expiryDays: 2, volatility: 0.2 });
    const late = option("call", 5_000, 2, { expiryDays: 180 });
    compare(
      [soon, late],
      [
        { ...plain, type: "put", strike: 3_900, size: 3, days: 2, volatility: 0.2 },
        { ...plain, type: "call", strike: 5_000, size: 2, days: 180 },
      ],
    );
  });

  it("takes an option's forward from its own basis", () => {
    // |basis·T| may reach (0.5 % + 5 %·30/365)/2 = 0.4555 %
    const forward = 4_000 * Math.exp((0.05 * 30) / 365);
    compare(
      [option("put", 4_000, 5, { basis: 0.05 })],
      [{ ...plain, type: "put", strike: 4_000, size: 5, forward }],
    );
  });

  it("adds a future and an option, which without a basis of its own is on spot", () => {
    const rows = (positions: object[]) =>
      asked({ factors: { ETH }, positions }).factors["ETH"]!.ladder.im.map(Number);
    const put = option("put", 4_200, -6);
    const [both, alone, other] = [
      rows([future(30, 3, 0.05), put]),
      rows([future(30, 3, 0.05)]),
      rows([put]),
    ];
    for (const [j, gain] of both.entries())
      expect(gain).to.be.closeTo(alone[j]! + other[j]!, 1e-12 * 4_200 * 6);
    const basis = asked({ factors: { ETH }, positions: [future(30, 3, 0.05), put] }).addOns;
    const delta = 3 + 6 * normal(-logMoneyness(4_000, 4_200, 0.65));
    expect(Number(basis.expiryBasis.mm)).to.be.closeTo(delta * 4_000 * EXPIRY_RATE, 1e-6);
  });

  it("reads a smile from the expiry's surface", () => {
    // x = ln(4 800/4 000)/(0.6·√(30/365)) = 1.059929; 0.6·(1 − 0.05·x + 0.1·x²)
    const surface = { atm: 0.6, skew: -0.05, curvature: 0.1 };
    const held = { ...option("call", 4_800, 1), volatility: undefined };
    const factors = { ETH: { ...ETH, expiries: { "30": surface } } };
    const book = portfolioOf(parseBook({ factors, positions: [held] }), params);
    const x = Math.log(1.2) / (0.6 * Math.sqrt(30 / YEAR));
    const { volatility } = book.exposures[0]!.expiries[0]!.strikes[0]!;
    expect(Number(volatility) / 1e18).to.be.closeTo(0.6 * (1 - 0.05 * x + 0.1 * x * x), 1e-12);
  });

  it("stands with perps and collateral of its factor in one", () => {
    const sum = asked({
      factors: { ETH },
      positions: [spot("ETH", 2), perp("ETH", -1), option("call", 4_800, -1)],
    }).factors["ETH"]!.ladder.mm;
    const call = ladder([{ ...plain, type: "call", strike: 4_800, size: -1 }], S, 0.5);
    const moves = [-1, -0.5, 0, 0.5, 1].map((x) => x * S);
    const tails = [-2.5 * 0.4 * S, 2.5 * 0.4 * S];
    for (const [j, move] of [...moves, ...moves, ...tails].entries())
      expect(Number(sum[j])).to.be.closeTo(4_000 * move + call[j]!, 1e-6);
  });
});

const EXPIRY_RATE = 0.005 + (0.05 * 30) / 365;

/** d1 of an option of 30 days. */
function logMoneyness(forward: number, strike: number, volatility: number): number {
  const deviation = volatility * Math.sqrt(30 / YEAR);
  return Math.log(forward / strike) / deviation + deviation / 2;
}
