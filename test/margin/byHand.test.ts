import { expect } from "chai";
import { formatUnits } from "viem";

import { aggregatorOf } from "../../sdk/params/feeds.ts";
import { getCash } from "../../sdk/actions/index.ts";
import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { readParams } from "../../sdk/files/params.ts";
import { ask } from "../../scripts/replay/compare.ts";
import { endow, openChain, verb } from "../../scripts/replay/LocalChain.ts";
import { accountId } from "../../sdk/types/Ids.ts";

// DESIGN §7.6's prices on a real pool. A factor is listed at σ = 1.25·σstress, so σstress = 0.984
// gives ETH 1.23 and 0.768 gives BTC 0.96; no band, no size charge, one block for everything.

const START = 1_800_000_000;

function params() {
  const chosen = structuredClone(readParams("deployments/local/params.json"));
  chosen.factors["ETH"]!.volatilityStress = 0.984;
  chosen.factors["BTC"]!.volatilityStress = 0.768;
  for (const factor of Object.values(chosen.factors)) factor.dailyVolume = 0;
  const prices: Record<string, number> = { BTC: 100_000, ETH: 4_000 };
  for (const [symbol, { feed }] of Object.entries(chosen.listings)) {
    feed.price = prices[symbol] ?? feed.price!;
    aggregatorOf(feed).deviation = 0;
  }
  return chosen;
}

/** Margin on the chain of what alice holds against borrowed cash. */
async function onChain(holdings: Record<string, bigint>, debt: bigint) {
  const chain = await openChain({ params: params(), start: START, actors: 3 });
  const [lender, alice] = chain.actors as [`0x${string}`, `0x${string}`];
  const time = START + 30; // within the minute in which σ takes no step
  const id = accountId(alice);
  const cash = { symbol: "USDC", amount: 10n ** 12n, by: lender, time };
  await endow(chain, accountId(lender), cash);
  for (const [symbol, amount] of Object.entries(holdings)) {
    await endow(chain, id, { symbol, amount, by: alice, time });
  }
  await verb(chain, "withdraw", [id, chain.pool.tokens["USDC"]!, debt, alice], alice, time);
  const owed = await getCash(chain.client, { pool: chain.pool, account: id });
  return { ...(await ask(chain, [id])).get(id)!, cash: owed };
}

const FACTORS = { ETH: { price: 4_000, sigma: 1.23 }, BTC: { price: 100_000, sigma: 0.96 } };

function inTheBook(positions: object[]) {
  const book = parseBook({ factors: FACTORS, stables: { USDC: 1 }, positions });
  return explain(book, params());
}

const cents = (wad: bigint) => (Number(wad / 10n ** 14n) / 10_000).toFixed(2);

describe("margin by hand", function () {
  this.timeout(60_000);

  it("of 10 ETH against 30 000 USDC", async () => {
    // s = 4·1.23·√(4 h/1 y) = 4·1.23·0.0213687 = 10.5134 %; at IM 6·1.23·0.0213687 = 15.7701 %
    // MM = 40 000·s 4 205.36 + exit 0.5 % 200 + short USDC 0.5 % of 30 000 150 = 4 555.36
    // IM = 40 000·s 6 308.04 + exit 1 % 400 + 150 = 6 858.04; MM is under IM/1.2 = 5 715.03
    const chain = await onChain({ ETH: 10n * 10n ** 18n }, 30_000n * 10n ** 6n);
    expect(cents(chain.equity)).to.equal("10000.00");
    expect(cents(chain.maintenance)).to.equal("4555.36");
    expect(cents(chain.initial)).to.equal("6858.04");
    expectSame(chain, [spot("ETH", 10)]);
  });

  it("of 1 BTC and 10 ETH against 100 000 USDC", async () => {
    // s: BTC 4·0.96·0.0213687 = 8.2056 %, ETH 10.5134 %.  W: 8 205.58 and 4 205.36, ΣW = 12 410.94
    // low set:  ρ = max(2·0.92 − 1, 0.75·0.92) = 0.84; majors have no sector
    //   A = 0.84·12 410.94 = 10 425.19    I² = (1 − 0.84²)·(8 205.58² + 4 205.36²)
    //     = 0.2944·(67 331 500 + 17 685 050) = 25 028 870    RM = √(108 684 600 + 25 028 900) = 11 563.45
    // high set: ρ = min(1, 1.25·0.92) = 1: A = 12 410.94, I = 0, RM = 12 410.94, the worse
    // MM = 12 410.94 + exit 0.5 % of 140 000 700 + short USDC 0.5 % of 100 000 500 = 13 610.94
    // IM: s·6/4, RM = 18 616.40 + exit 1 % 1 400 + 500 = 20 516.40
    const held = { BTC: 10n ** 8n, ETH: 10n * 10n ** 18n };
    const chain = await onChain(held, 100_000n * 10n ** 6n);
    expect(cents(chain.equity)).to.equal("40000.00");
    expect(cents(chain.maintenance)).to.equal("13610.94");
    expect(cents(chain.initial)).to.equal("20516.40");
    expectSame(chain, [spot("BTC", 1), spot("ETH", 10)]);
  });
});

function spot(asset: string, amount: number) {
  return { kind: "spot", asset, amount };
}

/** The command line's answer is the chain's, to the wei: the debt's last one, rounded up, too. */
function expectSame(
  chain: { equity: bigint; maintenance: bigint; initial: bigint; cash: bigint },
  collateral: object[],
): void {
  const book = inTheBook([...collateral, { kind: "cash", amount: formatUnits(chain.cash, 18) }]);
  expect(book.equity).to.equal(chain.equity);
  expect(book.required).to.deep.equal([chain.maintenance, chain.initial]);
}
