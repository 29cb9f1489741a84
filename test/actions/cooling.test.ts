import { expect } from "chai";

import { call, getAccount, repay } from "../../sdk/actions/index.ts";
import { poking } from "../../sdk/keeper/poking.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { auctioned, calmPool, fuseOf, idOf, later, offer, phaseOf } from "../fixtures/margin.ts";
import { look, told } from "../fixtures/told.ts";
import { stage } from "./stage.ts";

const HOUR = 3_600;

describe("the fuse of a cured account", () => {
  /** Alice's auction, cured by repaying: the fuse is burnt through. */
  async function cured() {
    const s = await stage();
    const { alice, pool, account, units } = s;
    await s.openAuction(165);
    await s.fund(alice, "USDC", 8_000);
    await repay(alice, { pool, account, amount: units("USDC", 8_000) });
    const { phase, fuse } = await getAccount(alice, { pool, account });
    expect([phase, fuse]).to.deep.equal([Phase.Clear, 10n ** 18n]);
    return s;
  }

  for (const hours of [2, 4, 24]) {
    it(`is cooler when it is called ${hours} healthy hours later`, async () => {
      const { alice, pool, account, networkHelpers, setPrice } = await cured();
      await networkHelpers.time.increase(hours * HOUR);
      await setPrice("ETH", 165);
      await call(alice, { pool, account });
      const { fuse } = await getAccount(alice, { pool, account });
      const left = hours < 4 ? 10n ** 18n / 2n : 0n;
      expect(fuse).to.be.closeTo(left, 10n ** 15n);
    });
  }

  it("cools as well if a bid cured it, and a keeper looks at it when it is cold", async () => {
    const local = told(await calmPool());
    const { clearinghouse, carol } = local;
    const id = await auctioned(local);
    await local.deposit(carol, "USDC", 100_000);
    await later(local, 30, { ETH: 1_690 });
    await clearinghouse.write.bid([offer(id, idOf(carol))], { account: carol.account });
    expect([await phaseOf(local, id), await fuseOf(local, id)]).to.deep.equal(["Clear", 1]);
    const cold = 4 * HOUR + 2;
    await later(local, cold, { ETH: 1_690 });
    const snapshot = await look(local, [id]);
    const { timestamp } = snapshot.block;
    expect(poking(snapshot, id, 60, timestamp - 60)).to.equal(undefined);
    expect(poking(snapshot, id, 60, timestamp)!.why).to.include("fuse cooled");
    await clearinghouse.write.call([id]);
    expect(await fuseOf(local, id)).to.equal(0);
  });
});
