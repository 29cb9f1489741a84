import { expect } from "chai";
import { describe, it } from "mocha";

import { decodeError } from "../../sdk/errors/index.ts";
import type { Inside } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { accountId, FUND } from "../../sdk/types/Ids.ts";
import { calledStage, script, scriptedStage } from "../fixtures/flash.ts";
import { idOf, later, offer, WAD } from "../fixtures/margin.ts";
import { expectAlike, plain } from "../parity/plain.ts";
import type { Thrown } from "./follow.ts";
import type { Market } from "./openMarket.ts";
import { dataOf } from "./send.ts";
import { stateOf } from "./stateOf.ts";

type Stage = Awaited<ReturnType<typeof scriptedStage>>;

describe("a bid whose bidder is called, previewed", () => {
  function acts({ local, sold, bidder, receiver, eth, usdc }: Stage) {
    const { client, networkHelpers, pool } = local;
    const next = accountId(bidder.address, 1n);
    const bob = idOf(local.bob);
    const accounts = [FUND, sold, receiver, next, bob];
    const put = (account = receiver, amount = 10_000_000_000n): Inside => ({
      ...{ verb: "deposit", account, token: usdc, amount },
    });
    const take = (amount: bigint, account = receiver): Inside => ({
      ...{ verb: "withdraw", account, token: eth, amount },
    });
    const give = (to = next, from = receiver): Inside => ({
      ...{ verb: "transfer", from, to, token: eth, amount: WAD / 10n },
    });
    const repay = (amount: bigint): Inside => ({ verb: "repay", account: receiver, amount });
    const borrow: Inside = { verb: "borrow", account: receiver, amount: 5_000_000n };

    const seen: string[] = [];
    async function same(then: readonly Inside[], fraction = WAD) {
      const restore = await networkHelpers.takeSnapshot();
      const snapshot = await getSnapshot(client, { pool, accounts });
      const timestamp = snapshot.block.timestamp + 10;
      const market = { ...local, snapshot } as unknown as Market;
      const steps = then.map((change) => ({
        ...{ target: pool.clearinghouse, data: dataOf(market, change, bidder.address) },
        must: true,
      }));
      const bid = { ...offer(sold, receiver, fraction), data: script(steps) };
      const foretold = preview(snapshot, [{ verb: "bid", offer: bid, then }], { timestamp });
      await networkHelpers.time.setNextBlockTimestamp(timestamp);
      const refusal = await bidder.write.bid([pool.clearinghouse, bid]).then(
        () => null,
        (thrown: unknown) => decodeError(thrown) as Thrown,
      );
      const where = then.map(({ verb }) => verb).join(", ");
      if (foretold.ok) {
        expect(refusal, `${where}: ${refusal?.message}`).to.equal(null);
        const after = await getSnapshot(client, { pool, accounts });
        expectAlike(stateOf(foretold.state, timestamp), stateOf(after, timestamp), where);
      } else {
        const { name, args } = foretold.error as Thrown;
        expect(plain([refusal?.name, refusal?.args]), where).to.deep.equal(plain([name, args]));
      }
      seen.push(foretold.ok ? "done" : foretold.error.name);
      await restore.restore();
    }

    return { same, seen, ids: { sold, receiver, next, bob }, put, take, give, repay, borrow };
  }

  it("ends as the chain's, or is refused with its numbers", async () => {
    const stage = await scriptedStage();
    const { same, seen, ids, put, take, give, repay, borrow } = acts(stage);
    const { sold, receiver, next, bob } = ids;
    for (const fraction of [WAD, WAD / 10n]) {
      await same([], fraction);
      await same([put()], fraction);
      await same([take(WAD / 10n), put(), give(), borrow], fraction);
      await same([repay(1_000_000_000n), take(1n)], fraction);
      await same([take(WAD / 10n), repay(WAD)], fraction);
      await same([put(), repay(1n)], fraction);
      await same([put(), take(WAD)], fraction);
      await same([take(20n * WAD)], fraction);
      await same([give(bob)], fraction);
      await same([put(sold)], fraction);
      await same([give(sold)], fraction);
      await same([put(next)], fraction);
      await same([give(receiver, next)], fraction);
      await same([take(1n, bob)], fraction);
    }
    for (let i = 0; i < 9; ++i) await later(stage.local, 30, { ETH: 1_690 });
    await same([repay(1_000_000_000n)]);
    await same([repay(1_000_000_000n), take(1n)]);
    expect(seen).to.include.members([
      ...["done", "MarginTooLow", "NothingOwed", "MoreThanHeld", "NotHeld", "ClosedDuringBid"],
      "EstimateBehind",
    ]);
  });

  it("ends as the chain's where the receiver is in call", async () => {
    const { same, seen, put, take, repay } = acts(await calledStage());
    await same([]);
    await same([put()]);
    await same([take(11n * WAD), put()]);
    await same([take(WAD), repay(20_000_000_000n)]);
    await same([put(), put()], WAD / 10n);
    expect(seen).to.include.members(["done", "MarginTooLow"]);
  });
});
