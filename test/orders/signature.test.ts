import { expect } from "chai";
import { concat, createClient, custom, numberToHex, slice, type Hex } from "viem";
import { serializeCompactSignature, parseSignature, signatureToCompactSignature } from "viem";
import fc from "fast-check";

import { grantTypedData, hashOrder, normalSignature, signGrant } from "../../sdk/orders/index.ts";
import { signOrder, verifyOrder } from "../../sdk/orders/index.ts";
import { relayStage } from "../relay/stage.ts";
import { alice, bob, DOMAIN, idOf, orderOf } from "./actors.ts";

/** The same signature, as wallets of other makers would give it. */
const FORMS: Readonly<Record<string, (signature: Hex) => Hex>> = {
  "with v of 0 or 1": (signature) =>
    concat([slice(signature, 0, 64), numberToHex(Number(slice(signature, 64)) - 27, { size: 1 })]),
  "in 64 bytes": (signature) =>
    serializeCompactSignature(signatureToCompactSignature(parseSignature(signature))),
};

/** Alice's wallet, which gives its signatures in a form of its own. */
function walletOf(form: (signature: Hex) => Hex) {
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    expect(method).to.equal("eth_signTypedData_v4");
    const { domain, types, primaryType, message } = JSON.parse((params as [string, string])[1]);
    return form(await alice.signTypedData({ domain, types, primaryType, message }));
  };
  const account = { address: alice.address, type: "json-rpc" } as const;
  return createClient({ account, transport: custom({ request }) }) as never;
}

describe("a signature of a wallet", () => {
  for (const [name, form] of Object.entries(FORMS)) {
    it(`${name} is made one that the chain takes`, async () => {
      const order = orderOf();
      const signed = await signOrder(walletOf(form), order, DOMAIN);
      expect(signed).to.deep.equal(await signOrder(alice, order, DOMAIN));
      expect(await verifyOrder(signed, DOMAIN)).to.equal(true);
    });

    it(`${name} under a grant is made so too`, async () => {
      const numbers = { scopes: 2, expiry: 2_000_000_000, lossLimit: 5n, nonce: 0n, deadline: 9n };
      const grant = { account: idOf(alice), operator: bob.address, ...numbers };
      const given = await signGrant(walletOf(form), grant, DOMAIN);
      expect(given).to.equal(await alice.signTypedData(grantTypedData(grant, DOMAIN)));
    });

    it(`${name} is taken by a relay, and settled as the chain takes it`, async () => {
      const { relay, settled, signed, make } = relayStage();
      await make(-1, 4_000, { by: bob });
      const whole = await signed(1, 4_000);
      await relay.submit({ ...whole, signature: form(whole.signature) });
      expect(settled[0]![0]!.takerSignature).to.equal(whole.signature);
    });
  }

  it("of any message and either v comes back the same from each form", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt(0n, 2n ** 64n), async (salt) => {
        const order = orderOf({ salt });
        const hash = hashOrder(order, DOMAIN);
        const { signature } = await signOrder(alice, order, DOMAIN);
        for (const form of [...Object.values(FORMS), (same: Hex) => same]) {
          const normal = await normalSignature(hash, alice.address, form(signature));
          expect(normal).to.equal(signature);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("that is another contract's own is left as it is: a Safe's approved hash ends in 1", async () => {
    const approved = concat([
      `0x${"00".repeat(12)}`,
      alice.address,
      `0x${"00".repeat(32)}`,
      "0x01",
    ]);
    for (const own of [approved, "0x", "0x1234", `0x${"ff".repeat(64)}`] as Hex[]) {
      expect(await normalSignature(`0x${"11".repeat(32)}`, alice.address, own)).to.equal(own);
    }
  });
});
