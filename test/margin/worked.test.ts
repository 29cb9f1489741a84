import { expect } from "chai";
import { formatUnits, isAddressEqual, parseEther, type WalletClient } from "viem";

import { aggregatorOf } from "../../sdk/params/feeds.ts";
import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { getCash } from "../../sdk/actions/index.ts";
import { explain } from "../../sdk/book/explain.ts";
import { parseBook } from "../../sdk/book/parse.ts";
import { buildInstrument, buildOrder, orderDomain, signOrder } from "../../sdk/orders/index.ts";
import { readParams } from "../../sdk/files/params.ts";
import { ask } from "../../scripts/replay/compare.ts";
import { endow, openChain, verb, type LocalChain } from "../../scripts/replay/LocalChain.ts";
import { accountId, type InstrumentId } from "../../sdk/types/Ids.ts";

// DESIGN §7.6 on a real pool, each book opened by signed orders at the mark, in one block's time. A
// factor is listed at σ = 1.25·σstress: σstress 0.984 gives ETH 1.23 and 0.768 gives BTC 0.96. No
// band, no fee, no size charge, and open interest far below what crowds.

const START = 1_800_000_000; // on a half-hour
const MONTH = 30 * 86_400;
const SOON = 30;
const ETH = 2n;

function params() {
  const chosen = structuredClone(readParams("deployments/local/params.json"));
  chosen.factors["ETH"]!.volatilityStress = 0.984;
  chosen.factors["BTC"]!.volatilityStress = 0.768;
  chosen.trade.makerFee = 0;
  chosen.trade.takerFee = 0;
  for (const factor of Object.values(chosen.factors)) factor.dailyVolume = 0;
  const prices: Record<string, number> = { BTC: 100_000, ETH: 4_000 };
  for (const [symbol, { feed }] of Object.entries(chosen.listings)) {
    feed.price = prices[symbol] ?? feed.price!;
    aggregatorOf(feed).deviation = 0;
  }
  return chosen;
}

interface Worked {
  readonly held?: readonly (readonly [symbol: string, amount: bigint])[];
  readonly cash?: bigint; // token units; negative to borrow
  readonly legs: readonly (readonly [InstrumentId, size: number])[];
}

/** The chain's margin of a book, and its cash. */
async function onChain({ held = [], cash = 0n, legs }: Worked) {
  const chain = await openChain({ params: params(), start: START, actors: 4 });
  const [admin, lender, alice] = chain.actors as [`0x${string}`, `0x${string}`, `0x${string}`];
  const time = START + SOON; // within the minute in which σ takes no step
  const expiry = BigInt(START + MONTH);
  await verb(chain, "listExpiry", [ETH, expiry, 650_000_000, 0, 0], admin, time);
  const id = accountId(alice);
  await endow(chain, accountId(lender), { symbol: "USDC", amount: 10n ** 13n, by: lender, time });
  for (const [symbol, amount] of held) await endow(chain, id, { symbol, amount, by: alice, time });
  if (cash > 0n) await endow(chain, id, { symbol: "USDC", amount: cash, by: alice, time });
  // What options are sold for is taken out again: the book says what cash there is.
  for (const [instrument, size] of legs) {
    await fill(chain, { buyer: alice, seller: lender, instrument, size, time });
  }
  const usdc = chain.pool.tokens["USDC"]!;
  const has = await getCash(chain.client, { pool: chain.pool, account: id });
  const spare = has / 10n ** 12n - cash;
  if (spare > 0n) await verb(chain, "withdraw", [id, usdc, spare, alice], alice, time);
  const margin = (await ask(chain, [id])).get(id)!;
  return { ...margin, cash: await getCash(chain.client, { pool: chain.pool, account: id }) };
}

interface Wanted {
  readonly buyer: `0x${string}`;
  readonly seller: `0x${string}`;
  readonly instrument: InstrumentId;
  readonly size: number;
  readonly time: number;
}

