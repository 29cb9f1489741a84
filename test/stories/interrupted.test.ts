import { expect } from "chai";
import { describe, it } from "mocha";

import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { quote } from "../../sdk/state/auction.ts";
import { idOf, near as about, offer, usd, WAD } from "../fixtures/margin.ts";
import { perp, trade } from "../fixtures/trading.ts";
import { lossStage } from "./losses.ts";

const ETH = perp(2);
const GRACE = 3_600;
const PRICES = [
  ["ETH", 1_700],
  ["USDC", 1],
] as const;

/** Alice, long 20 ETH at 2 000 on 12 000 USDC, in auction at 1 700: h = 0.95. Carol comes to bid. */
async function auctioned() {
  const made = await lossStage(
    () => [ETH],
    (p) => {
      p.sequencer = { feed: "mock", grace: GRACE };
      return p;
    },
  );
  const { local, act } = made;
  const { alice, bob, carol, door, pool, networkHelpers } = local;
  const id = idOf(alice);
  await networkHelpers.time.increase(GRACE);
  for (const [symbol, price] of [
    ["ETH", 2_000],
    ["USDC", 1],
  ] as const) {
    await local.setPrice(symbol, price);
  }
  const args = [id, idOf(alice, 1n), pool.tokens["USDC"]!, 88_000_000_000n] as const;
  await door.write.transfer(args, { account: alice.account });
  await trade(local, alice, bob, { instrument: ETH, size: 20, price: 2_000 });
  for (const seconds of [60, 300, 300]) {
    await networkHelpers.time.increase(seconds);
    await local.setPrice("ETH", 1_700);
    await door.write.observe([2n, 8n]);
    await act({ verb: "call", account: id });
  }
  await local.deposit(carol, "USDC", 100_000);
  const bid = (fraction: bigint, seconds = 10) =>
    act({ verb: "bid", offer: offer(id, idOf(carol), fraction) }, seconds);
  return { ...made, id, bid };
}

/** Says whether the sequencer is up. */
async function setUp({ local }: Awaited<ReturnType<typeof auctioned>>, up: boolean) {
  const oracle = await local.viem.getContractAt("SequencedOracle", local.pool.oracle);
  const sequencer = await local.viem.getContractAt("Sequencer", await oracle.read.sequencer());
  const uptime = await local.viem.getContractAt("MockV3Aggregator", await sequencer.read.feed());
  await uptime.write.updateAnswer([up ? 0n : 1n]);
}

describe("story: the sequencer stops during an auction", () => {
  it("and no one bids until its grace is over; what was sold before stays sold", async () => {
    const made = await auctioned();
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

type Acted = Awaited<ReturnType<Awaited<ReturnType<typeof auctioned>>["bid"]>>;

function refusalOf({ preview }: Acted): string | undefined {
  return preview.ok ? undefined : preview.error.name;
}

describe("story: parameters change during an auction", () => {
  it("and in their block nothing of what is for sale, nor its price, moves", async () => {
    const { local, snapshot, bid, id } = await auctioned();
    const before = await snapshot();
    const [factor] = await local.door.read.factorOf([2n]);
    const strict = {
      ...factor,
      ...{ shockFloor: 400_000_000, volatilityFloor: 3_000_000_000, dailyVolume: 1 },
      ...{
        volatilityStress: 4_000_000_000,
        exitMaintenance: 100_000_000,
        exitInitial: 150_000_000,
      },
    };
    await local.door.write.setFactor([2n, strict]);
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
