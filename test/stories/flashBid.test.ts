import { expect } from "chai";
import { describe, it } from "mocha";

import { mulDown } from "../../sdk/math/WadMath.ts";
import type { Bid } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { quote } from "../../sdk/logic/index.ts";
import { FUND } from "../../sdk/types/Ids.ts";
import { flashStage, selling } from "../fixtures/flash.ts";
import { idOf, later, near, offer, phaseOf, usd, WAD } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { expectAlike } from "../parity/plain.ts";
import { stateOf } from "../preview/stateOf.ts";

const UNIT = 10n ** 12n; // wads in a unit of USDC

describe("story: a bidder without capital", () => {
  /** A snapshot, and the bid for all that will be on offer ten seconds later. */
  async function wholeOf({ local, sold, receiver, eth }: Awaited<ReturnType<typeof flashStage>>) {
    const accounts = [FUND, sold, receiver, idOf(local.bob)];
    const snapshot = await getSnapshot(local.client, { pool: local.pool, accounts });
    const timestamp = snapshot.block.timestamp + 10;
    const { largest } = quote(snapshot, sold, WAD, timestamp);
    const amount = mulDown(10n * WAD, largest);
    const bid = { ...offer(sold, receiver), data: selling(eth, amount) };
    return { accounts, snapshot, timestamp, amount, bid };
  }

  it("buys a slice, sells it on an exchange, owes nothing, and keeps what the discount left", async () => {
    const stage = await flashStage();
    const { local, sold, exchange, bidder, receiver, eth, cash } = stage;
    await later(local, 590);
    const { accounts, snapshot, timestamp, amount, bid } = await wholeOf(stage);

    // Foretold: 0.3 % of what is sold stays with the exchange, and its price gives way by x·y = k.
    const [x, y] = [10_000n * WAD, await cash.read.balanceOf([exchange.address])];
    const counted = (amount * 997n) / 1_000n;
    const got = (y * counted) / (x + counted);
    const change: Bid = {
      ...{ verb: "bid", offer: bid },
      then: [
        { verb: "withdraw", account: receiver, token: eth, amount },
        { verb: "repay", account: receiver, amount: got },
      ],
    };
    const foretold = preview(snapshot, [change], { timestamp });
    if (!foretold.ok) throw foretold.error;

    await local.networkHelpers.time.setNextBlockTimestamp(timestamp);
    await bidder.write.bid([bid], { account: local.dave.account });
    const after = await getSnapshot(local.client, { pool: local.pool, accounts });
    expectAlike(stateOf(foretold.state, timestamp), stateOf(after, timestamp), "flash bid");

    // 0.144 of the book at a discount of 3.5 % of it: 85, less 7 for the exchange.
    const { slice } = foretold.steps[0]!;
    near(usd(slice!.fraction), 0.144, 0.002);
    const profit = await cash.read.balanceOf([bidder.address]);
    near(Number(profit) / 1e6, 85 - 7.3 - 0.35, 2);
    const left = await local.clearinghouse.read.cashOf([receiver]);
    expect(left >= 0n && left < UNIT).to.equal(true);
    expect((await local.clearinghouse.read.accountOf([receiver])).holdings[0]).to.equal(0n);
    expect(await (await local.tokenOf("ETH")).read.balanceOf([bidder.address])).to.equal(0n);
    expect(await phaseOf(local, sold)).to.equal("Clear");
  });

  it("could not have carried the slice", async () => {
    const stage = await flashStage();
    await later(stage.local, 590);
    const { bid } = await wholeOf(stage);
    const act = () => stage.bidder.write.bid([{ ...bid, data: "0x" }]);
    await refuses(stage.local, act, "MarginTooLow");
  });

  it("loses nothing where the exchange pays too little: nothing is bought", async () => {
    const stage = await flashStage(1_600);
    const { local, bidder, receiver, cash } = stage;
    await later(local, 590);
    const { bid, timestamp } = await wholeOf(stage);
    const act = async () => {
      await local.networkHelpers.time.setNextBlockTimestamp(timestamp);
      return bidder.write.bid([bid]);
    };
    const [account, equity] = await refuses(local, act, "MarginTooLow");
    expect(account).to.equal(receiver);
    expect((equity as bigint) < 0n).to.equal(true);
    expect(await cash.read.balanceOf([bidder.address])).to.equal(0n);
  });
});
