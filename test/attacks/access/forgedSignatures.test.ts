import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import {
  bytesToHex,
  hexToBigInt,
  hexToBytes,
  parseEther,
  slice,
  toHex,
  zeroAddress,
  type Hex,
} from "viem";

import { hashOrder } from "../../../sdk/orders/index.ts";
import type { Order } from "../../../sdk/types/Order.ts";
import { idOf } from "../../fixtures/margin.ts";
import { calmMarket, pair, settle, sign } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { domainOf, fillOf, perp, sizeOf, type Trading } from "../../fixtures/trading.ts";

const eth = perp(2);
const wish = { instrument: eth, size: 1, price: 2_000 };
const RICH = 10n ** 12n; // may lose a million a day
const CURVE = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n; // secp256k1's order

describe("attack: signatures", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  /** What the clearinghouse says to a maker's order under this signature. */
  async function refusesSigned(order: Order, signature: Hex, take?: Partial<Order>) {
    const [, buy] = await pair(local, local.alice, local.bob, { ...wish, size: 1 });
    const taker = await sign(local, local.alice, { ...buy.order, ...take });
    const act = () => settle(local, [fillOf({ order, signature }, taker, 1n)]);
    const hash = hashOrder(order, await domainOf(local));
    await refuses(local, act, "BadSignature", [order.account, hash, order.signer]);
  }

  it("of another chain, another contract, another name or version", async () => {
    const { bob, pool } = local;
    const [sell] = await pair(local, local.alice, bob, wish);
    const others = [
      { chainId: 1 },
      { verifyingContract: pool.vault },
      { verifyingContract: pool.lens },
      { name: "Ballast2" as never },
      { version: "2" as never },
    ];
    for (const domain of others) {
      const { signature } = await sign(local, bob, sell.order, domain);
      await refusesSigned(sell.order, signature);
    }
  });

  it("of another key, by which the order names its signer all the same", async () => {
    const [sell] = await pair(local, local.alice, local.bob, wish);
    for (const other of [local.alice, local.carol, local.dave]) {
      const { signature } = await sign(local, other, sell.order);
      await refusesSigned(sell.order, signature);
    }
  });

  it("of an order that differs in any one field", async () => {
    const { alice, bob } = local;
    const [sell] = await pair(local, alice, bob, wish);
    const { order, signature } = sell;
    const changes: Partial<Order>[] = [
      { account: idOf(bob, 1n) },
      { size: order.size - 1n },
      { limitPrice: order.limitPrice - 1n },
      { maxFee: order.maxFee + 1n },
      { salt: order.salt + 1n },
      { counter: order.counter + 1n },
      { deadline: order.deadline + 1n },
      { taker: idOf(alice) },
      { flags: order.flags | 2 },
      { flags: order.flags | 4 },
      { flags: order.flags | 128 },
    ];
    for (const change of changes) await refusesSigned({ ...order, ...change }, signature);
    const btc = { instrument: perp(1) };
    await refusesSigned({ ...order, ...btc }, signature, btc);
    await settle(local, [fillOf(sell, (await pair(local, alice, bob, wish))[1])]);
  });

  it("malleable: the other root of a good one", async () => {
    const [{ order, signature }] = await pair(local, local.alice, local.bob, wish);
    const [r, s, v] = [slice(signature, 0, 32), slice(signature, 32, 64), slice(signature, 64)];
    const high = toHex(CURVE - hexToBigInt(s), { size: 32 });
    const flipped = v === "0x1b" ? "1c" : "1b";
    await refusesSigned(order, `${r}${high.slice(2)}${flipped}` as Hex);
    await refusesSigned(order, `${r}${high.slice(2)}${v.slice(2)}` as Hex);
  });

  it("empty, short, long, compact, all zeros, all ones", async () => {
    const [{ order, signature }] = await pair(local, local.alice, local.bob, wish);
    const bytes = hexToBytes(signature);
    const compact = bytes.slice(0, 64);
    compact[32]! |= bytes[64] === 28 ? 0x80 : 0;
    const bad: Hex[] = [
      "0x",
      bytesToHex(bytes.slice(0, 64)),
      bytesToHex(compact),
      `${signature}00`,
      toHex(0n, { size: 65 }),
      toHex(2n ** 520n - 1n, { size: 65 }),
      `${slice(signature, 0, 64)}00` as Hex,
      `${slice(signature, 0, 64)}01` as Hex,
    ];
    for (const one of bad) await refusesSigned(order, one);
  });

  it("of address zero, even if an account has let address zero trade", async () => {
    const { alice, bob, clearinghouse } = local;
    const [sell, buy] = await pair(local, alice, bob, wish);
    await clearinghouse.write.setOperator([idOf(bob), zeroAddress, 2, 2 ** 39, RICH], {
      account: bob.account,
    });
    const order = { ...sell.order, signer: zeroAddress };
    for (const signature of [toHex(0n, { size: 65 }), sell.signature, "0x" as const]) {
      const act = () => settle(local, [fillOf({ order, signature }, buy)]);
      await refuses(local, act, "NotAuthorized", [idOf(bob), zeroAddress, 2, 2 ** 39]);
    }
  });

  it("of a contract wallet count while it says so, and only for its own account", async () => {
    const { alice, bob, clearinghouse, pool } = local;
    const wallet = await local.viem.deployContract("Wallet");
    const id = idOf({ account: wallet });
    const usdc = pool.tokens["USDC"]!;
    await local.fund(alice, "USDC", 10_000);
    await clearinghouse.write.deposit([id, usdc, 10_000_000_000n], { account: alice.account });
    const [sell, buy] = await pair(local, alice, bob, wish);
    const order = { ...sell.order, account: id, signer: wallet.address };
    const act = () => settle(local, [fillOf({ order, signature: "0x" }, buy)]);
    const hash = hashOrder(order, await domainOf(local));
    await refuses(local, act, "BadSignature", [id, hash, wallet.address]);
    await wallet.write["decide"]!([true]);
    const theft = { ...order, account: idOf(bob) };
    const steal = () => settle(local, [fillOf({ order: theft, signature: "0x" }, buy)]);
    await refuses(local, steal, "NotAuthorized", [idOf(bob), wallet.address, 2, 0]);
    await act();
    expect(await sizeOf(local, id, eth)).to.equal(-1);
    await clearinghouse.write.setOperator([idOf(bob), wallet.address, 2, 2 ** 39, RICH], {
      account: bob.account,
    });
    const [, again] = await pair(local, alice, bob, wish);
    await settle(local, [fillOf({ order: theft, signature: "0x" }, again, parseEther("1"))]);
    expect(await sizeOf(local, idOf(bob), eth)).to.equal(-1);
  });
});
