import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import type { Hex } from "viem";

import { chainlink, ETH, openStage, priceOf, type Stage } from "./stage.ts";

const UNIT = 10n ** 8n;
const [LOW, HIGH] = [10n * UNIT, 100_000n * UNIT];

// An aggregator that is cut off at 10 and at 100 000 USD tells these for whatever lies beyond: LUNA stood at
// 0.10 on 12 May 2022 and was worth a thousandth.
describe("an aggregator's limits", () => {
  let stage: Stage;
  let oracle: Awaited<ReturnType<typeof chainlink>>["oracle"];
  let name: Awaited<ReturnType<typeof chainlink>>["name"];

  beforeEach(async () => {
    stage = await openStage();
    ({ oracle, name } = await chainlink(stage));
  });

  const limited = (low = LOW, high = HIGH) =>
    stage.viem.deployContract("LimitedFeed", [low, high, 2_000n * UNIT]);

  const at = async (feed: Awaited<ReturnType<typeof limited>>, answer: bigint) => {
    await feed.write.updateAnswer([answer]);
    return (await priceOf(oracle)).status;
  };

  it("are answers that say nothing, and so is what lies past them", async () => {
    const feed = await limited();
    await name(ETH, feed.address);
    for (const answer of [LOW, LOW - 1n, HIGH, HIGH + 1n]) {
      expect(await at(feed, answer), `${answer}`).to.equal("Dead");
    }
    for (const answer of [LOW + 1n, HIGH - 1n]) {
      expect(await at(feed, answer), `${answer}`).to.equal("Ok");
    }
    expect(await oracle.read.limits([ETH])).to.deep.equal([LOW, HIGH]);
    expect((await oracle.read.feeds([ETH]))[4]).to.equal(8);
  });

  it("make rounds without a price", async () => {
    const feed = await limited();
    await name(ETH, feed.address);
    await feed.write.updateAnswer([LOW]);
    const round = await oracle.read.next([ETH, 1n]);
    expect([round.id, round.price]).to.deep.equal([2n, 0n]);
  });

  it("are those of what stands behind a proxy", async () => {
    const inner = await limited();
    const proxy = await stage.viem.deployContract("LimitedProxy", [inner.address, LOW]);
    await name(ETH, proxy.address);
    expect((await priceOf(oracle)).status).to.equal("Dead");
  });

  it("that no price can come to are none, nor are those of a feed without any", async () => {
    const wide = await limited(1n, 2n ** 190n);
    await name(ETH, wide.address);
    expect(await oracle.read.limits([ETH])).to.deep.equal([0n, 0n]);
    expect(await at(wide, 1n)).to.equal("Ok");
    const plain = await stage.viem.deployContract("MockV3Aggregator", [8, LOW]);
    await name(ETH, plain.address);
    expect(await oracle.read.limits([ETH])).to.deep.equal([0n, 0n]);
    expect((await priceOf(oracle)).status).to.equal("Ok");
  });

  it("on one side leave the other free", async () => {
    const floor = await limited(LOW, 2n ** 190n);
    await name(ETH, floor.address);
    expect(await at(floor, LOW)).to.equal("Dead");
    expect(await at(floor, 10n ** 18n)).to.equal("Ok"); // 10^10 USD
    const ceiling = await limited(1n, HIGH);
    await name(ETH, ceiling.address);
    expect(await at(ceiling, HIGH)).to.equal("Dead");
    expect(await at(ceiling, 1n)).to.equal("Ok");
  });

  it("are read when the feed is named, by a feed that burns gas too", async () => {
    const feed = await stage.viem.deployContract("EagerFeed", [2_000n * UNIT, 1n, true]);
    const hash = (await name(ETH, feed.address)) as Hex;
    const client = await stage.viem.getPublicClient();
    const { gasUsed } = await client.getTransactionReceipt({ hash });
    expect(gasUsed < 1_000_000n).to.equal(true);
    expect((await priceOf(oracle)).status).to.equal("Ok");
  });
});
