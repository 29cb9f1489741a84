import { expect } from "chai";

import { haircut } from "../../sdk/preview/haircut.ts";
import { marginOf } from "../../sdk/logic/margin.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { divUp } from "../../sdk/math/WadMath.ts";
import { CASH } from "../../sdk/types/Ids.ts";
import { ASSETS, openMarket, type Market } from "./openMarket.ts";

const WAD = 10n ** 18n;

describe("a haircut", () => {
  let market: Market;
  let s: Snapshot;

  before(async function () {
    this.timeout(60_000);
    market = await openMarket();
    s = await market.snapshot(market.accounts);
  });

  it("is the requirement of an account that holds nothing else", async () => {
    const id = await market.deposit(market.alice, "wstETH", 25);
    const now = await market.snapshot([id]);
    const { timestamp } = now.block;
    const { equity, maintenance, initial } = marginOf(now, id, timestamp);
    const found = haircut(now, ASSETS["wstETH"]!, 25n * WAD, { timestamp });
    expect(found).to.deep.equal({
      value: equity,
      required: [maintenance, initial],
      haircut: [divUp(maintenance, equity), divUp(initial, equity)],
    });
  });

  it("deepens with size", () => {
    const of = (amount: bigint) => haircut(s, ASSETS["LINK"]!, amount * WAD, s.block).haircut;
    const [small, large] = [of(100n), of(10_000_000n)];
    expect(large[0] > small[0] && large[1] > small[1]).to.equal(true);
    expect(large[1] <= WAD).to.equal(true);
  });

  it("of cash is the charge on a stable, and its band", () => {
    const { value, haircut: cut } = haircut(s, CASH, 1_000n * WAD, s.block);
    expect(value >= 999n * WAD && value <= 1_000n * WAD).to.equal(true);
    expect(cut[0] >= 22_500_000_000_000_000n && cut[0] < 22_600_000_000_000_000n).to.equal(true);
  });

  it("of nothing is none", () => {
    expect(haircut(s, ASSETS["ETH"]!, 0n, s.block).haircut).to.deep.equal([0n, 0n]);
  });
});
