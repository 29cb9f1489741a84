import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "viem";

import * as orders from "../../sdk/orders/index.ts";
import type { Order } from "../../sdk/types/Order.ts";
import { alice, bob, DOMAIN, orderOf, thrown } from "./actors.ts";

const uint = (bits: number) => fc.bigInt(0n, 2n ** BigInt(bits) - 1n);
const int = fc.bigInt(-(2n ** 255n), 2n ** 255n - 1n);
const word = uint(256).map((value) => toHex(value, { size: 32 }));

const anyOrder: fc.Arbitrary<Order> = fc.record({
  account: word,
  instrument: uint(96),
  size: int,
  limitPrice: int,
  maxFee: int,
  salt: uint(256),
  counter: uint(256),
  deadline: uint(256),
  signer: fc.constantFrom(alice.address, bob.address),
  taker: word,
  flags: fc.integer({ min: 0, max: 255 }),
});

const json = orders.orderToJson(orderOf());

describe("an order as JSON", () => {
  it("comes back as it was, to the last digit", () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const text = JSON.stringify(orders.orderToJson(order));
        expect(orders.parseOrder(JSON.parse(text))).to.deep.equal({ ...order });
      }),
    );
  });

  it("comes back with its signature", async () => {
    const signed = await orders.signOrder(alice, orderOf(), DOMAIN);
    const text = JSON.stringify(orders.signedOrderToJson(signed));
    expect(orders.parseSignedOrder(JSON.parse(text))).to.deep.equal(signed);
  });

  const refused: [what: string, json: unknown, member: string][] = [
    ["null", null, "order"],
    ["a text", "{}", "order"],
    ["a missing size", { ...json, size: undefined }, "size"],
    ["a number for an integer", { ...json, size: 1 }, "size"],
    ["a fraction", { ...json, limitPrice: "1.5" }, "limitPrice"],
    ["a hexadecimal", { ...json, salt: "0x10" }, "salt"],
    ["a text of zeros", { ...json, salt: "007" }, "salt"],
    ["minus zero", { ...json, size: "-0" }, "size"],
    ["a thousand digits", { ...json, salt: "9".repeat(1_000) }, "salt"],
    ["a short account", { ...json, account: "0x12" }, "account"],
    ["a signer mistyped", { ...json, signer: alice.address.replace(/a/, "A") }, "signer"],
    ["half a flag", { ...json, flags: 0.5 }, "flags"],
    ["a member too many", { ...json, price: "1" }, "price"],
  ];
  for (const [what, bad, member] of refused) {
    it(`is refused for ${what}`, () => {
      const found = thrown(() => orders.parseOrder(bad));
      expect(found).to.be.instanceOf(orders.NotAnOrder);
      expect(found).to.include({ member });
    });
  }

  it("is refused for a signature of half bytes, or none", () => {
    for (const signature of ["0x123", "1234", undefined]) {
      const found = thrown(() => orders.parseSignedOrder({ order: json, signature }));
      expect(found).to.include({ name: "NotAnOrder", member: "signature" });
    }
  });
});