/** A fill at the mark; who buys a negative size sells. */
async function fill(chain: LocalChain, { buyer, seller, instrument, size, time }: Wanted) {
  const { mark } = await chain.client.readContract({
    address: chain.pool.clearinghouse,
    abi: clearinghouseAbi,
    functionName: "quoteOf",
    args: [instrument],
  });
  const units = parseEther(String(size));
  const sides = await Promise.all(
    [seller, buyer].map(async (owner, i) => {
      const wallets = await chain.connection.viem.getWalletClients();
      const wallet = wallets.find((w) => isAddressEqual(w.account.address, owner))!;
      const order = buildOrder({
        ...{ account: accountId(owner), instrument, limitPrice: mark, maxFee: 0n, now: time },
        ...{ size: i === 0 ? -units : units, maker: i === 0, salt: BigInt(i), deadline: time },
      });
      const domain = orderDomain(chain.pool, await chain.client.getChainId());
      return signOrder(wallet as unknown as WalletClient as never, order, domain);
    }),
  );
  const one = {
    ...{ maker: sides[0]!.order, makerSignature: sides[0]!.signature },
    ...{ taker: sides[1]!.order, takerSignature: sides[1]!.signature },
    size: units < 0n ? -units : units,
  };
  await verb(chain, "settle", [[one], true], seller, time);
}

const days = formatUnits((BigInt(MONTH - SOON) * 10n ** 18n) / 86_400n, 18);
const market = { price: 4_000, sigma: 1.23, expiries: { [days]: { atm: 0.65 } } };
const FACTORS = { ETH: market, BTC: { price: 100_000, sigma: 0.96 } };

const perp = (factor: number) => buildInstrument({ factor, kind: "perp" });
const expiry = START + MONTH;
const option = (kind: "call" | "put", strike: number) =>
  buildInstrument({ factor: 2, kind, expiry, strike: parseEther(String(strike)) });
const cents = (wad: bigint) => Number(wad / 10n ** 14n) / 10_000;

describe("DESIGN §7.6 on the chain", function () {
  this.timeout(120_000);

  it("10 ETH and 10 ETH of perp sold against 30 000 USDC: 950 and 1 350", async () => {
    const chain = await onChain({
      held: [["ETH", 10n ** 19n]],
      cash: -30_000n * 10n ** 6n,
      legs: [[perp(2), -10]],
    });
    expectPrinted(chain, 950, 1_350);
    expectSame(chain, [
      { kind: "spot", asset: "ETH", amount: 10 },
      { kind: "perp", factor: "ETH", size: -10 },
    ]);
  });

  it("1 BTC of perp bought, 25 ETH sold, 25 000 USDC: 10 991 and 15 987", async () => {
    const legs = [[perp(1), 1] as const, [perp(2), -25] as const];
    const chain = await onChain({ cash: 25_000n * 10n ** 6n, legs });
    expectPrinted(chain, 10_991, 15_987);
    expectSame(chain, [
      { kind: "perp", factor: "BTC", size: 1 },
      { kind: "perp", factor: "ETH", size: -25 },
    ]);
  });

  it("10 strangles sold against 5 wstETH and 10 000 USDC: 6 437 and 9 900", async () => {
    const legs = [[option("put", 3_400), -10] as const, [option("call", 4_800), -10] as const];
    const held = [["wstETH", 5n * 10n ** 18n]] as const;
    const chain = await onChain({ held, cash: 10_000n * 10n ** 6n, legs });
    expectPrinted(chain, 6_437, 9_900);
    const sold = { kind: "option", factor: "ETH", expiryDays: days, size: -10 };
    expectSame(chain, [
      { kind: "spot", asset: "wstETH", amount: 5 },
      { ...sold, strike: 3_400, type: "put" },
      { ...sold, strike: 4_800, type: "call" },
    ]);
  });
});

type Figures = Awaited<ReturnType<typeof onChain>>;

/** The printed figures are rounded. */
function expectPrinted(chain: Figures, maintenance: number, initial: number): void {
  expect(cents(chain.maintenance)).to.be.closeTo(maintenance, 1);
  expect(cents(chain.initial)).to.be.closeTo(initial, 1);
}

/** The command line's answer is the chain's, to the wei. */
function expectSame(chain: Figures, positions: object[]): void {
  const cash = { kind: "cash", amount: formatUnits(chain.cash, 18) };
  const book = { factors: FACTORS, stables: { USDC: 1 }, positions: [...positions, cash] };
  const told = explain(parseBook(book), params());
  console.log(
    `      MM ${cents(told.required[0])}, IM ${cents(told.required[1])};`,
    `standalone ${told.standalone.map(cents).join(" / ")}`,
  );
  expect(told.equity).to.equal(chain.equity);
  expect(told.required).to.deep.equal([chain.maintenance, chain.initial]);
}
