import { expect } from "chai";
import type { Address } from "viem";

import { BadAddress, BadWord } from "../../sdk/errors/index.ts";
import { grantTypedData, orderDomain, requireOrder } from "../../sdk/orders/index.ts";
import type { Order } from "../../sdk/types/Order.ts";
import { relayStage } from "../relay/stage.ts";
import { alice, DOMAIN, idOf, NOW, orderOf, thrown } from "./actors.ts";

const MISTYPED = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92267" as Address; // the last digit
const SHORT = alice.address as never; // an owner, not an account

describe("the names in an order", () => {
  const bad: [field: keyof Order, value: unknown, Class: unknown][] = [
    ["signer", MISTYPED, BadAddress],
    ["signer", "alice.eth", BadAddress],
    ["account", SHORT, BadWord],
    ["account", `0x${"zz".repeat(32)}`, BadWord],
    ["taker", SHORT, BadWord],
  ];
  for (const [field, value, Class] of bad) {
    it(`are refused where it is built and where it is taken: ${field} ${String(value)}`, async () => {
      expect(thrown(() => orderOf({ [field]: value }))).to.be.instanceOf(Class as never);
      const order = { ...orderOf(), [field]: value } as Order;
      expect(thrown(() => requireOrder(order, NOW))).to.be.instanceOf(Class as never);
      const { relay } = relayStage();
      const error = await relay.submit({ order, signature: "0x" }).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(Class as never);
    });
  }

  it("are refused in a domain, in a grant, and by a relay that is asked", async () => {
    expect(() => orderDomain({ clearinghouse: MISTYPED }, 1)).to.throw(BadAddress);
    const numbers = { scopes: 2, expiry: 1, lossLimit: 0n, nonce: 0n, deadline: 1n };
    const grant = { account: idOf(alice), operator: MISTYPED, ...numbers };
    expect(() => grantTypedData(grant, DOMAIN)).to.throw(BadAddress, "operator");
    const { relay } = relayStage();
    for (const ask of [
      () => relay.orders(SHORT),
      () => relay.cancelBelow(SHORT, 1n),
      () => relay.left("0x12"),
      () => relay.cancel("0x12"),
    ]) {
      expect(await ask().catch((e: unknown) => e)).to.be.instanceOf(BadWord);
    }
  });
});
