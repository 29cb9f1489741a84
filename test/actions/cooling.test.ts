import { expect } from "chai";

import { call, getAccount, repay } from "../../sdk/actions/index.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
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
});
