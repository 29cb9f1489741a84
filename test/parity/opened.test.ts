import { expect } from "chai";
import { encodeFunctionData, parseUnits, type Hex } from "viem";

import { createRandom } from "../../sdk/sim/random.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { marginOf, standingOf } from "../../sdk/state/margin.ts";
import { portfolioOf } from "../../sdk/state/portfolio.ts";
import { priceAt } from "../../sdk/state/price.ts";
import { observed, withRounds } from "../../sdk/state/rounds.ts";
import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import { ASSETS, openMarket, SYMBOLS, VALUES, type Market } from "../preview/openMarket.ts";
import { expectAlike, plain } from "./plain.ts";

const SEED = 20_260_730;
const EACH = 80; // accounts of each actor
const STEPS = 8;
const PAGE = 40; // of the Lens, by gas
const WAD = 10n ** 18n;

describe("parity of accounts opened by verbs", () => {
  const random = createRandom(SEED);
  let market: Market;
  let ids: AccountId[];

  function call(name: "deposit" | "withdraw", args: readonly unknown[]): Hex {
    return encodeFunctionData({ abi: market.door.abi, functionName: name, args: args as never });
  }

  function units(symbol: string, dollars: number): bigint {
    const { decimals } = market.params.listings[symbol]!;
    return parseUnits((dollars / VALUES[symbol]!).toFixed(decimals), decimals);
  }

  /** One to five kinds of collateral, and mostly a debt of up to two fifths of it. */
  function openingOf(id: AccountId, owner: Hex): Hex[] {
    const kinds = random.shuffle(SYMBOLS.filter((name) => name !== "USDC"));
    const worth = kinds.slice(0, 1 + random.integer(5)).map((name) => {
      return [name, 10 ** (1.5 + 2.5 * random.uniform())] as const;
    });
    const sum = worth.reduce((total, [, dollars]) => total + dollars, 0);
    const token = (symbol: string) => market.pool.tokens[symbol]!;
    const put = worth.map(([name, usd]) => call("deposit", [id, token(name), units(name, usd)]));
    const cash = units("USDC", sum * 0.4 * random.uniform());
    if (random.integer(5) === 0) return [...put, call("deposit", [id, token("USDC"), cash])];
    return [...put, call("withdraw", [id, token("USDC"), cash, owner])];
  }

  before(async function () {
    this.timeout(120_000);
    market = await openMarket();
    ids = [];
    for (const { account } of market.actors) {
      for (let index = 0n; index < EACH; index++) {
        const id = accountId(account.address, index);
        ids.push(id);
        const calls = openingOf(id, account.address);
        await market.door.write.batch([calls], { account: account.address });
      }
    }
  });

  async function expectSame(s: Snapshot, timestamp: number): Promise<void> {
    for (let from = 0; from < ids.length; from += PAGE) {
      const page = ids.slice(from, from + PAGE);
      const books = await market.lens.read.portfolios([market.pool.clearinghouse, page]);
      const margins = await market.lens.read.margins([market.pool.clearinghouse, page]);
      const mine = page.map((id) => portfolioOf(s, id, { timestamp, view: "conservative" }));
      expectAlike(mine, books, `at ${timestamp}`); for (const [i, m] of mine.entries()) for (const k of Object.keys(m)) expect(plain(Reflect.get(m,k)), k).to.deep.equal(plain(Reflect.get(books[i]!,k)));
      expect(page.map((id) => marginOf(s, id, timestamp))).to.deep.equal(margins);
    }
  }

  /** New prices, of all feeds or of some, told to the chain and to the snapshot. */
  async function tell(s: Snapshot, timestamp: number): Promise<Snapshot> {
    let next = s;
    let time = timestamp;
    for (const symbol of SYMBOLS.filter(() => random.integer(3) > 0)) {
      const quiet = VALUES[symbol] === 1 || symbol === "wstETH";
      const move = 1 + (quiet ? 0.002 : 0.08) * random.normal();
      const asset = ASSETS[symbol]!;
      const unit = 10n ** BigInt(18 - s.feeds[asset]!.ageing!.decimals);
      const last = priceAt(s, asset, timestamp).price;
      const answer = (last * BigInt(Math.round(move * 1e6))) / (unit * 10n ** 6n);
      next = withRounds(next, { timestamp: ++time, rounds: { [asset]: answer * unit } });
      await market.networkHelpers.time.setNextBlockTimestamp(time);
      const feed = await market.viem.getContractAt("MockV3Aggregator", market.pool.feeds[symbol]!);
      await feed.write.updateAnswer([answer]);
    }
    return next;
  }

  it("predicts every margin before the chain does the step", async function () {
    this.timeout(240_000);
    const first = await market.snapshot(ids);
    let s = first;
    let time = s.block.timestamp;
    const lengths = [30, 600, 3_000, 90_000, 5_000, 100, 1_200_000, 700];
    for (let step = 0; step < STEPS; step++) {
      time += lengths[step]!;
      s = await tell(s, time);
      time = Number((await market.client.getBlock()).timestamp);
      await expectSame(s, time);
      time += 1 + random.integer(400);
      await market.networkHelpers.time.increaseTo(time);
      await expectSame(s, time);
      if (step % 3 === 2) continue;
      for (const factor of [1, 2, 3, 4]) {
        await market.networkHelpers.time.setNextBlockTimestamp(++time);
        await market.door.write.observe([BigInt(factor), 64n]);
        s = observed(s, { timestamp: time, factors: [factor] });
      }
      await expectSame(s, time);
    }
    const short = ids.filter((id) => standingOf(s, id, time).health < WAD).length;
    const owing = ids.filter((id) => s.accounts[id]!.principal < 0n).length;
    console.log(
      `      seed ${SEED}: ${ids.length} accounts (${owing} owing, ${short} short at the end), ` +
        `${STEPS} steps from one snapshot, 0 mismatches`,
    );
    const { block: _, ...mine } = { ...s, feeds: 0 };
    const { block: __, ...theirs } = { ...(await market.snapshot(ids)), feeds: 0 };
    expectAlike(mine, theirs, "the state at the end");
  });
});
