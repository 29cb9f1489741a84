import { hashOrder, orderDomain } from "../../sdk/orders/index.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import { accountId, FUND, instrumentId, Kind, type AccountId } from "../../sdk/types/Ids.ts";
import { type Fill, MAKER, type Order } from "../../sdk/types/Order.ts";
import { signAs } from "./drawTrade.ts";
import type { Actor } from "./openMarket.ts";
import { openTrading, type TradingMarket } from "./openTrading.ts";

export const HEIR: AccountId = accountId(`0x${"00".repeat(20)}`, 1n);
export const PERP = instrumentId(2, Kind.Perp); // of ETH
const WAD = 10n ** 18n;

type Owner = "alice" | "bob" | "carol" | "dave";

/** Who buys and who sells, how much, and what their orders say. The seller makes. */
export interface Deal {
  readonly buyer: AccountId;
  readonly seller: AccountId;
  readonly size: bigint;
  readonly buys?: number; // flags
  readonly sells?: number;
}

/** A market with somebody for every verb. */
export interface Stage {
  readonly market: TradingMarket;
  readonly snapshot: Snapshot;
  readonly timestamp: number; // of the act
  readonly id: (owner: Owner, index?: bigint) => AccountId;
  readonly token: (symbol: string) => `0x${string}`;
  readonly fillOf: (deal: Deal) => Promise<Fill>;
}

function idIn(market: TradingMarket): Stage["id"] {
  return (owner, index = 0n) => accountId(market[owner].account.address, index);
}

/** Deposits, and borrows against them. */
async function open(market: TradingMarket, id: AccountId, owner: Actor, act: Opening) {
  const { clearinghouse, pool, units } = market;
  const { symbol, amount, debt = 0 } = act;
  const account = owner.account.address;
  const token = pool.tokens[symbol]!;
  await clearinghouse.write.deposit([id, token, units(symbol, amount)], { account });
  if (debt === 0) return;
  await clearinghouse.write.withdraw([id, pool.tokens["USDC"]!, units("USDC", debt), account], {
    account,
  });
}

interface Opening {
  readonly symbol: string;
  readonly amount: number;
  readonly debt?: number;
}

/** Prices `seconds` later, fresh, and seen. */
async function move(market: TradingMarket, seconds: number, eth: number, btc: number) {
  await market.networkHelpers.time.increase(seconds);
  await market.setPrice("ETH", eth);
  await market.setPrice("BTC", btc);
  await market.clearinghouse.write.observe([2n, 8n]);
  await market.clearinghouse.write.observe([1n, 8n]);
}

/**
 * ETH at 169 and BTC at 5 400. Of alice's accounts the first owes 2 000 against 100 ETH, the second 1 000
 * against 50 and is patient, the third is in call. Bob and carol, 50 000 USDC each, are long and short 10
 * ETH. Of dave's the first is short and not called, the second ripe for a takeover, the third in auction.
 */
export async function openCrash(): Promise<TradingMarket> {
  const market = await openTrading();
  const { alice, bob, carol, dave, clearinghouse } = market;
  const id = idIn(market);
  const short = { symbol: "ETH", amount: 100, debt: 14_000 };
  await open(market, id("alice"), alice, { symbol: "ETH", amount: 100, debt: 2_000 });
  await open(market, id("alice", 1n), alice, { symbol: "ETH", amount: 50, debt: 1_000 });
  await clearinghouse.write.setGrace([id("alice", 1n), 2], { account: alice.account });
  await open(market, id("alice", 2n), alice, short);
  await open(market, id("bob"), bob, { symbol: "USDC", amount: 50_000 });
  await open(market, id("carol"), carol, { symbol: "USDC", amount: 50_000 });
  await open(market, id("dave"), dave, short);
  await open(market, id("dave", 1n), dave, { symbol: "BTC", amount: 2, debt: 10_500 });
  await open(market, id("dave", 2n), dave, short);
  const stage = await look(market);
  const fill = await stage.fillOf({ buyer: id("bob"), seller: id("carol"), size: 10n * WAD });
  await clearinghouse.write.settle([[fill], true]);
  for (let i = 0; i < 3; ++i) {
    await move(market, 300, 169, 5_200);
    await clearinghouse.write.call([id("dave", 1n)]);
    await clearinghouse.write.call([id("dave", 2n)]);
  }
  await move(market, 1_800, 169, 5_200);
  await clearinghouse.write.call([id("alice", 2n)]);
  return market;
}

/** The market as it is now. */
export async function look(market: TradingMarket): Promise<Stage> {
  market.orders.splice(0);
  const snapshot = await market.snapshot([FUND, ...market.accounts, HEIR]);
  const timestamp = snapshot.block.timestamp + 1;
  const id = idIn(market);
  const fillOf = (deal: Deal) => signed(market, { snapshot, timestamp }, deal);
  return { market, snapshot, timestamp, id, token: (one) => market.pool.tokens[one]!, fillOf };
}

type Moment = Pick<Stage, "snapshot" | "timestamp">;

/** Both orders at the mark, known to the market from now on. */
async function signed(
  market: TradingMarket,
  { snapshot, timestamp }: Moment,
  { buyer, seller, size, buys = 0, sells = 0 }: Deal,
): Promise<Fill> {
  const limitPrice = quoteOf(snapshot, PERP, timestamp).mark;
  const wish = { instrument: PERP, limitPrice, maxFee: WAD, counter: 0n, taker: FUND };
  const deadline = BigInt(timestamp + 600);
  const orderOf = (account: AccountId, signedSize: bigint, flags: number): Order => {
    const signer = `0x${account.slice(2, 42)}` as const;
    return { ...wish, account, size: signedSize, salt: BigInt(flags), deadline, signer, flags };
  };
  const maker = orderOf(seller, -size, sells | MAKER);
  const taker = orderOf(buyer, size, buys);
  const domain = orderDomain(market.pool, snapshot.chainId);
  market.orders.push(hashOrder(maker, domain), hashOrder(taker, domain));
  const [makerSignature, takerSignature] = [
    await signAs(market, snapshot, maker),
    await signAs(market, snapshot, taker),
  ];
  return { maker, taker, makerSignature, takerSignature, size };
}
