import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { idOf, later, offer, withdraw } from "../fixtures/margin.ts";
import { calmMarket, meet, settle } from "../fixtures/market.ts";
import { option, perp, trade, type Trading } from "../fixtures/trading.ts";
import { boundsOf, set, type Bound, type Setter, type Values } from "./ends.ts";

const HOUR = 3_600;

// A part of what `twin` tries a thousand times, on the chain: every parameter at its low, or its high end, at
// once; then an hour, 33 hours and three days on. Alice is long a hundredth of ether against bob.
describe("both ends of every bound, on the chain", () => {
  let local: Trading;
  let bounds: Bound[];

  beforeEach(async function () {
    this.timeout(240_000);
    local = await calmMarket();
    await local.deposit(local.alice, "wstETH", 1);
    for (const [instrument, price] of [
      [perp(2), 2_000],
      [option(2, "call", local.far, 2_000), 145],
    ] as const) {
      await trade(local, local.alice, local.bob, { instrument, size: "0.01", price });
    }
    bounds ??= await boundsOf(local);
  });

  /** What a revert says; undefined for none. */
  const refusal = (act: Promise<unknown>): Promise<string | undefined> =>
    act.then(
      () => undefined,
      (error: Error) => /'(\w+)\(/.exec(String(error))?.[1] ?? String(error),
    );

  /** Sets every parameter of a setter at once. */
  async function setAll(end: "low" | "high") {
    const of = (setter: Setter): Values =>
      Object.fromEntries(
        bounds
          .filter((one) => one.setter === setter)
          .map((one) => {
            const value = one[end];
            return [one.name, setter === "setDepth" ? value : Number(value)];
          }),
      );
    const lifted = { ...of("setFactor") } as Record<string, number>;
    if (end === "low") lifted["volatilityStress"] = lifted["volatilityFloor"]!;
    await set(local, "setFactor", lifted);
    for (const setter of ["setMarket", "setDepth", "setAsset", "setTiers", "setCash"] as const) {
      await set(local, setter, of(setter));
    }
  }

  async function rounds(price: number | string) {
    await local.setPrice("USDC", 1);
    await local.setPrice("wstETH", "1.2");
    await local.setPrice("ETH", price);
  }

  /** Every verb: done, or refused for a reason that is its own. Returns the reasons. */
  async function verbs(price: number | string) {
    const { clearinghouse, alice, bob, carol } = local;
    const [a, b] = [idOf(alice), idOf(bob)];
    await clearinghouse.read.health([a]);
    await clearinghouse.read.health([b]);
    const fill = await meet(local, alice, bob, {
      ...{ instrument: perp(2), size: "0.001", price: Number(price) },
    });
    const said = {
      observe: await refusal(clearinghouse.write.observe([2n, 8n])),
      deposit: await refusal(local.deposit(alice, "USDC", 1)),
      settleExpiries: await refusal(clearinghouse.write.settleExpiries([2n])),
      settleExpired: await refusal(clearinghouse.write.settleExpired([b])),
      accrue: await refusal(clearinghouse.write.accrue()),
      withdraw: await refusal(withdraw(local, alice, "wstETH", "0.000001")),
      fill: await refusal(settle(local, [fill])),
      call: await refusal(clearinghouse.write.call([b])),
      bid: await refusal(
        clearinghouse.write.bid([offer(b, idOf(carol))], { account: carol.account }),
      ),
    };
    for (const [verb, name] of Object.entries(said)) {
      expect(name, `${verb} at ${price}`).to.not.equal("OutOfBounds");
      expect(name, `${verb} at ${price}`).to.not.match(/Panic|without a reason/);
    }
    return said;
  }

  for (const end of ["low", "high"] as const) {
    it(`the ${end} ones leave every verb working on the way, at the largest price too`, async function () {
      this.timeout(400_000);
      await setAll(end);
      const start = await local.networkHelpers.time.latest();
      for (const hours of [1, 33, 73]) {
        await local.networkHelpers.time.increaseTo(start + hours * HOUR);
        await rounds(2_000);
        const said = await verbs(2_000);
        for (const verb of ["observe", "deposit", "settleExpiries", "accrue", "settleExpired"]) {
          expect(said[verb as keyof typeof said], `${verb}, ${hours} h`).to.equal(undefined);
        }
      }
      await rounds("10000000000");
      await verbs("10000000000");
      await later(local, 61);
      await rounds("10000000000");
      await verbs("10000000000");
    });
  }
});
