import { expect } from "chai";
import { network } from "hardhat";

import { readRounds } from "../../scripts/rounds/file.ts";
import { keepTime } from "../../scripts/replay/keepTime.ts";
import { WSTETH } from "../oracles/stage.ts";
import { needData, ROUNDS } from "./shared.ts";

const WAD = 10n ** 18n;
const RATE = (11n * WAD) / 10n; // stETH in one wstETH, at the first round
const A_DAY = 130_000_000_000_000n; // what staking pays, about: 0.013 % of a wad
const DAY = 86_400;
const WRAPPED = 1;
const [OK, STALE] = [0, 2];

describe("the stETH rounds of January to September 2022", () => {
  before(function () {
    needData(this);
  });

  it("each value wstETH at the lower of its market and what it can be redeemed for", async () => {
    const { rounds } = readRounds(ROUNDS, "STETH-ETH.CHAINLINK");
    const start = rounds[0]!.time - 1_000;
    const connection = await network.create({
      network: "default",
      override: { initialDate: new Date(start * 1_000).toISOString() },
    });
    keepTime(connection.provider, 1);
    const { viem, networkHelpers } = connection;
    const [admin] = await viem.getWalletClients();
    const authority = await viem.deployContract("AccessManager", [admin!.account.address]);
    const feed = await viem.deployContract("MockV3Aggregator", [18, WAD]);
    const source = await viem.deployContract("LocalRate", [RATE]);
    const market = await viem.deployContract("ChainlinkOracle", [authority.address]);
    await market.write.setFeed([WSTETH, feed.address, 2 * DAY, 20_000_000, 500_000_000]);
    const args = [authority.address, market.address] as const;
    const oracle = await viem.deployContract("RateOracle", [...args]);
    await oracle.write.setRate([WSTETH, source.address, WRAPPED, true, 0, 1_000_000]);

    const seen = { market: 0, redemption: 0, lowest: WAD, stale: 0 };
    let followed = rounds[0]!.time;
    for (const { price, time } of rounds) {
      // The market's rate of wstETH: stETH in ETH, times the stETH in one. It is told as rounds are.
      const rate = RATE + (A_DAY * BigInt(time - rounds[0]!.time)) / BigInt(DAY);
      const traded = (price * rate) / WAD;
      await source.write.setRate([rate]);
      if (time - (await networkHelpers.time.latest()) > 3) {
        await networkHelpers.time.increaseTo(time - 1);
      }
      await feed.write.updateAnswer([traded]);
      if (time - followed >= DAY) {
        await oracle.write.follow([WSTETH]);
        followed = time;
      }
      const { price: valued, status } = await oracle.read.read([WSTETH]);
      expect(valued, `round of ${time}`).to.equal(traded < rate ? traded : rate);
      expect(status).to.be.oneOf([OK, STALE]);
      if (status === STALE) ++seen.stale;
      if (traded < rate) ++seen.market;
      else ++seen.redemption;
      if (price < seen.lowest) seen.lowest = price;
    }
    const { lowest, ...counts } = seen;
    console.log(`      ${rounds.length} rounds, lowest ${Number(lowest) / 1e18}:`, counts);
    expect(Number(lowest) / 1e18).to.be.within(0.935, 0.9351); // 18 June 2022
    expect(counts.market).to.be.greaterThan(200);
    expect(counts.redemption).to.be.greaterThan(0);
  });
});
