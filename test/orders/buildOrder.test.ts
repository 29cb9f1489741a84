import { expect } from "chai";

import { ReservedAccount } from "../../sdk/errors/index.ts";
import { ANYONE, buildInstrument, type OrderRequest } from "../../sdk/orders/index.ts";
import { accountId, FUND, instrumentId, Kind } from "../../sdk/types/Ids.ts";
import { MAKER, REDUCE_ONLY, REDUCING } from "../../sdk/types/Order.ts";
import { alice, bob, idOf, NOW, orderOf, thrown } from "./actors.ts";

const MOST = 2n ** 127n - 1n;

describe("buildOrder", () => {
  it("fills in what most orders share", () => {
    const order = orderOf();
    expect(order).to.include({ counter: 0n, deadline: BigInt(NOW + 3_600), taker: ANYONE });
    expect(order).to.include({ signer: alice.address.toLowerCase(), flags: 0 });
  });

  it("draws a salt of its own for each order, of 256 bits", () => {
    const salts = Array.from({ length: 32 }, () => orderOf({ salt: undefined! }).salt);
    expect(new Set(salts).size).to.equal(32);
    expect(salts.some((salt) => salt >= 2n ** 250n)).to.equal(true);
    expect(salts.every((salt) => salt >= 0n && salt < 2n ** 256n)).to.equal(true);
  });

  it("sets one flag for each word", () => {
    expect(orderOf({ maker: true }).flags).to.equal(MAKER);
    expect(orderOf({ reduceOnly: true }).flags).to.equal(REDUCE_ONLY);
    expect(orderOf({ reducing: true }).flags).to.equal(REDUCING);
    expect(orderOf({ maker: true, reduceOnly: true, reducing: true }).flags).to.equal(7);
  });

  it("takes what is said instead", () => {
    const said = { salt: 1n, counter: 2n, signer: bob.address, taker: idOf(bob) };
    expect(orderOf({ ...said, deadline: NOW })).to.include({ ...said, deadline: BigInt(NOW) });
  });

  it("writes accounts in lower case, so that equal ones are equal", () => {
    const loud = accountId(alice.address).toUpperCase().replace("0X", "0x") as `0x${string}`;
    expect(orderOf({ account: loud, taker: loud })).to.include({
      account: idOf(alice),
      taker: idOf(alice),
    });
  });

  it("lets the largest sizes by, and a price of zero", () => {
    expect(orderOf({ size: -MOST }).size).to.equal(-MOST);
    expect(orderOf({ size: MOST, limitPrice: 0n }).size).to.equal(MOST);
  });

  const past = buildInstrument({ factor: 1, kind: "future", expiry: NOW });
  const refused: [what: string, wish: Partial<OrderRequest>, name: string, fields: object][] = [
    ["nothing", { size: 0n }, "NothingOrdered", { size: 0n }],
    ["a size past int128", { size: MOST + 1n }, "FieldOutOfRange", { field: "size", high: MOST }],
    ["a size below int128", { size: -MOST - 1n }, "FieldOutOfRange", { value: -MOST - 1n }],
    ["a negative price", { limitPrice: -1n }, "FieldOutOfRange", { field: "limitPrice", low: 0n }],
    ["a negative fee", { maxFee: -1n }, "FieldOutOfRange", { field: "maxFee", value: -1n }],
    ["a negative salt", { salt: -1n }, "FieldOutOfRange", { field: "salt", value: -1n }],
    ["a negative counter", { counter: -1n }, "FieldOutOfRange", { field: "counter" }],
    ["half a second", { deadline: NOW + 0.5 }, "FieldOutOfRange", { field: "deadline" }],
    [
      "a deadline a second ago",
      { deadline: NOW - 1 },
      "AlreadyPast",
      { field: "deadline", time: BigInt(NOW - 1), now: NOW },
    ],
    [
      "a future that ends now",
      { instrument: past },
      "AlreadyPast",
      { field: "expiry", time: BigInt(NOW), now: NOW },
    ],
    ["no kind", { instrument: instrumentId(1, Kind.None) }, "NoSuchKind", { kind: 0 }],
    ["the zero signer", { signer: `0x${"00".repeat(20)}` }, "FieldOutOfRange", { field: "signer" }],
  ];
  for (const [what, wish, name, fields] of refused) {
    it(`refuses ${what}`, () => {
      expect(thrown(() => orderOf(wish))).to.include({ name, ...fields });
    });
  }

  it("refuses the house on either side", () => {
    const backstopAccount = accountId(`0x${"00".repeat(20)}`, 3n);
    for (const wish of [
      { account: FUND },
      { account: backstopAccount },
      { taker: backstopAccount },
    ]) {
      expect(thrown(() => orderOf(wish))).to.be.instanceOf(ReservedAccount);
    }
  });
});
