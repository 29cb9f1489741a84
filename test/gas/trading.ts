import { parseEther, type WalletClient } from "viem";

import {
  buildInstrument,
  buildOrder,
  orderDomain,
  signOrder,
  type SignedOrder,
} from "../../sdk/orders/index.ts";
import { accountId, type InstrumentId } from "../../sdk/types/Ids.ts";
import { catchUp, deposit, fund, gasOf, hold, liquidating, openBench } from "./scenarios.ts";
import { viewGas, withdrawAllowed, type Bench, type Gas } from "./scenarios.ts";

const ETH = 2;
const HALF_HOUR = 1_800;
const SURFACE = [650_000_000, 0, 0] as const;
const DAYS = [7, 14, 30, 60];

type Wallet = Bench["wallets"][number];

/** Instruments of a book, and what the account buys of each. */
type Legs = readonly (readonly [InstrumentId, number])[];

/** Books whose margin is measured; the one traded comes first. */
export function books(expiries: readonly number[]): Record<string, Legs> {
  const perp = buildInstrument({ factor: ETH, kind: "perp" });
  const strip = (n: number, some: readonly number[]) =>
    Array.from({ length: n }, (_, i) => {
      const expiry = some[i % some.length]!;
      const kind = i % 2 === 0 ? "call" : "put";
      const strike = parseEther(String(3_000 + 100 * i));
      const size = i % 3 === 0 ? -1 : 1;
      return [buildInstrument({ factor: ETH, kind, expiry, strike }), size] as const;
    });
  return {
    "perp+spot": [[perp, -5]],
    "5options.1expiry": strip(5, expiries.slice(0, 1)),
    "10options.2expiries": strip(10, expiries.slice(0, 2)),
    "32options.4expiries": strip(32, expiries),
    "4options+perp": [...strip(4, expiries.slice(0, 1)), [perp, -1]],
  };
}

const TRADES: Record<string, string> = {
  "perp+spot": "settle.perp",
  "5options.1expiry": "settle.5options",
  "10options.2expiries": "settle.10options.2expiries",
};

/** Views of IM and trades: both sides hold the book, both are checked, both signatures are fresh. */
export async function trading(progress: (name: string) => void): Promise<Gas[]> {
  const bench = await openBench();
  const expiries = await listExpiries(bench);
  const list: Gas[] = [];
  let next = 2;
  for (const [name, legs] of Object.entries(books(expiries))) {
    progress(name);
    const [maker, taker] = [bench.wallets[next++]!, bench.wallets[next++]!];
    await open(bench, maker, taker, legs);
    await catchUp(bench);
    const owner = taker.account.address;
    list.push({ name: `margin.view.${name}`, gas: await viewGas(bench, owner, "initial") });
    const trade = TRADES[name];
    if (trade === undefined) continue;
    list.push({ name: trade, gas: await settle(bench, maker, taker, legs[0]!) });
  }
  return list;
}

async function listExpiries(bench: Bench): Promise<number[]> {
  const now = await bench.connection.networkHelpers.time.latest();
  const expiries = DAYS.map((days) => Math.ceil(now / HALF_HOUR + days * 48) * HALF_HOUR);
  for (const expiry of expiries) {
    await bench.clearinghouse.write.listExpiry([BigInt(ETH), BigInt(expiry), ...SURFACE]);
  }
  return expiries;
}

/** Books that are called and bid for, and how many collateral assets they hold besides. */
const SOLD: readonly (readonly [name: string, book: string, assets: number])[] = [
  ["5options", "5options.1expiry", 1],
  ["max", "32options.4expiries", 5], // all that the local pool lists
];

/** Calls and bids of books with options; each account owes what IM lets it. */
export async function sellingBooks(progress: (name: string) => void): Promise<Gas[]> {
  const list: Gas[] = [];
  for (const [name, book, assets] of SOLD) {
    progress(`selling ${name}`);
    const bench = await openBench();
    const legs = books(await listExpiries(bench))[book]!;
    const [maker, taker, bidder] = bench.wallets.slice(2);
    await hold(bench, taker!.account.address, assets);
    await open(bench, maker!, taker!, legs);
    for (let i = 0; i < 2; i++) {
      await catchUp(bench);
      await withdrawAllowed(bench, taker!.account.address);
    }
    const sold = await liquidating(bench, taker!.account.address, bidder!.account.address, name);
    list.push(...sold);
  }
  return list;
}

export async function open(bench: Bench, maker: Wallet, taker: Wallet, legs: Legs) {
  for (const { account } of [maker, taker]) {
    await fund(bench, account.address, "USDC", 1_000_000);
    await deposit(bench, account.address, "USDC", 500_000);
    await fund(bench, account.address, "ETH", 10);
    if (legs.length === 1) await deposit(bench, account.address, "ETH", 5);
  }
  await catchUp(bench);
  for (const leg of legs) await settle(bench, maker, taker, leg);
}

let salt = 0n;

/** One fill of two fresh orders at the mark; the taker buys `size`. */
async function settle(
  bench: Bench,
  maker: Wallet,
  taker: Wallet,
  [instrument, size]: Legs[number],
): Promise<number> {
  const { mark } = await bench.clearinghouse.read.quoteOf([instrument]);
  const units = parseEther(String(size));
  const sides = [
    await sign(bench, maker, instrument, -units, mark, true),
    await sign(bench, taker, instrument, units, mark, false),
  ] as const;
  const fill = {
    ...{ maker: sides[0].order, taker: sides[1].order },
    ...{ makerSignature: sides[0].signature, takerSignature: sides[1].signature },
    size: units < 0n ? -units : units,
  };
  return gasOf(bench, await bench.clearinghouse.write.settle([[fill], true]));
}

async function sign(
  bench: Bench,
  wallet: Wallet,
  instrument: InstrumentId,
  size: bigint,
  limitPrice: bigint,
  maker: boolean,
): Promise<SignedOrder> {
  const order = buildOrder({
    ...{ account: accountId(wallet.account.address), instrument, size, maker },
    // A taker takes any price: the mark moves with the clock between quote and fill.
    limitPrice: maker ? limitPrice : size > 0n ? 2n * limitPrice + 1n : 0n,
    maxFee: parseEther("1000"),
    salt: ++salt,
    now: await bench.connection.networkHelpers.time.latest(),
  });
  const domain = orderDomain(bench.pool, await bench.client.getChainId());
  return signOrder(wallet as unknown as WalletClient as never, order, domain);
}
