import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Address } from "viem";

import { accountId } from "../../../sdk/types/Ids.ts";
import { calmMarket, pair } from "../../fixtures/market.ts";
import { fillOf, perp, sizeOf, type Trading } from "../../fixtures/trading.ts";
import { idOf } from "../../fixtures/margin.ts";

const wish = { instrument: perp(2), size: 1, price: 2_000 };
const MOST = 16_000_000n; // gas of a transaction

// A wallet that is a contract has 100 000 USDC and an order in a batch of fills; what it is asked costs gas,
// and that is the sender's, and what the fills after its own have left.
describe("attack: a wallet that burns gas when it is asked", () => {
  let local: Trading;
  let wallet: Awaited<ReturnType<typeof deploy>>;

  const deploy = () => local.viem.deployContract("GreedyWallet");

  beforeEach(async () => {
    local = await calmMarket();
    wallet = await deploy();
    await local.fund(local.dave, "USDC", 100_000);
    const args = [accountId(wallet.address), local.pool.tokens["USDC"]!, 100_000_000_000n] as const;
    await local.clearinghouse.write.deposit(args, { account: local.dave.account });
  });

  /** Its order against bob's, as it would be found in a book. */
  async function greedy() {
    const [sell, buy] = await pair(local, local.alice, local.bob, wish);
    const owner: Address = wallet.address;
    const order = { ...buy.order, account: accountId(owner), signer: owner };
    return fillOf(sell, { order, signature: "0x1234" });
  }

  /** Its fill, then one of alice and bob. Returns gas used, and what wallet and alice hold then. */
  async function sent() {
    const [sell, buy] = await pair(local, local.alice, local.bob, wish);
    const fills = [await greedy(), fillOf(sell, buy)];
    const { account } = local.dave;
    const hash = await local.clearinghouse.write.settle([fills, false], { account, gas: MOST });
    const { gasUsed } = await local.client.getTransactionReceipt({ hash });
    const held = [accountId(wallet.address), idOf(local.alice)].map((id) =>
      sizeOf(local, id, perp(2)),
    );
    return { gasUsed, held: await Promise.all(held) };
  }

  it("says yes for half a million, like one that checks a key of another curve", async () => {
    await wallet.write.choose([450_000n, false]);
    expect((await sent()).held).to.deep.equal([1, 1]);
  });

  it("is refused past that, and the fill after it goes through", async () => {
    for (const burns of [510_000n, 10n ** 12n]) {
      await wallet.write.choose([burns, false]);
      const { gasUsed, held } = await sent();
      expect(held[0]).to.equal(0);
      expect(held[1]! > 0).to.equal(true);
      expect(gasUsed < 4_000_000n).to.equal(true);
    }
  });

  it("that answers with a megabyte is read by one word", async () => {
    await wallet.write.choose([0n, true]);
    const { gasUsed, held } = await sent();
    expect(held).to.deep.equal([0, 1]);
    expect(gasUsed < 4_000_000n).to.equal(true);
  });
});
