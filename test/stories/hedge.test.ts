import { expect } from "chai";
import { describe, it } from "mocha";

import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { poke } from "../../sdk/logic/poke.ts";
import { idOf, near as about, usd, WAD } from "../fixtures/margin.ts";
import { meet } from "../fixtures/market.ts";
import { future, perp, trade } from "../fixtures/trading.ts";
import { lossStage } from "./losses.ts";

const ETH = perp(2);

/**
 * Alice: 12 000 USDC, long 20 ETH at 2 000. At 1 700 her equity is 5 980, MM some 6 280: h = 0.95, in call.
 */
async function called() {
  const made = await lossStage((near) => [ETH, future(2, near)]);
  const { local, act } = made;
  const { alice, bob, clearinghouse, pool } = local;
  const id = idOf(alice);
  const args = [id, idOf(alice, 1n), pool.tokens["USDC"]!, 88_000_000_000n] as const;
  await clearinghouse.write.transfer(args, { account: alice.account });
  await trade(local, alice, bob, { instrument: ETH, size: 20, price: 2_000 });
  await local.networkHelpers.time.increase(60);
  await local.setPrice("ETH", 1_700);
  await clearinghouse.write.observe([2n, 8n]);
  const { after } = await act({ verb: "call", account: id });
  expect(after.accounts[id]!.phase).to.equal(Phase.Called);
  return { ...made, id };
}

describe("story: a margin call answered by a hedge", () => {
  it("is over with a future sold against the perp, and nothing is closed", async () => {
    const { local, act, id } = await called();
    const { carol, alice } = local;
    await act({ verb: "call", account: id }, 120);
    const wish = { instrument: future(2, local.near), size: 12, price: 1_700 };
    const fill = await meet(local, carol, alice, wish, { reducing: true });
    const { before, after } = await act({ verb: "settle", fills: [fill], atomic: true });
    const [was, is] = [before, after].map((s) => accountHealthOf(s, id, after.block.timestamp));
    const burnt = before.accounts[id]!.fuse;
    expect(burnt > 0n).to.equal(true);

    // 8 of 20 are left open: some 2 500 of MM and the basis of 20 and of 12. The fee is all it cost.
    about(usd(was!.equity - is!.equity), 12 * 1_700 * 0.0002, 0.1);
    expect(Number(is!.maintenance) / Number(was!.maintenance)).to.be.within(0.4, 0.65);
    const { phase, positions, fuse } = after.accounts[id]!;
    expect(phase).to.equal(Phase.Clear);
    expect(positions.map(({ size }) => size)).to.deep.equal([20n * WAD, -12n * WAD]);
    expect(fuse >= burnt).to.equal(true); // a cure keeps it
  });

  it("goes on under one that is too small, and the fuse burns on", async () => {
    const { local, act, id } = await called();
    const { carol, alice } = local;
    const wish = { instrument: future(2, local.near), size: 1, price: 1_700 };
    const fill = await meet(local, carol, alice, wish, { reducing: true });
    const { after } = await act({ verb: "settle", fills: [fill], atomic: true });
    expect(after.accounts[id]!.phase).to.equal(Phase.Called);
    const later = await act({ verb: "call", account: id }, 300);
    expect(later.after.accounts[id]!.fuse > after.accounts[id]!.fuse).to.equal(true);
  });
});

describe("story: a margin call answered by dust", () => {
  it("buys no second: the auction opens when it would have", async () => {
    const { local, act, id } = await called();
    const { alice, pool } = local;
    await local.fund(alice, "USDC", 100);
    const token = pool.tokens["USDC"]!;
    const start = await act({ verb: "call", account: id });
    let last = start.after;
    for (let i = 0; i < 3; ++i) {
      last = (await act({ verb: "deposit", account: id, token, amount: 1_000_000n }, 60)).after;
      expect(last.accounts[id]!.phase).to.equal(Phase.Called);
    }
    const once = poke(start.after, id, last.block.timestamp).state.accounts[id]!.fuse;
    const [dusty, quiet] = [usd(last.accounts[id]!.fuse), usd(once)];
    about(dusty, quiet, 0.05); // three minutes; looked at often, wildness counts as it was
    expect(dusty).to.be.at.least(quiet - 1e-3);
    const end = await act({ verb: "call", account: id }, 300);
    expect(end.after.accounts[id]!.phase).to.equal(Phase.Auction);
  });
});
