import { expect } from "chai";
import { concat, hashTypedData, keccak256, numberToHex, pad, stringToHex, type Hex } from "viem";

import { hashOrder, orderDomain, orderTypedData, orderTypes } from "../../sdk/orders/index.ts";
import type { Order } from "../../sdk/types/Order.ts";
import { bob, carol, DOMAIN, idOf, orderOf } from "./actors.ts";

const TYPE =
  "Order(bytes32 account,uint96 instrument,int256 size,int256 limitPrice,int256 maxFee," +
  "uint256 salt,uint256 counter,uint256 deadline,address signer,bytes32 taker,uint8 flags)";
const DOMAIN_TYPE =
  "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

const hashOfText = (text: string) => keccak256(stringToHex(text));
const word = (value: bigint | number) =>
  numberToHex(BigInt.asUintN(256, BigInt(value)), { size: 32 });
const words = (...list: Hex[]) => keccak256(concat(list));

/** EIP-712 by hand: 32-byte words, hashed. */
function byHand(o: Order, chainId: number, clearinghouse: Hex): Hex {
  const domain = words(
    hashOfText(DOMAIN_TYPE),
    hashOfText("Ballast"),
    hashOfText("1"),
    word(chainId),
    pad(clearinghouse),
  );
  const struct = words(
    hashOfText(TYPE),
    o.account,
    word(o.instrument),
    word(o.size),
    word(o.limitPrice),
    word(o.maxFee),
    word(o.salt),
    word(o.counter),
    word(o.deadline),
    pad(o.signer),
    o.taker,
    word(o.flags),
  );
  return keccak256(concat(["0x1901", domain, struct]));
}

const bid = orderOf({ counter: 3n, taker: idOf(carol), maker: true, reducing: true });
const ask = orderOf({ size: -(2n ** 127n) + 1n, salt: 2n ** 256n - 1n, signer: bob.address });

describe("an order's hash", () => {
  it("is EIP-712's, by hand from the type string", () => {
    for (const order of [bid, ask]) {
      const { chainId, verifyingContract } = DOMAIN;
      expect(hashOrder(order, DOMAIN)).to.equal(byHand(order, chainId, verifyingContract));
    }
  });

  it("is viem's", () => {
    for (const order of [bid, ask]) {
      expect(hashOrder(order, DOMAIN)).to.equal(hashTypedData(orderTypedData(order, DOMAIN)));
    }
  });

  it("is of the type that the contracts hash", () => {
    const fields = orderTypes.Order.map(({ type, name }) => `${type} ${name}`);
    expect(`Order(${fields.join(",")})`).to.equal(TYPE);
  });

  it("differs with every field", () => {
    const { account, taker, ...rest } = ask;
    const numbers = Object.entries(rest).filter(([, value]) => typeof value === "bigint");
    const others: Order[] = [
      ...numbers.map(([field, value]) => ({ ...ask, [field]: (value as bigint) / 2n + 1n })),
      { ...ask, account: taker },
      { ...ask, taker: account },
      { ...ask, signer: carol.address },
      { ...ask, flags: 1 },
    ];
    const hashes = [ask, ...others].map((order) => hashOrder(order, DOMAIN));
    expect(new Set(hashes).size).to.equal(12);
  });

  it("differs from pool to pool and from chain to chain", () => {
    const other = orderDomain({ clearinghouse: bob.address }, DOMAIN.chainId);
    const hashes = [DOMAIN, other, { ...DOMAIN, chainId: 1 }].map((d) => hashOrder(bid, d));
    expect(new Set(hashes).size).to.equal(3);
  });
});
