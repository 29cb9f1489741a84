import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { encodeFunctionData, type Hex } from "viem";

import type { AccountId } from "../../../sdk/types/Ids.ts";
import { fuseOf, idOf, later, phaseOf } from "../../fixtures/margin.ts";
import { calmMarket, encoded, meet } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { perp, trade, type Trading } from "../../fixtures/trading.ts";

const eth = perp(2);
const LENT = 20_000_000_000n; // USDC of alice's other account, for as long as a batch lasts

// Alice: 12 000 USDC, long 20 ETH at 2 000, called at 1 700: equity 5 980, MM some 6 280, h 0.95. With
// 20 000 lent to her h would be 4: far above 1.10, which cures.
describe("attack: what is lent for the length of a batch", () => {
  let local: Trading;
  let id: AccountId;
  let other: AccountId;

  beforeEach(async () => {
    local = await calmMarket();
    const { alice, bob, clearinghouse } = local;
    [id, other] = [idOf(alice), idOf(alice, 1n)];
    await clearinghouse.write.transfer([id, other, usdc(), 88_000_000_000n], {
      account: alice.account,
    });
    await trade(local, alice, bob, { instrument: eth, size: 20, price: 2_000 });
    await later(local, 60, { ETH: 1_700 });
    await clearinghouse.write.observe([2n, 8n]);
  });

  const usdc = () => local.pool.tokens["USDC"]!;
  const lend = (amount = LENT) => encoded(local, "transfer", [other, id, usdc(), amount]);
  const takeBack = (amount = LENT) => encoded(local, "transfer", [id, other, usdc(), amount]);
  const call = () => local.clearinghouse.write.call([id]);

  const reduce = (calls: readonly Hex[]) =>
    local.clearinghouse.write.batchReducing([id, [...calls]], { account: local.alice.account });

  /** A fill by which alice closes a little: it makes any batch one that reduces. */
  async function close(size: number, price = 1_700): Promise<Hex> {
    const wish = { instrument: eth, size, price };
    const fill = await meet(local, local.carol, local.alice, wish, { reducing: true });
    return encoded(local, "settle", [[fill], true]);
  }

  it("does not end a call, nor does it stop the fuse", async () => {
    await call();
    await later(local, 120, { ETH: 1_700 });
    await call();
    const burnt = await fuseOf(local, id);
    expect(burnt > 0).to.equal(true);
    await reduce([lend(), takeBack()]);
    expect(await phaseOf(local, id)).to.equal("Called");
    await reduce([lend(), await close(0.01), takeBack()]);
    expect(await phaseOf(local, id)).to.equal("Called");
    await later(local, 600, { ETH: 1_700 });
    await reduce([lend(), takeBack()]); // poked before anything is lent: these ten minutes burnt
    expect(await phaseOf(local, id)).to.equal("Auction");
    expect((await fuseOf(local, id)) > burnt).to.equal(true);
  });

  it("does not end an auction, nor start its ramp anew", async () => {
    await call();
    for (let i = 0; i < 2; ++i) {
      await later(local, 600, { ETH: 1_700 });
      await call();
    }
    await local.clearinghouse.write.observe([2n, 8n]); // or the other side's proof would, between the two looks
    const { opened } = (await local.clearinghouse.read.accountOf([id])).call;
    await reduce([lend(), await close(0.01), takeBack()]);
    expect(await phaseOf(local, id)).to.equal("Auction");
    expect((await local.clearinghouse.read.accountOf([id])).call.opened).to.equal(opened);
  });

  it("does not make a floor that was seen unseen", async () => {
    // At 1 480: 12 000 − 20·520 − 20 = 1 580, MM some 5 500: h 0.29, at the floor of 0.25 or above:
    // 0.75 %·V/MM = 0.04 is held at 0.25. At 1 460: 1 180 of some 5 400: 0.22.
    await later(local, 60, { ETH: 1_460 });
    await call();
    const { lowSeen } = (await local.clearinghouse.read.accountOf([id])).call;
    expect(lowSeen > 0).to.equal(true);
    await later(local, 30);
    await reduce([lend(5_000_000_000n), await close(0.01, 1_460), takeBack(5_000_000_000n)]); // h 1.1 but for it
    expect((await local.clearinghouse.read.accountOf([id])).call.lowSeen).to.equal(lowSeen);
    await later(local, 31, { ETH: 1_460 });
    await call();
    expect(await phaseOf(local, id)).to.equal("Auction"); // confirmed after 60 s, with a newer round
  });

  it("helps no one who has themselves called, bid for or taken over meanwhile", async () => {
    await call();
    const acts = [encoded(local, "call", [id]), encoded(local, "takeOver", [id])];
    for (const act of acts) {
      await refuses(local, () => reduce([lend(), act, takeBack()]), "BatchMixed", []);
    }
  });

  it("helps no one into a tier that asks for less", async () => {
    // When all was well she chose the most patient tier, which asks for 1.6 times as much: IM 17 830 of
    // her 19 000. Not yet called, she is below that MM, above the one of the hastiest, and below its IM.
    local = await calmMarket();
    const { alice, bob, clearinghouse } = local;
    const account = alice.account;
    await clearinghouse.write.transfer([id, other, usdc(), 81_000_000_000n], { account });
    await clearinghouse.write.setGrace([id, 3], { account });
    await trade(local, alice, bob, { instrument: eth, size: 20, price: 2_000 });
    await later(local, 60, { ETH: 1_480 }); // 8 580 of 1.6·some 5 650: h 0.95
    await clearinghouse.write.observe([2n, 8n]);
    const hasten = encodeFunctionData({
      abi: clearinghouse.abi,
      functionName: "setGrace",
      args: [id, 0],
    });
    await refuses(local, () => reduce([hasten]), "MarginTooLow");
    await refuses(local, () => reduce([lend(), hasten, takeBack()]), "MarginTooLow");
    await call();
    await refuses(local, () => reduce([hasten]), "InCall", [id, 1]);
  });

  it("is no loan if it stays: the cure counts at the batch's end", async () => {
    // 2 % of the 10 000 that stay are 200 of MM; 2 ETH closed are some 600 less.
    await call();
    await reduce([lend(), await close(2), takeBack(10_000_000_000n)]); // 15 979 of some 5 880
    expect(await phaseOf(local, id)).to.equal("Clear");
  });
});
