import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { maxUint256 } from "viem";

import { FEE, FEED, openPyth, SLOT, type PythStage, type Update } from "./pythStage.ts";
import { ETH, refusals, WAD } from "./stage.ts";

const PRICE = 2_000n * 10n ** 8n;
const OTHER = `0x${"0e".repeat(32)}` as const;

describe("pyth oracle: the grid", () => {
  let pyth: PythStage;
  let first: bigint; // time of the first slot

  beforeEach(async () => {
    pyth = await openPyth();
    first = await pyth.slot();
  });

  /** The first update at or after slot n: `late` seconds after it, the one before just before it. */
  const at = (n: number, price = PRICE, late = 0n): Update => {
    const time = first + BigInt(n) * SLOT;
    return { price, time: time + late, before: time - 1n };
  };
  const until = (n: number, late = 60n) =>
    pyth.stage.time.increaseTo(first + BigInt(n) * SLOT + late);
  const rounds = async () => Number(await pyth.oracle.read.latest([ETH]));
  const reverts = (act: Promise<unknown>, name: string, args: unknown[]) =>
    refusals(pyth.stage)(act, pyth.oracle, name, args);
  const foreign = (update: Update) =>
    pyth.stage.viem.assertions.revertWithCustomError(
      pyth.tell([update]),
      pyth.pyth,
      "PriceFeedNotFoundWithinRange",
    );

  it("begins with the first slot after the feed was named, which is not due yet", async () => {
    expect(first % SLOT).to.equal(0n);
    expect(first > (await pyth.stage.now())).to.equal(true);
    await reverts(pyth.tell([at(0)]), "SlotNotDue", [ETH, first]);
    expect(await pyth.oracle.read.closed([ETH])).to.equal(first);
  });

  it("holds for each slot the first update at or after its time", async () => {
    await until(2);
    await pyth.tell(
      [at(0, PRICE, 3n), at(1, PRICE + 1n), at(2, PRICE + 2n, 59n)],
      pyth.stage.mallory,
    );
    expect(await rounds()).to.equal(3);
    for (const [id, late] of [3n, 0n, 59n].entries()) {
      const round = await pyth.oracle.read.next([ETH, BigInt(id)]);
      expect(round).to.deep.equal({
        id: BigInt(id + 1),
        price: 2_000n * WAD + BigInt(id) * 10n ** 10n,
        updated: first + BigInt(id) * SLOT + late,
        skipped: false,
      });
    }
    expect((await pyth.oracle.read.next([ETH, 3n])).id).to.equal(0n);
    expect((await pyth.oracle.read.next([ETH, 2n ** 200n])).id).to.equal(0n);
  });

  it("takes no update but the first: not a later one, nor one before, nor one to come", async () => {
    await until(0, 200n);
    await foreign({ price: PRICE, time: first + 100n, before: first });
    await foreign({ price: PRICE, time: first + 100n, before: first + 99n });
    await foreign({ price: PRICE, time: first - 1n, before: first - 2n });
    await foreign({ price: PRICE, time: first + 1_000n, before: first - 1n });
    expect(await rounds()).to.equal(0);
    await pyth.tell([at(0)]);
  });

  it("is told in order: a slot's update is none for the slot before it", async () => {
    await until(1);
    const second: Update = { ...at(1), before: first + 1n };
    await foreign(second);
    await pyth.tell([at(0), second]);
    expect(await rounds()).to.equal(2);
  });

  it("takes one update for every slot it is the first after, where Pyth itself was silent", async () => {
    await until(3);
    const update: Update = { price: PRICE, time: first + 700n, before: first - 5n };
    await pyth.tell([update, update, update]);
    await foreign(update);
    expect(await pyth.oracle.read.closed([ETH])).to.equal(first + 3n * SLOT);
  });

  it("keeps a round of an update that says nothing", async () => {
    await until(0);
    await pyth.tell([at(0, -5n)]);
    expect((await pyth.oracle.read.next([ETH, 0n])).price).to.equal(0n);
  });

  it("skips what no one told within the hour, and says so with the next round", async () => {
    await until(0, 3_599n - 1n); // and the transaction a second later
    await reverts(pyth.oracle.write.skip([ETH]), "SlotNotSkippable", [ETH, first, first + 3_600n]);
    await until(1, 3_600n);
    await pyth.oracle.write.skip([ETH], { account: pyth.stage.mallory });
    expect(await pyth.slot()).to.equal(first + 2n * SLOT);
    expect(await rounds()).to.equal(0);
    await pyth.tell([at(2), at(3)]);
    expect((await pyth.oracle.read.next([ETH, 0n])).skipped).to.equal(true);
    expect((await pyth.oracle.read.next([ETH, 1n])).skipped).to.equal(false);
  });

  it("is closed as far as it is told: up to the next slot, due or not", async () => {
    await until(5);
    const { oracle } = pyth;
    expect(await oracle.read.closed([ETH])).to.equal(first);
    await pyth.tell([0, 1, 2, 3].map((n) => at(n)));
    expect(await oracle.read.closed([ETH])).to.equal(first + 4n * SLOT);
    await pyth.tell([at(4), at(5)]);
    expect(await oracle.read.closed([ETH])).to.equal(first + 6n * SLOT);
  });

  it("takes Pyth's fee for each slot, gives back what is over, and keeps nothing", async () => {
    const { oracle, stage, signed } = pyth;
    await until(1);
    const slots = [[await signed(at(0))], [await signed(at(1))]];
    const short = oracle.write.tell([ETH, slots], { value: 2n * FEE - 1n });
    await reverts(short, "FeeTooLow", [FEE - 1n, FEE]);
    await stage.viem.assertions.balancesHaveChanged(
      oracle.write.tell([ETH, slots], { value: 10n ** 18n, account: stage.mallory }),
      [
        { address: stage.mallory, amount: -2n * FEE },
        { address: pyth.pyth.address, amount: 2n * FEE },
        { address: oracle.address, amount: 0n },
      ],
    );
  });

  it("of another feed begins anew, and its first round calms nothing; the same feed goes on", async () => {
    await until(1);
    await pyth.tell([at(0)]);
    await pyth.name({ heartbeat: 90 });
    expect(await pyth.slot()).to.equal(first + SLOT);
    await until(30);
    await pyth.name({}, OTHER);
    expect(await pyth.slot()).to.equal(first + 31n * SLOT);
    await pyth.name({}, FEED);
    await until(31);
    await pyth.tell([at(31)]);
    const round = await pyth.oracle.read.next([ETH, 1n]);
    expect([round.id, round.skipped]).to.deep.equal([2n, true]);
  });

  it("of a feed that is named no more is closed: no round is to come", async () => {
    await pyth.name({}, `0x${"00".repeat(32)}`);
    await until(50);
    expect(await pyth.oracle.read.closed([ETH])).to.equal(maxUint256);
    expect(await pyth.oracle.read.closed([0x0300])).to.equal(maxUint256);
  });

  it("of no feed is told and skipped by no one", async () => {
    await reverts(pyth.oracle.write.skip([0x0300]), "UnknownFeed", [0x0300]);
    await reverts(pyth.oracle.write.tell([0x0300, [[]]]), "UnknownFeed", [0x0300]);
  });
});
