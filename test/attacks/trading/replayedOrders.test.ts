import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { maxUint256, parseEther } from "viem";

import { hashOrder } from "../../../sdk/orders/index.ts";
import { idOf } from "../../fixtures/margin.ts";
import { calmMarket, pair, settle, sign } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import {
  domainOf,
  fillOf,
  perp,
  sizeOf,
  tradingPool,
  type Trading,
} from "../../fixtures/trading.ts";

const eth = perp(2);
const one = parseEther("1");
const wish = { instrument: eth, size: 1, price: 2_000 };

describe("attack: orders that have done their part", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  it("fill no more than their size, whole or in parts", async () => {
    const { alice, bob, carol, clearinghouse } = local;
    const [sell, buy] = await pair(local, alice, bob, wish);
    const [, more] = await pair(local, carol, bob, { ...wish, size: 5 });
    const hash = hashOrder(sell.order, await domainOf(local));
    const part = fillOf(sell, buy, parseEther("0.4"));
    await settle(local, [part, part]);
    expect(await clearinghouse.read.filledOf([hash])).to.equal(parseEther("0.8"));
    const left = [idOf(bob), hash, parseEther("0.2"), parseEther("0.4")];
    await refuses(local, () => settle(local, [part]), "Overfilled", left);
    const wei = [idOf(bob), hash, parseEther("0.2"), parseEther("0.2") + 1n];
    const over = fillOf(sell, more, parseEther("0.2") + 1n);
    await refuses(local, () => settle(local, [over]), "Overfilled", wei);
    await settle(local, [fillOf(sell, more, parseEther("0.2"))]);
    const whole = [idOf(bob), hash, 0n, 1n];
    await refuses(local, () => settle(local, [fillOf(sell, more, 1n)]), "Overfilled", whole);
    expect(await sizeOf(local, idOf(bob), eth)).to.equal(-1);
  });

  it("cannot spend one order twice within a fill list", async () => {
    const { alice, bob, carol } = local;
    const [sell, buy] = await pair(local, alice, bob, wish);
    const [, second] = await pair(local, carol, bob, wish);
    const act = () => settle(local, [fillOf(sell, buy), fillOf(sell, second)]);
    const hash = hashOrder(sell.order, await domainOf(local));
    await refuses(local, act, "Overfilled", [idOf(bob), hash, 0n, one]);
  });

  it("are dead once cancelled, filled in part or not", async () => {
    const { alice, bob, clearinghouse } = local;
    const [sell, buy] = await pair(local, alice, bob, wish);
    const hash = hashOrder(sell.order, await domainOf(local));
    await settle(local, [fillOf(sell, buy, one / 2n)]);
    await clearinghouse.write.cancel([[sell.order]], { account: bob.account });
    expect(await clearinghouse.read.filledOf([hash])).to.equal(maxUint256);
    const rest = () => settle(local, [fillOf(sell, buy, 1n)]);
    await refuses(local, rest, "OrderCancelled", [idOf(bob), hash]);
    await clearinghouse.write.cancel([[sell.order]], { account: bob.account });
    await refuses(local, rest, "OrderCancelled", [idOf(bob), hash]);
  });

  it("below a counter are dead at once, those at it are not", async () => {
    const { alice, bob, clearinghouse } = local;
    const [old, buy] = await pair(local, alice, bob, wish);
    const [next, again] = await pair(local, alice, bob, wish, { counter: 5n });
    await clearinghouse.write.cancelBelow([idOf(bob), 5n], { account: bob.account });
    const act = () => settle(local, [fillOf(old, buy)]);
    await refuses(local, act, "CounterTooLow", [idOf(bob), 0n, 5n]);
    await settle(local, [fillOf(next, again)]);
  });

  it("a counter only rises, and its last value silences no one by accident", async () => {
    const { alice, bob, clearinghouse } = local;
    const below = (counter: bigint) => () =>
      clearinghouse.write.cancelBelow([idOf(bob), counter], { account: bob.account });
    await refuses(local, below(0n), "CounterTooLow", [idOf(bob), 0n, 0n]);
    await below(7n)();
    await refuses(local, below(7n), "CounterTooLow", [idOf(bob), 7n, 7n]);
    await refuses(local, below(3n), "CounterTooLow", [idOf(bob), 3n, 7n]);
    await below(maxUint256)();
    const [late, buy] = await pair(local, alice, bob, wish, { counter: maxUint256 - 1n });
    const act = () => settle(local, [fillOf(late, buy)]);
    await refuses(local, act, "CounterTooLow", [idOf(bob), maxUint256 - 1n, maxUint256]);
    const [last, again] = await pair(local, alice, bob, wish, { counter: maxUint256 });
    await settle(local, [fillOf(last, again)]);
  });

  it("fill at the second of their deadline, and not one later", async () => {
    const { alice, bob } = local;
    const { time } = local.networkHelpers;
    const deadline = (await time.latest()) + 100;
    const [[a, b], [c, d]] = [
      await pair(local, alice, bob, wish, { deadline }),
      await pair(local, alice, bob, wish, { deadline }),
    ];
    await time.setNextBlockTimestamp(deadline);
    await settle(local, [fillOf(a, b)]);
    const late = () => settle(local, [fillOf(c, d)]);
    await refuses(local, late, "OrderExpired", [idOf(bob), deadline]);
    const [e, f] = await pair(local, alice, bob, wish);
    const past = await sign(local, alice, { ...f.order, deadline: 0n });
    await refuses(local, () => settle(local, [fillOf(e, past)]), "OrderExpired", [idOf(alice), 0n]);
  });

  it("mean nothing in a pool beside", async () => {
    const { alice, bob } = local;
    const [sell, buy] = await pair(local, alice, bob, wish);
    const beside = await tradingPool((p) => {
      p.listings["ETH"]!.feed.price = 2_000;
      return p;
    });
    expect(beside.pool.clearinghouse).to.equal(local.pool.clearinghouse); // other chain, same address
    const domain = await domainOf(beside);
    expect(domain.chainId).to.equal((await domainOf(local)).chainId);
    // So set apart what a deployment on this chain would: the address.
    const other = await beside.viem.deployContract("Token", ["X", 18]);
    const { signature } = await sign(local, bob, sell.order, { verifyingContract: other.address });
    const hash = hashOrder(sell.order, domain);
    const act = () => settle(local, [fillOf({ order: sell.order, signature }, buy)]);
    await refuses(local, act, "BadSignature", [idOf(bob), hash, sell.order.signer]);
  });
});
