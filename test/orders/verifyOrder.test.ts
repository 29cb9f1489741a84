import { expect } from "chai";
import {
  concat,
  createWalletClient,
  custom,
  decodeFunctionData,
  numberToHex,
  pad,
  parseAbi,
  slice,
  type Hex,
} from "viem";

import { hashOrder, NotTheSigner, signOrder, verifyOrder } from "../../sdk/orders/index.ts";
import { alice, bob, DOMAIN, idOf, orderOf } from "./actors.ts";

const GROUP = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const ERC1271 = parseAbi(["function isValidSignature(bytes32, bytes) view returns (bytes4)"]);
const MAGIC = pad("0x1626ba7e", { dir: "right" });

const order = orderOf();
const signed = await signOrder(alice, order, DOMAIN);
const [r, s, v] = [
  slice(signed.signature, 0, 32),
  slice(signed.signature, 32, 64),
  slice(signed.signature, 64),
];
const verifies = (signature: Hex) => verifyOrder({ order, signature }, DOMAIN);

/** A node where `code` stands at every address, and every call is answered so. */
function node(code: Hex, answer: (data: Hex) => Hex | Error) {
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    if (method === "eth_getCode") return code;
    const found = answer((params as [{ data: Hex }])[0].data);
    if (found instanceof Error) throw found;
    return found;
  };
  return createWalletClient({ account: alice, transport: custom({ request }, { retryCount: 0 }) });
}

const revert = Object.assign(new Error("execution reverted"), { code: 3, data: "0x" });

describe("signOrder", () => {
  it("signs by a local key and by a client alike", async () => {
    expect(
      await signOrder(
        node("0x", () => "0x"),
        order,
        DOMAIN,
      ),
    ).to.deep.equal(signed);
    expect(await verifyOrder(signed, DOMAIN)).to.equal(true);
  });

  it("refuses a key that the order does not name", async () => {
    const refused = await signOrder(bob, order, DOMAIN).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(NotTheSigner);
    expect(refused).to.include({ signer: order.signer, key: bob.address });
  });

  it("signs for the account of another, where the order says so", async () => {
    const session = orderOf({ account: idOf(alice), signer: bob.address });
    expect(await verifyOrder(await signOrder(bob, session, DOMAIN), DOMAIN)).to.equal(true);
  });
});

describe("verifyOrder", () => {
  it("refuses another order, another pool and another signer", async () => {
    const { signature } = signed;
    const dearer = { ...order, limitPrice: order.limitPrice + 1n };
    expect(await verifyOrder({ order: dearer, signature }, DOMAIN)).to.equal(false);
    expect(await verifyOrder(signed, { ...DOMAIN, chainId: 1 })).to.equal(false);
    const stolen = { ...order, signer: bob.address };
    expect(await verifyOrder({ order: stolen, signature }, DOMAIN)).to.equal(false);
  });

  it("refuses the twin of a signature in the upper half", async () => {
    const high = numberToHex(GROUP - BigInt(s), { size: 32 });
    const flipped = v === "0x1b" ? "0x1c" : "0x1b";
    expect(await verifies(concat([r, high, flipped]))).to.equal(false);
  });

  it("refuses a v of 0 or 1, and a signature of 64 bytes", async () => {
    expect(await verifies(concat([r, s, v === "0x1b" ? "0x00" : "0x01"]))).to.equal(false);
    expect(await verifies(concat([r, s]))).to.equal(false);
  });

  it("refuses nothing, zeros and noise", async () => {
    for (const bytes of ["0x", `0x${"00".repeat(65)}`, `0x${"00".repeat(64)}1b`] as Hex[]) {
      expect(await verifies(bytes), bytes).to.equal(false);
    }
    expect(await verifies(`0x${"ff".repeat(32)}${"01".repeat(32)}1b`)).to.equal(false);
  });

  it("refuses the zero signer whatever is signed", async () => {
    const nobody = { ...order, signer: `0x${"00".repeat(20)}` as Hex };
    const zeros = `0x${"00".repeat(65)}` as Hex;
    expect(await verifyOrder({ order: nobody, signature: zeros }, DOMAIN)).to.equal(false);
    const yes = node("0x60", () => MAGIC);
    expect(await verifyOrder({ order: nobody, signature: zeros }, DOMAIN, yes)).to.equal(false);
  });

  it("recovers a signer without code, if a client says so", async () => {
    const client = node("0x", () => revert);
    expect(await verifyOrder(signed, DOMAIN, client)).to.equal(true);
  });

  it("asks a signer with code, by hash and signature", async () => {
    const asked: unknown[] = [];
    const client = node("0x60", (data) => {
      asked.push(...decodeFunctionData({ abi: ERC1271, data }).args);
      return MAGIC;
    });
    expect(await verifyOrder({ order, signature: "0x1234" }, DOMAIN, client)).to.equal(true);
    expect(asked).to.deep.equal([hashOrder(order, DOMAIN), "0x1234"]);
  });

  it("takes another word, a revert and silence of a wallet for a no", async () => {
    for (const answer of [pad("0xffffffff", { dir: "right" }), revert, "0x"] as const) {
      expect(
        await verifyOrder(
          signed,
          DOMAIN,
          node("0x60", () => answer),
        ),
      ).to.equal(false);
    }
  });

  it("takes a node that is not there for no answer", async () => {
    const client = node("0x60", () => new Error("down"));
    const failed = await verifyOrder(signed, DOMAIN, client).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(Error);
  });
});
