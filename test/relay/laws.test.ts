import { expect } from "chai";
import fc from "fast-check";
import type { Hash } from "viem";

import { ANYONE, hashOrder } from "../../sdk/orders/index.ts";
import { createRelay, type Remainder, type FillResult } from "../../sdk/relay/index.ts";
import type { Fill, Order } from "../../sdk/types/Order.ts";
import { alice, bob, carol, DOMAIN, idOf, NOW, orderOf } from "../orders/actors.ts";
import { createReference } from "./reference.ts";

const RUNS = Number(process.env["RELAY_RUNS"] ?? 150);
const accounts = [alice, bob, carol].map(idOf);

type Step =
  | { readonly act: "submit"; readonly order: Order; readonly remainder: Remainder }
  | { readonly act: "cancel"; readonly index: number }
  | { readonly act: "cancelBelow"; readonly account: Hash; readonly counter: bigint }
  | { readonly act: "wait"; readonly seconds: number };

const submit: fc.Arbitrary<Step> = fc
  .record({
    account: fc.constantFrom(...accounts),
    size: fc.integer({ min: -6, max: 6 }).filter((size) => size !== 0),
    limitPrice: fc.bigInt(1n, 6n),
    taker: fc.oneof({ weight: 9, arbitrary: fc.constant(ANYONE) }, fc.constantFrom(...accounts)),
    maker: fc.boolean(),
    counter: fc.bigInt(0n, 3n),
    life: fc.integer({ min: 0, max: 60 }),
    remainder: fc.constantFrom<Remainder>("drop", "rest"),
  })
  .map(({ size, life, remainder, ...wish }) => ({
    act: "submit",
    order: orderOf({ ...wish, size: BigInt(size), deadline: NOW + life }),
    remainder,
  }));

const other: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constant("cancel" as const), index: fc.nat(40) }),
  fc.record({
    act: fc.constant("cancelBelow" as const),
    account: fc.constantFrom(...accounts),
    counter: fc.bigInt(0n, 2n),
  }),
  fc.record({ act: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 8 }) }),
);

const steps = fc
  .array(fc.oneof({ weight: 15, arbitrary: submit }, other), {
    minLength: 1,
    maxLength: 40,
    size: "max",
  })
  .map((list) =>
    list.map((step, i) =>
      step.act === "submit" ? { ...step, order: { ...step.order, salt: BigInt(i) } } : step,
    ),
  );

/**
 * A chain that refuses two pairs of orders in `every`: one for the fault of a maker that waited, one for
 * nobody's. (Were it the fault of who comes, the fills settled beside it would stand all the same.)
 */
function chainOf(every: bigint) {
  return ({ maker, taker }: Pick<Fill, "maker" | "taker">): "ok" | "maker" | "neither" => {
    if (every === 0n) return "ok";
    const draw = (maker.salt * 31n + taker.salt * 17n) % every;
    return draw > 1n ? "ok" : draw === 0n && maker.salt < taker.salt ? "maker" : "neither";
  };
}

/** Both the relay and the reference through the same steps; the fills of each. */
async function run(list: readonly Step[], every: bigint) {
  const verdict = chainOf(every);
  const reference = createReference(verdict);
  const fills: Fill[] = [];
  const clock = { now: NOW };
  const settle = async (asked: readonly Fill[]): Promise<FillResult[]> =>
    asked.map((fill) => {
      const said = verdict(fill);
      if (said === "ok") return (fills.push({ ...fill }), { ok: true });
      const order = said === "maker" ? hashOrder(fill.maker, DOMAIN) : "nobody's";
      return { ok: false, error: Object.assign(new Error("refused"), { order }) };
    });
  const relay = createRelay({
    ...{ domain: DOMAIN, settle, now: () => clock.now, verify: async () => true },
    // An account may make and take: what is blamed is the order alone.
    attributeFailure: (error, { maker }) =>
      "order" in error && error.order === maker.hash ? "maker" : "neither",
  });
  const submitted: Order[] = [];

  for (const step of list) {
    if (step.act === "wait") clock.now += step.seconds;
    if (step.act === "cancelBelow") {
      await relay.cancelBelow(step.account, step.counter);
      reference.cancelBelow(step.account, step.counter);
    }
    if (step.act === "cancel" && step.index < submitted.length) {
      const order = submitted[step.index]!;
      await relay.cancel(hashOrder(order, DOMAIN));
      reference.cancel(order);
    }
    if (step.act === "submit") {
      const taken = await relay
        .submit({ order: step.order, signature: "0x" }, { remainder: step.remainder })
        .then(() => true)
        .catch(() => false);
      expect(taken).to.equal(reference.submit(step.order, step.remainder, clock.now));
      submitted.push(step.order);
    }
  }
  const left = await Promise.all(submitted.map((o) => relay.left(hashOrder(o, DOMAIN))));
  return { fills, submitted, left, reference, now: clock.now };
}

const row = ({ maker, taker, size }: Pick<Fill, "maker" | "taker" | "size">) =>
  `${maker.salt} meets ${taker.salt}: ${size}`;

describe("a relay, whatever comes", () => {
  const holds = (law: (list: Step[]) => Promise<void>) =>
    fc.assert(fc.asyncProperty(steps, law), { numRuns: RUNS, seed: 20_261_122 });

  it("meets by price and time as a reference does that looks at all there is", async () => {
    let seen = 0;
    await holds(async (list) => {
      const { fills, submitted, left, reference, now } = await run(list, 0n);
      seen += fills.length;
      expect(fills.map(row)).to.deep.equal(reference.fills.map(row));
      expect(left).to.deep.equal(submitted.map((order) => reference.left(order, now)));
    });
    expect(seen).to.be.greaterThan(3 * RUNS); // they do meet
  });

  it("fills as much of each pair as the reference where the chain refuses some", () =>
    holds(async (list) => {
      const { fills, submitted, left, reference, now } = await run(list, 4n);
      expect(byPair(fills)).to.deep.equal(byPair(reference.fills));
      expect(left).to.deep.equal(submitted.map((order) => reference.left(order, now)));
    }));

  it("meets no one outside either limit, and fills no more than was signed", () =>
    holds(async (list) => {
      const { fills, submitted } = await run(list, 5n);
      for (const { maker, taker, size } of fills) {
        const paid = maker.limitPrice;
        expect(taker.size > 0n ? paid <= taker.limitPrice : paid >= taker.limitPrice).to.equal(
          true,
        );
        expect([maker.flags & 1, taker.flags & 1, maker.size > 0n]).to.deep.equal([
          1,
          0,
          taker.size < 0n,
        ]);
        expect(size > 0n).to.equal(true);
      }
      for (const { salt, size } of submitted) {
        const own = fills.filter(({ maker, taker }) => maker.salt === salt || taker.salt === salt);
        const sum = own.reduce((all, fill) => all + fill.size, 0n);
        expect(sum <= (size < 0n ? -size : size), `order ${salt}`).to.equal(true);
      }
    }));
});

function byPair(fills: readonly Pick<Fill, "maker" | "taker" | "size">[]) {
  const sums: Record<string, bigint> = {};
  for (const { maker, taker, size } of fills) {
    const key = `${maker.salt} meets ${taker.salt}`;
    sums[key] = (sums[key] ?? 0n) + size;
  }
  return sums;
}
