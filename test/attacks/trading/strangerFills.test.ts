import { expect } from "chai";
import { before, describe, it } from "mocha";
import { maxUint256, parseEther, parseEventLogs, type Hex } from "viem";

import { hashOrder, type SignedOrder } from "../../../sdk/orders/index.ts";
import { createRandom } from "../../../sdk/sim/random.ts";
import type { Order } from "../../../sdk/types/Order.ts";
import { idOf } from "../../fixtures/margin.ts";
import { calmMarket, settle } from "../../fixtures/market.ts";
import { requireMatched } from "../../fixtures/open.ts";
import {
  domainOf,
  fillOf,
  future,
  option,
  perp,
  signed,
  type Trading,
} from "../../fixtures/trading.ts";

const SEED = 20_261_123;
const ORDERS = 40;
const FILLS = 300;

/** An order, and what its owner has said of it since. */
interface Known extends SignedOrder {
  readonly hash: Hex;
  readonly owner: number; // of the actors
  filled: bigint;
  cancelled: boolean;
}

// Orders of all sides and prices, sent by a stranger in any pairs, sizes and order he likes, some of
// them cancelled, below a counter or over on the way. He is told no more than what a signer signed.
describe("attack: whatever a stranger makes of signed orders", () => {
  const random = createRandom(SEED);
  const orders: Known[] = [];
  const counters = [0n, 0n, 0n];
  const seen: Record<string, number> = {};
  let local: Trading;

  const actors = () => [local.alice, local.bob, local.carol];
  const note = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);

  before(async () => {
    local = await calmMarket();
  });

  async function draw(): Promise<Known> {
    const owner = random.integer(3);
    const [instrument, mark] = random.pick([
      [perp(2), 2_000],
      [future(2, local.near), 2_000],
      [option(2, "call", local.near, 2_000), 70],
    ] as const);
    const sign = random.pick([1, -1]);
    const size = sign * (1 + random.integer(4));
    const now = await local.networkHelpers.time.latest();
    const order = await signed(local, actors()[owner]!, {
      ...{ instrument, size, price: mark + sign * (random.integer(8) - 2) },
      maker: random.pick([true, false]),
      counter: counters[owner]! + BigInt(random.integer(3)),
      deadline: now + random.pick([60, 6_000, 60_000]),
    });
    const hash = hashOrder(order.order, await domainOf(local));
    return { ...order, hash, owner, filled: 0n, cancelled: false };
  }

  /** A pair that could meet, were they both alive: one maker, two sides, one instrument. */
  function drawPair(): readonly [Known, Known] | null {
    const maker = random.pick(orders.filter(({ order }) => order.flags !== 0));
    const others = orders.filter(
      ({ order }) =>
        order.flags === 0 &&
        order.instrument === maker.order.instrument &&
        order.account !== maker.order.account &&
        order.size > 0n !== maker.order.size > 0n,
    );
    return others.length === 0 ? null : [maker, random.pick(others)];
  }

  /** Why an order may not fill for so much. */
  function deadBy({ order, owner, filled, cancelled }: Known, size: bigint, now: number) {
    const whole = order.size < 0n ? -order.size : order.size;
    if (BigInt(now) > order.deadline) return "expired";
    if (order.counter < counters[owner]!) return "below its counter";
    if (cancelled) return "cancelled";
    return filled + size > whole ? "overfilled" : null;
  }

  async function meet(maker: Known, taker: Known) {
    const size = parseEther(random.pick(["0.3", "0.9", "1", "2", "4.000000000000000001"]));
    const hash = await settle(local, [fillOf(maker, taker, size)], false);
    const { logs, blockNumber } = await local.client.getTransactionReceipt({ hash });
    const { timestamp } = await local.client.getBlock({ blockNumber });
    const now = Number(timestamp);
    const dead = deadBy(maker, size, now) ?? deadBy(taker, size, now);
    const crossed = crosses(maker.order, taker.order) ? null : "outside a limit";
    const why = crossed ?? dead;
    const [filled] = parseEventLogs({ abi: local.clearinghouse.abi, logs, eventName: "Filled" });
    expect(filled === undefined, why ?? "filled").to.equal(why !== null);
    note(why ?? "filled");
    if (!filled) return;
    const { price, size: bought } = filled.args;
    for (const { order } of [maker, taker]) {
      const within = order.size > 0n ? price <= order.limitPrice : price >= order.limitPrice;
      expect(within, `${price} beyond ${order.limitPrice}`).to.equal(true);
    }
    expect(bought).to.equal(maker.order.size > 0n ? size : -size);
    maker.filled += size;
    taker.filled += size;
  }

  function crosses(maker: Order, taker: Order): boolean {
    const [buy, sell] = maker.size > 0n ? [maker, taker] : [taker, maker];
    return buy.limitPrice >= sell.limitPrice;
  }

  async function say() {
    const lot = random.integer(16);
    const owner = random.integer(3);
    const account = actors()[owner]!.account;
    if (lot === 0) {
      const order = random.pick(orders);
      order.cancelled = true;
      const { account: by } = actors()[order.owner]!;
      await local.clearinghouse.write.cancel([[order.order]], { account: by });
    } else if (lot === 1) {
      counters[owner]! += 1n;
      const id = idOf({ account });
      await local.clearinghouse.write.cancelBelow([id, counters[owner]!], { account });
    } else if (lot === 2) await local.networkHelpers.time.increase(40);
  }

  it("fills none beyond its limit or its size, none that is dead, and longs are shorts", async () => {
    const ids = [local.alice, local.bob, local.carol].map((actor) => idOf(actor));
    for (let i = 0; i < ORDERS; ++i) orders.push(await draw());
    for (let i = 0; i < FILLS; ++i) {
      orders[random.integer(ORDERS)] = await draw();
      await say();
      const pair = drawPair();
      if (pair === null) continue;
      await meet(...pair);
      for (const { hash, filled, cancelled } of pair) {
        const told = await local.clearinghouse.read.filledOf([hash]);
        expect(told).to.equal(cancelled ? maxUint256 : filled);
      }
      if (i % 10 === 0) await requireMatched(local, ids);
    }
    await requireMatched(local, ids);
    console.log(`      seed ${SEED}`, seen);
    expect(seen).to.include.keys(
      ...["filled", "overfilled", "outside a limit", "cancelled", "expired", "below its counter"],
    );
  }).timeout(120_000);
});
