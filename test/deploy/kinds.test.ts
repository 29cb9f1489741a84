import { expect } from "chai";
import { before, describe, it } from "mocha";

import { callOf, changesOf } from "../../scripts/deploy/changes.ts";
import { NoSuchOracle } from "../../scripts/deploy/errors.ts";
import { publishAgain } from "../../scripts/deploy/keepAlive.ts";
import { assetOf } from "../../scripts/deploy/setting.ts";
import { decodeError, RouteStands } from "../../sdk/errors/index.ts";
import { idOf, later, usd, withdraw, type Local } from "../fixtures/margin.ts";
import { openPool } from "../fixtures/pool.ts";
import { idOfFeed, paramsOfEveryKind } from "./kinds.ts";

const [OK, DEGRADED, DEAD] = [0, 1, 3];
const params = paramsOfEveryKind();

// ETH by Chainlink, BTC by Pyth, SOL by both, wstETH and DAI by their rates, cash by Pyth.
describe("a pool of every kind of feed, from its parameters", () => {
  let local: Local;

  before(async () => {
    local = await openPool(params);
    for (const n of [1, 2, 3]) await publish(n);
  });

  const asset = (symbol: string) => assetOf(params, symbol);
  const oracle = (name = "IOracle") =>
    local.viem.getContractAt(name as "IOracle", local.pool.oracle);

  /** BTC, SOL or USDC by Pyth, as of now, its slots told. */
  async function publish(n: number, price?: number) {
    const one = { asset: asset(["BTC", "SOL", "USDC"][n - 1]!), id: idOfFeed(n) };
    const units = price === undefined ? {} : { price: BigInt(Math.round(price * 1e8)) };
    await publishAgain(local.connection, local.pool, { ...one, ...units });
  }

  async function priceOf(symbol: string) {
    const { price, status } = await (await oracle()).read.read([asset(symbol)]);
    return [usd(price), status];
  }

  it("asks its rates' oracle, that one routes to one of each kind, and nothing differs", async () => {
    const { oracles } = local.pool;
    const names = ["chainlink", "guarded", "publisher", "pyth", "rate", "routed"];
    expect(Object.keys(oracles).sort()).to.deep.equal(names);
    expect(local.pool.oracle).to.equal(oracles["rate"]);
    const changes = await changesOf(local.client as never, local.pool, params);
    expect(changes.map(({ id }) => id)).to.deep.equal([]);
  });

  it("prices each by its own", async () => {
    const prices = await Promise.all(symbols().map(priceOf));
    expect(prices).to.deep.equal([
      [2_000, OK],
      [20_000, OK],
      [20, OK],
      [1.19, OK], // the market's, lower than 1.2
      [1.05, OK], // a share of USDC at 1
      [1, OK],
    ]);
  });

  it("sees two sources of one asset disagree", async () => {
    await publish(2, 21); // 5 %, the bound is 2 %
    expect(await priceOf("SOL")).to.deep.equal([20, DEGRADED]);
    await publish(2, 20);
    expect(await priceOf("SOL")).to.deep.equal([20, OK]);
  });

  it("takes the lower of market and redemption, and of a jump what a day may bring", async () => {
    const feed = await local.viem.getContractAt("MockV3Aggregator", local.pool.feeds["wstETH"]!);
    await feed.write.updateAnswer([3n * 10n ** 18n]);
    expect(await priceOf("wstETH")).to.deep.equal([1.2, OK]);
    const source = await local.viem.getContractAt("LocalRate", local.pool.sources["DAI"]!);
    await source.write.setRate([2n * 10n ** 18n]);
    expect((await priceOf("DAI"))[0]).to.be.within(1.05, 1.05 * 1.0005);
  });

  it("lends against all of them, and observes those that have rounds", async () => {
    const { alice, bob } = local;
    await local.deposit(bob, "USDC", 1_000_000);
    for (const [symbol, amount] of [
      ["ETH", 5],
      ["BTC", 1],
      ["SOL", 100],
      ["wstETH", 2],
      ["DAI", 1_000],
    ] as const) {
      await local.deposit(alice, symbol, amount);
    }
    await later(local, 301, { ETH: 2_010, SOL: 20.1 });
    for (const n of [1, 2, 3]) await publish(n);
    for (const factor of [1n, 2n, 3n]) await local.clearinghouse.write.observe([factor, 8n]);
    await withdraw(local, alice, "USDC", 10_000);
    const [, btc] = await local.clearinghouse.read.factorOf([1n]);
    expect(Number(btc.round)).to.be.greaterThan(0);
    const [equity] = await local.clearinghouse.read.health([idOf(alice)]);
    // 5·2 010 + 20 000 + 100·20.1 + 2·1.2·2 010 + 1 000·1.05 − 10 000
    expect(usd(equity)).to.be.within(27_934 - 1, 27_934 + 1);
  });

  it("shows what another file would change, by kind, in the order it may be sent", async () => {
    const other = paramsOfEveryKind((json) => {
      const feeds = (symbol: string) => json["listings"]![symbol]!["feed"]!;
      feeds("BTC")["confidence"] = 0.03 as never;
      feeds("SOL")["bound"] = 0.03 as never;
      feeds("wstETH")["growth"] = 0.002 as never;
    });
    const changes = await changesOf(local.client as never, local.pool, other);
    const shown = changes.flatMap(({ id, differences }) =>
      differences.map(({ name, from, to }) => `${id} ${name} ${from} ${to}`),
    );
    expect(shown).to.deep.equal([
      "setPythFeed_BTC trust.confidence 20000000 30000000",
      "setBound_SOL bound 20000000 30000000",
      "setRate_wstETH growth 1000000 2000000",
    ]);
    for (const change of changes) await local.admin.sendTransaction(callOf(local.pool, change));
    expect(await changesOf(local.client as never, local.pool, other)).to.deep.equal([]);
  });

  it("keeps the oracle of an asset: rounds of another are numbered otherwise", async () => {
    const { oracles } = local.pool;
    const routed = await local.viem.getContractAt("RoutedOracle", oracles["routed"]!);
    const moved = await routed.write
      .setRoute([asset("BTC"), oracles["chainlink"]!])
      .catch((error: unknown) => decodeError(error));
    expect(moved).to.be.instanceOf(RouteStands);
    expect((await routed.read.read([0x0700])).status).to.equal(DEAD);
    expect((await routed.read.next([0x0700, 0n])).id).to.equal(0n);
  });

  it("says so where a pool was deployed without the oracle that a file asks for", async () => {
    const { chainlink } = local.pool.oracles;
    const plain = { ...local.pool, oracles: { chainlink: chainlink! } };
    const error = await changesOf(local.client as never, plain, params).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(NoSuchOracle);
  });

  const symbols = () => Object.keys(params.listings);
});
