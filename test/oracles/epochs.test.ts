import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Address } from "viem";

import { chainlink, ETH, openStage, priceOf, type Stage } from "./stage.ts";

const PRICE = 2_000n * 10n ** 8n;
const EPOCH = 1n << 48n; // where the number of a feed stands in the ids of its rounds

// The first feed has told three rounds when another takes its place.
describe("a feed that takes another's place", () => {
  let stage: Stage;
  let oracle: Awaited<ReturnType<typeof chainlink>>["oracle"];
  let name: (asset: number, feed: Address) => Promise<unknown>;

  beforeEach(async () => {
    stage = await openStage();
    ({ oracle, name } = await chainlink(stage));
    const first = await feedAt(3n);
    await name(ETH, first.address);
    expect(await latest()).to.equal(3n);
  });

  const latest = () => oracle.read.latest([ETH]);
  const next = (id: bigint) => oracle.read.next([ETH, id]);

  /** A feed whose newest round has that id. */
  async function feedAt(id: bigint, phase = 0n) {
    const feed = await stage.viem.deployContract("MockV3Aggregator", [8, PRICE]);
    await tell(feed, (phase << 64n) + id);
    return feed;
  }

  type Feed = Awaited<ReturnType<typeof feedAt>>;

  async function tell(feed: Feed, id: bigint) {
    const now = await stage.now();
    await feed.write.updateRoundData([id, PRICE, now, now]);
  }

  const eager = (echoes: boolean, at = 7n) =>
    stage.viem.deployContract("EagerFeed", [PRICE, at, echoes]);

  /** Ids of all rounds from there on, twenty at most. */
  async function walked(from: bigint): Promise<bigint[]> {
    const ids: bigint[] = [];
    for (let id = from; ids.length < 20;) {
      ({ id } = await next(id));
      if (id === 0n) break;
      ids.push(id);
    }
    return ids;
  }

  for (const [what, id, phase] of [
    ["larger", 100_000n, 0n],
    ["smaller", 1n, 0n],
    ["the same", 3n, 0n],
    ["of a later phase", 9n, 5n],
  ] as const) {
    it(`begins with its newest round, whose id is ${what}`, async () => {
      const feed = await feedAt(id, phase);
      await name(ETH, feed.address);
      const raw = (phase << 64n) + id;
      expect(await latest()).to.equal(raw + EPOCH);
      expect(await walked(3n)).to.deep.equal([raw + EPOCH]);
      expect(await walked(1n)).to.deep.equal([raw + EPOCH]); // wherever the walk of the old one stood
      await tell(feed, raw + 1n);
      expect(await walked(3n)).to.deep.equal([raw + EPOCH, raw + EPOCH + 1n]);
      expect((await next(raw + EPOCH)).price).to.equal(2_000n * 10n ** 18n);
    });
  }

  it("and is replaced by the first again begins anew too", async () => {
    const [one, two] = [await feedAt(5n), await feedAt(5n)];
    for (const { address } of [one, two, one]) await name(ETH, address);
    expect(await latest()).to.equal(5n + 3n * EPOCH);
    expect(await walked(5n + EPOCH)).to.deep.equal([5n + 3n * EPOCH]);
  });

  it("is none if only its trust is named anew: what waits still waits", async () => {
    const feed = await feedAt(1n);
    await name(ETH, feed.address);
    await tell(feed, 2n);
    await oracle.write.setFeed([ETH, feed.address, 7_200, 5_000_000, 0]);
    expect(await walked(1n + EPOCH)).to.deep.equal([2n + EPOCH]);
  });

  it("and tells nothing yet begins with the first it tells", async () => {
    const feed = await stage.viem.deployContract("EagerFeed", [PRICE, 0n, true]);
    await name(ETH, feed.address);
    // An id of zero: it says of itself that it has none.
    expect(await walked(3n)).to.deep.equal([]);
    await feed.write.move([41n]);
    expect(await walked(3n)).to.deep.equal([41n + EPOCH]);
  });

  it("and answers whatever it is asked has no round above its latest", async () => {
    const feed = await eager(true);
    await name(ETH, feed.address);
    expect(await walked(3n)).to.deep.equal([7n + EPOCH]);
    await feed.write.move([10n]);
    expect(await walked(7n + EPOCH)).to.deep.equal([8n, 9n, 10n].map((id) => id + EPOCH));
  });

  it("and answers always with its latest has none but that, and holes before it", async () => {
    const feed = await eager(false);
    await name(ETH, feed.address);
    expect(await walked(3n)).to.deep.equal([7n + EPOCH]);
    await feed.write.move([10n]);
    const found = await Promise.all([7n, 8n, 9n].map((id) => next(id + EPOCH)));
    expect(found.map(({ id }) => id - EPOCH)).to.deep.equal([8n, 9n, 10n]);
    expect(found.map(({ price }) => price > 0n)).to.deep.equal([false, false, true]);
  });

  it("and counts past 2^48 has a price, and no rounds", async () => {
    const feed = await feedAt(1n << 50n);
    await name(ETH, feed.address);
    expect((await priceOf(oracle)).status).to.equal("Ok");
    expect(await latest()).to.equal(0n);
    expect(await walked(3n)).to.deep.equal([]);
  });
});
