import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import type { BallastError } from "../../../sdk/errors/index.ts";
import { preview } from "../../../sdk/preview/preview.ts";
import { getSnapshot } from "../../../sdk/snapshot/getSnapshot.ts";
import { type Fill, MAKER, REDUCING } from "../../../sdk/types/Order.ts";
import { instrumentId, type InstrumentId } from "../../../sdk/types/Ids.ts";
import { idOf, later, phaseOf } from "../../fixtures/margin.ts";
import { calmMarket, meet, pair, settle, sign } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import {
  fillOf,
  future,
  option,
  perp,
  sizeOf,
  trade,
  type Trading,
} from "../../fixtures/trading.ts";

const FLAG = { reducing: true };

// Alice is long, bob short, when a market is taken off the list, or no one posts its surface any more.
describe("attack: what trades no more may still be closed", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  /** Takes ETH's market off the list. */
  async function unlist() {
    const [, params, depth] = await local.clearinghouse.read.marketOf([2n]);
    await local.clearinghouse.write.setMarket([2n, { ...params, listed: false }, depth]);
  }

  /** An hour passes in which only prices come. */
  async function age() {
    await later(local, 3_601, { ETH: 2_000 });
    await local.setPrice("USDC", 1);
  }

  const kinds: Readonly<Record<string, readonly [(expiry: number) => InstrumentId, number]>> = {
    perp: [() => perp(2), 2_000],
    future: [(expiry) => future(2, expiry), 2_000],
    call: [(expiry) => option(2, "call", expiry, 2_000), 72],
    put: [(expiry) => option(2, "put", expiry, 2_000), 72],
  };

  for (const [kind, [instrumentOf, price]] of Object.entries(kinds)) {
    it(`a ${kind} whose market is not listed any more`, async () => {
      const instrument = instrumentOf(local.near);
      await trade(local, local.alice, local.bob, { instrument, size: 4, price });
      await unlist();
      await onlyCloses(instrument, price, "UnknownInstrument", [instrument]);
    });
  }

  for (const kind of ["call", "put"]) {
    it(`a ${kind} whose surface is old`, async () => {
      const [instrumentOf, price] = kinds[kind]!;
      const instrument = instrumentOf(local.near);
      await trade(local, local.alice, local.bob, { instrument, size: 4, price });
      const { posted } = await local.clearinghouse.read.expiryStateOf([2n, BigInt(local.near)]);
      await age();
      const args = [2n, BigInt(local.near), BigInt(posted), 3_600n];
      await onlyCloses(instrument, price, "SurfaceStale", args);
    });
  }

  /** Of alice's 4 long and bob's 4 short: whatever opens, turns or is not marked is refused. */
  async function onlyCloses(id: InstrumentId, price: number, name: string, args: unknown[]) {
    const { alice, bob, carol } = local;
    const wish = { instrument: id, size: 1, price };
    const fills = [
      await meet(local, bob, alice, wish), // closes, but neither says so
      await meet(local, bob, alice, { ...wish, ...FLAG }), // one does
    ];
    for (const fill of fills) {
      expect(await foresee(id, fill)).to.deep.equal([name, args]);
      await refuses(local, () => settle(local, [fill]), name, args);
    }
    const worse = [
      await meet(local, alice, bob, { ...wish, ...FLAG }, FLAG), // both grow
      await meet(local, carol, alice, { ...wish, ...FLAG }, FLAG), // one hands it to the other
      await meet(local, carol, alice, { ...wish, size: 9, ...FLAG }, FLAG), // and turns
    ];
    for (const fill of worse) {
      const foretold = await foresee(id, fill);
      const refused = [name, "NotReducing"].includes(String(foretold?.[0]));
      expect(refused, "a fill that opens or turns is foretold to be refused").to.equal(true);
      await refuses(
        local,
        () => settle(local, [fill]),
        String(foretold![0]),
        foretold![1] as never,
      );
    }
    const own = await meet(local, alice, alice, { ...wish, ...FLAG }, FLAG);
    await refuses(local, () => settle(local, [own]), "SelfMatch", [idOf(alice)]);
    const close = await meet(local, bob, alice, { ...wish, ...FLAG }, FLAG);
    expect(await foresee(id, close)).to.equal(null);
    await settle(local, [close]);
    expect(await sizeOf(local, idOf(alice), id)).to.equal(3);
    expect(await sizeOf(local, idOf(bob), id)).to.equal(-3);
    await settle(local, [await meet(local, bob, alice, { ...wish, size: 3, ...FLAG }, FLAG)]);
    expect(await sizeOf(local, idOf(alice), id)).to.equal(0);
  }

  /** By which words the SDK says that the next block will refuse a fill; null if it will not. */
  async function foresee(id: InstrumentId, fill: Fill) {
    const accounts = [local.alice, local.bob, local.carol].map((actor) => idOf(actor));
    const asked = { pool: local.pool, accounts, instruments: [id] };
    const snapshot = await getSnapshot(local.client, asked);
    const timestamp = snapshot.block.timestamp + 1;
    const change = { verb: "settle", fills: [fill], atomic: true } as const;
    const foretold = preview(snapshot, [change], { timestamp });
    if (foretold.ok) return null;
    const { name, args } = foretold.error as BallastError & { readonly args: object };
    return [name, Object.values(args)];
  }

  it("by an account in call", async () => {
    const { alice, bob, clearinghouse, pool } = local;
    const usdc = pool.tokens["USDC"]!;
    const [from, to] = [idOf(alice), idOf(alice, 1n)];
    await clearinghouse.write.transfer([from, to, usdc, 88_000_000_000n], {
      account: alice.account,
    });
    await trade(local, alice, bob, { instrument: perp(2), size: 20, price: 2_000 });
    await unlist();
    await later(local, 60, { ETH: 1_700 }); // 5 980 of equity, some 6 280 of MM
    await clearinghouse.write.observe([2n, 8n]);
    await clearinghouse.write.call([idOf(alice)]);
    const close = { instrument: perp(2), size: 20, price: 1_700, ...FLAG };
    await settle(local, [await meet(local, bob, alice, close, FLAG)]);
    expect(await phaseOf(local, idOf(alice))).to.equal("Clear");
    expect(await sizeOf(local, idOf(bob), perp(2))).to.equal(0);
  });

  it("but what never was listed has no price at all, however it is marked", async () => {
    const { alice, bob } = local;
    const [sell, buy] = await pair(local, alice, bob, { instrument: perp(2), size: 1, price: 1 });
    for (const factor of [0, 99, 255]) {
      const instrument = instrumentId(factor, 1, 0, 0n);
      const [a, b] = [
        await sign(local, bob, { ...sell.order, instrument, flags: MAKER | REDUCING }),
        await sign(local, alice, { ...buy.order, instrument, flags: REDUCING }),
      ];
      const act = () => settle(local, [fillOf(a, b)]);
      await refuses(local, act, "UnknownInstrument", [instrument]);
      await refuses(
        local,
        () => local.clearinghouse.read.quoteOf([instrument]),
        "UnknownInstrument",
        [instrument],
      );
    }
  });
});
