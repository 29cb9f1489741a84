import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { idOf, later } from "../../fixtures/margin.ts";
import { calmMarket, meet, settle } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { perp, sizeOf, trade, type Trading } from "../../fixtures/trading.ts";

const eth = perp(2);
const wish = { instrument: eth, size: 1, price: 2_000 };
const [ADDING, BOTH] = [{}, { reducing: true }];
const STALE = 2;
const DEAD = 3;

// Alice is long 10, bob short 10, when the price goes.
describe("attack: fills on a price that is not good", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
    await trade(local, local.alice, local.bob, { ...wish, size: 10 });
  });

  const turns: Readonly<Record<string, [number, () => Promise<unknown>]>> = {
    stale: [STALE, () => later(local, 3_700)],
    dead: [DEAD, () => local.networkHelpers.setCode(local.pool.feeds["ETH"]!, "0x60006000fd")],
    zero: [DEAD, () => local.setPrice("ETH", 0)],
  };

  for (const [what, [status, turn]] of Object.entries(turns)) {
    it(`${what}: none that adds, in whatever way it is sent`, async () => {
      const { alice, bob, carol } = local;
      await turn();
      for (const flags of [ADDING, BOTH]) {
        for (const [buyer, seller] of [
          [alice, bob], // both grow
          [carol, local.bob], // one opens, one grows
        ] as const) {
          const fill = await meet(local, buyer, seller, { ...wish, ...flags }, flags);
          const name = flags === BOTH ? "NotReducing" : "PriceNotOk";
          const args = await refuses(local, () => settle(local, [fill]), name);
          if (flags === ADDING) expect([args[0], args[3]]).to.deep.equal([0x0200, status]);
        }
      }
    });

    it(`${what}: two who reduce may, two who trade as ever may not`, async () => {
      const { alice, bob } = local;
      await turn();
      const plain = await meet(local, bob, alice, wish);
      await refuses(local, () => settle(local, [plain]), "PriceNotOk");
      const half = await meet(local, bob, alice, { ...wish, reducing: true });
      await refuses(local, () => settle(local, [half]), "PriceNotOk");
      const both = await meet(local, bob, alice, { ...wish, reducing: true }, { reducing: true });
      await settle(local, [both]);
      expect(await sizeOf(local, idOf(alice), eth)).to.equal(9);
    });
  }

  it("a fill that reduces walks no rounds; one that does not cannot skip them", async () => {
    const { alice, bob } = local;
    for (let i = 0; i < 10; ++i) await later(local, 61, { ETH: 2_000 });
    for (const flags of [ADDING, BOTH]) {
      const fill = await meet(local, alice, bob, { ...wish, ...flags }, flags);
      const act = () => settle(local, [fill]);
      if (flags === BOTH) await refuses(local, act, "NotReducing");
      else await refuses(local, act, "EstimateBehind", [2n, 10n]);
    }
    await settle(local, [await meet(local, bob, alice, { ...wish, ...BOTH }, BOTH)]);
  });
});
