import { expect } from "chai";
import { describe, it } from "mocha";

import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { quote } from "../../sdk/logic/auction.ts";
import { near as about, usd, WAD } from "../fixtures/margin.ts";
import type { Change } from "../fixtures/pool.ts";
import { perpAuction } from "./perpAuction.ts";

const GRACE = 3_600;
const PRICES = [
  ["ETH", 1_700],
  ["USDC", 1],
] as const;

const sequenced: Change = (p) => {
  p.sequencer = { feed: "mock", grace: GRACE };
  return p;
};

/** Says whether the sequencer is up. */
async function setUp({ local }: Awaited<ReturnType<typeof perpAuction>>, up: boolean) {
  const oracle = await local.viem.getContractAt("SequencedOracle", local.pool.oracle);
  const sequencer = await local.viem.getContractAt("Sequencer", await oracle.read.sequencer());
  const uptime = await local.viem.getContractAt("MockV3Aggregator", await sequencer.read.feed());
  await uptime.write.updateAnswer([up ? 0n : 1n]);
}

describe("story: the sequencer stops during an auction", () => {
  it("and no one bids until its grace is over; what was sold before stays sold", async () => {
    const made = await perpAuction(sequenced);
    const { local, bid, id } = made;
    const first = await bid(WAD / 10n);
    expect(first.preview).to.include({ ok: true });
    const { positions, call } = first.after.accounts[id]!;
    expect(positions.map(({ size }) => size)).to.deep.equal([18n * WAD]);

    // No bidder's cash counts while no price is good, foretold to the number.
    await setUp(made, false);
    await local.networkHelpers.time.increase(1_800);
    expect(refusalOf(await bid(WAD))).to.equal("MarginTooLow");
    await setUp(made, true);
    await local.setPrice("ETH", 1_700);
    const grace = await bid(WAD);
    expect(refusalOf(grace)).to.equal("MarginTooLow");
    expect(grace.after.accounts[id]!.phase).to.equal(Phase.Auction);
    expect(grace.after.accounts[id]!.positions).to.deep.equal(positions);

    // The ramp has not stood still: after an hour and a half it is at its end, 10 % of V.
    await local.networkHelpers.time.increase(GRACE);
    for (const [symbol, price] of PRICES) await local.setPrice(symbol, price);
    const last = await bid(WAD);
    expect(last.preview).to.include({ ok: true });
    expect(last.before.accounts[id]!.call.opened).to.equal(call.opened);
    const { discount } = quote(last.before, id, WAD, last.before.block.timestamp);
    about(usd(discount), 0.1 * 18 * 1_700, 20);
    expect(last.after.accounts[id]!.phase).to.equal(Phase.Clear);
  });
});

type Acted = Awaited<ReturnType<Awaited<ReturnType<typeof perpAuction>>["bid"]>>;

function refusalOf({ preview }: Acted): string | undefined {
  return preview.ok ? undefined : preview.error.name;
}

describe("story: parameters change during an auction", () => {
  it("and in their block nothing of what is for sale, nor its price, moves", async () => {
    const { local, snapshot, bid, id } = await perpAuction();
    const before = await snapshot();
    const [factor] = await local.clearinghouse.read.factorOf([2n]);
    const strict = {
      ...factor,
      ...{ shockFloor: 400_000_000, volatilityFloor: 3_000_000_000, dailyVolume: 1 },
      ...{
        volatilityStress: 4_000_000_000,
        exitMaintenance: 100_000_000,
        exitInitial: 150_000_000,
      },
    };
    await local.clearinghouse.write.setFactor([2n, strict]);
    const after = await snapshot();
    const at = (s: Snapshot, seconds: number) => {
      return quote(s, id, WAD, after.block.timestamp + seconds);
    };
    expect(at(after, 0)).to.deep.equal(at(before, 0));

    // A ten minutes' bid is foretold with the ramp a four-hundredth on its way, and comes true to the wei.
    const [then, now] = [at(before, 600), at(after, 600)];
    expect(now.largest > then.largest).to.equal(true);
    about(usd(now.largest) / usd(then.largest), 1, 0.1);
    expect(now.discount).to.equal(then.discount); // of value, not of requirement
    const sold = await bid(WAD, 600);
    expect(sold.preview).to.include({ ok: true });
    expect(sold.after.accounts[id]!.phase).to.equal(Phase.Clear);
  });
});
