import { expect } from "chai";

import { buildOrder } from "../../sdk/orders/index.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import type { AccountId, InstrumentId } from "../../sdk/types/Ids.ts";
import type { Fill } from "../../sdk/types/Order.ts";
import { signAs } from "../preview/drawTrade.ts";
import { openAccounts } from "../preview/openAccounts.ts";
import { openPrices } from "../preview/prices.ts";
import { openTrading, type TradingMarket } from "../preview/openTrading.ts";
import { expectSame } from "./lens.ts";

const SEED = 20_261_124;
const EACH = 80; // accounts of each actor
const FILLS = 3; // of each pair of accounts
const STEPS = 6;
const PAGE = 8; // of the Lens, by gas
const WAD = 10n ** 18n;

describe("parity of accounts opened by signed orders", () => {
  const random = createRandom(SEED);
  let market: TradingMarket;
  let ids: AccountId[];
  let salt = 0n;

  before(async function () {
    this.timeout(240_000);
    market = await openTrading();
    const opened = await openAccounts(market, random, { each: EACH, leverage: 0.1, kinds: 2 });
    for (let i = 0; i < opened.length; i += 2) await meet(opened[i]!, opened[i + 1]!);
    const { accounts } = await market.snapshot(opened);
    ids = opened.filter((id) => accounts[id]!.positions.length > 0);
  });

  /** Two accounts trade a few instruments with each other; what either cannot bear is left out. */
  async function meet(one: AccountId, other: AccountId) {
    const fills: Fill[] = [];
    while (fills.length < FILLS) fills.push(await fillOf(one, other));
    const gas = 15_000_000n;
    await market.clearinghouse.write.settle([fills, false], { account: market.dave.account, gas });
  }

  async function fillOf(one: AccountId, other: AccountId): Promise<Fill> {
    const instrument = random.pick(market.instruments);
    const { mark, spot } = await market.clearinghouse.read.quoteOf([instrument]);
    const dollars = BigInt(Math.round(10 ** (1 + 2 * random.uniform())));
    const size = ((dollars * WAD * WAD) / spot) * (random.integer(2) === 0 ? 1n : -1n);
    const maker = await signed(one, { instrument, size, limitPrice: mark, maker: true });
    const taker = await signed(other, { instrument, size: -size, limitPrice: mark, maker: false });
    return {
      ...{ maker: maker.order, makerSignature: maker.signature, taker: taker.order },
      ...{ takerSignature: taker.signature, size: size < 0n ? -size : size },
    };
  }

  interface Wish {
    readonly instrument: InstrumentId;
    readonly size: bigint;
    readonly limitPrice: bigint;
    readonly maker: boolean;
  }

  async function signed(account: AccountId, wish: Wish) {
    const now = await market.networkHelpers.time.latest();
    const more = { maxFee: 10n ** 24n, salt: ++salt, deadline: now + 9_000, now };
    const order = buildOrder({ account, ...wish, ...more });
    return { order, signature: await signAs(market, { chainId: 31_337 } as never, order) };
  }

  it("says every margin as the chain does, while prices move and time passes", async function () {
    this.timeout(240_000);
    expect(ids.length).to.be.at.least(300);
    const prices = openPrices(market, createRandom(SEED + 1));
    for (let step = 0; step < STEPS; step++) {
      const s = await market.snapshot(ids);
      const { timestamp } = s.block;
      const question = { ids, timestamp, page: PAGE, where: `seed ${SEED}, step ${step}` };
      await expectSame(market, s, { ...question, what: "margins" });
      if (step % 3 === 0) await expectSame(market, s, { ...question, what: "portfolios" });
      await market.networkHelpers.time.increase([30, 600, 3_000, 5_000, 100, 700][step]!);
      await (step % 2 === 0 ? prices.all() : prices.one("ETH"));
    }
    const { accounts } = await market.snapshot(ids);
    const positions = ids.reduce((sum, id) => sum + accounts[id]!.positions.length, 0);
    console.log(`      seed ${SEED}: ${ids.length} accounts, ${positions} positions, 0 mismatches`);
  });
});
