import { expect } from "chai";
import fc from "fast-check";
import { parseEther } from "viem";

import * as orders from "../../sdk/orders/index.ts";
import { buildInstrument, describeInstrument, type Instrument } from "../../sdk/orders/index.ts";
import { instrumentId, Kind } from "../../sdk/types/Ids.ts";
import { NOW, thrown } from "./actors.ts";

const EXPIRY = NOW + 86_400;
const STRIKE = parseEther("4000");

describe("an instrument in words", () => {
  it("is packed as factor, kind, expiry, strike in 1e-8 USD", () => {
    const id = buildInstrument({ factor: 3, kind: "call", expiry: 5, strike: parseEther("7") });
    expect(id).to.equal((3n << 88n) | (3n << 80n) | (5n << 48n) | 700_000_000n);
  });

  it("is described as it was built", () => {
    const factor = fc.integer({ min: 1, max: 254 });
    const expiry = fc.integer({ min: 1, max: 2 ** 32 - 1 });
    const strike = fc.bigInt(1n, 2n ** 48n - 1n).map((units) => units * 10n ** 10n);
    const words: fc.Arbitrary<Instrument> = fc.oneof(
      fc.record({ factor, kind: fc.constant("perp" as const) }),
      fc.record({ factor, kind: fc.constant("future" as const), expiry }),
      fc.record({ factor, kind: fc.constantFrom("call" as const, "put" as const), expiry, strike }),
    );
    fc.assert(
      fc.property(words, (given) => {
        expect(describeInstrument(buildInstrument(given))).to.deep.equal({ ...given });
      }),
    );
  });

  const refused: [what: string, words: object, error: string, fields: object][] = [
    ["a swap", { factor: 1, kind: "swap" }, "NoSuchKind", { kind: "swap" }],
    ["what JavaScript inherits", { factor: 1, kind: "valueOf" }, "NoSuchKind", { kind: "valueOf" }],
    [
      "a perp with an expiry",
      { factor: 1, kind: "perp", expiry: 9 },
      "FieldNotTaken",
      { value: 9 },
    ],
    ["a future without expiry", { factor: 1, kind: "future" }, "FieldMissing", { field: "expiry" }],
    [
      "a future with a strike",
      { factor: 1, kind: "future", expiry: EXPIRY, strike: STRIKE },
      "FieldNotTaken",
      { kind: "future", field: "strike", value: STRIKE },
    ],
    [
      "a put of strike zero",
      { factor: 1, kind: "put", expiry: EXPIRY, strike: 0n },
      "FieldMissing",
      { kind: "put", field: "strike" },
    ],
    [
      "a strike of half a unit",
      { factor: 1, kind: "put", expiry: EXPIRY, strike: 5n * 10n ** 9n },
      "StrikeNotExact",
      { strike: 5n * 10n ** 9n, unit: 10n ** 10n },
    ],
    [
      "a strike of 2^48 units",
      { factor: 1, kind: "call", expiry: EXPIRY, strike: 2n ** 48n * 10n ** 10n },
      "FieldOutOfRange",
      { field: "strike", value: 2n ** 48n * 10n ** 10n },
    ],
    [
      "a negative strike",
      { factor: 1, kind: "call", expiry: EXPIRY, strike: -STRIKE },
      "FieldOutOfRange",
      { field: "strike", value: -STRIKE, low: 0n },
    ],
    ["factor zero", { factor: 0, kind: "perp" }, "FieldOutOfRange", { field: "factor", value: 0 }],
    ["the stables", { factor: 255, kind: "perp" }, "FieldOutOfRange", { value: 255, high: 254n }],
    ["half a factor", { factor: 1.5, kind: "perp" }, "FieldOutOfRange", { value: 1.5 }],
    [
      "an expiry past 32 bits",
      { factor: 1, kind: "future", expiry: 2 ** 32 },
      "FieldOutOfRange",
      { field: "expiry", value: 2 ** 32, high: 2n ** 32n - 1n },
    ],
  ];
  for (const [what, words, error, fields] of refused) {
    it(`is refused for ${what}`, () => {
      const found = thrown(() => buildInstrument(words as Instrument));
      expect(found).to.be.instanceOf(orders[error as "OrderError"]);
      expect(found).to.include({ name: error, ...fields });
    });
  }
});

describe("an id that names no instrument", () => {
  const refused: [what: string, id: bigint, error: string, fields: object][] = [
    ["kind zero", instrumentId(1, Kind.None), "NoSuchKind", { kind: 0 }],
    ["a kind kept for later", (1n << 88n) | (5n << 80n), "NoSuchKind", { kind: 5 }],
    ["a perp with an expiry", instrumentId(1, Kind.Perp, 9), "FieldNotTaken", { value: 9 }],
    [
      "a perp with a strike",
      instrumentId(1, Kind.Perp, 0, STRIKE),
      "FieldNotTaken",
      { kind: "perp", field: "strike", value: STRIKE },
    ],
    [
      "an option without strike",
      instrumentId(1, Kind.Call, EXPIRY),
      "FieldMissing",
      { kind: "call", field: "strike" },
    ],
    [
      "an option without expiry",
      instrumentId(1, Kind.Put, 0, STRIKE),
      "FieldMissing",
      { kind: "put", field: "expiry" },
    ],
    ["no factor", instrumentId(0, Kind.Perp), "FieldOutOfRange", { field: "factor", value: 0 }],
    ["97 bits", 2n ** 96n, "FieldOutOfRange", { field: "instrument", value: 2n ** 96n }],
    ["less than nothing", -1n, "FieldOutOfRange", { field: "instrument", value: -1n }],
  ];
  for (const [what, id, error, fields] of refused) {
    it(`is refused: ${what}`, () => {
      const found = thrown(() => describeInstrument(id));
      expect(found).to.include({ name: error, ...fields });
    });
  }
});
