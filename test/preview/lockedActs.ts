import { signGrant } from "../../sdk/orders/signGrant.ts";
import { orderDomain } from "../../sdk/orders/typedData.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import { Scope } from "../../sdk/logic/authority.ts";
import { CASH, type AccountId } from "../../sdk/types/Ids.ts";
import type { Offer } from "../../sdk/types/Offer.ts";
import { REDUCING } from "../../sdk/types/Order.ts";
import { HEIR, type Deal, type Stage } from "./openCrash.ts";

// What works at each level of a lock: locks.test.ts does every act at every level, on the chain and in a
// preview. test/power tries each verb on the chain; these are the ways around it, too.

const WAD = 10n ** 18n;
const USDC = 1_000_000n;

/** At a level: it works, or is refused with this error. */
export type Outcome = "yes" | "PoolLocked" | "ExitLimited" | "MarginTooLow" | "NotReducing";
export type Outcomes = readonly [open: Outcome, noNewRisk: Outcome, slowExit: Outcome];

/** One act; more than one change are a batch of alice's. */
export interface Row {
  readonly verb: string;
  readonly act: string;
  readonly outcomes: Outcomes;
  readonly changes?: (stage: Stage) => readonly Change[] | Promise<readonly Change[]>;
  readonly reducing?: (stage: Stage) => AccountId; // of a batch
  readonly does?: (stage: Stage) => Promise<unknown>; // what no snapshot tells of
}

const ALWAYS: Outcomes = ["yes", "yes", "yes"];
const RISK: Outcomes = ["yes", "PoolLocked", "PoolLocked"];
const NO_LESS: Outcomes = ["NotReducing", "NotReducing", "NotReducing"];
const EXIT: Outcomes = ["yes", "yes", "ExitLimited"];

const put = (account: AccountId, symbol: string, amount: bigint) => (s: Stage) =>
  ({ verb: "deposit", account, token: s.token(symbol), amount }) as const;
const take = (s: Stage, account: AccountId, symbol: string, amount: bigint) =>
  ({ verb: "withdraw", account, token: s.token(symbol), amount }) as const;
const borrow = (account: AccountId, amount: bigint) =>
  ({ verb: "borrow", account, amount }) as const;
const give = (s: Stage, [from, to]: readonly AccountId[], symbol: string, amount: bigint) =>
  ({ verb: "transfer", from: from!, to: to!, token: s.token(symbol), amount }) as const;

async function settled(s: Stage, deal: Deal): Promise<Change[]> {
  return [{ verb: "settle", fills: [await s.fillOf(deal)], atomic: true }];
}

function offer(account: AccountId, receiver: AccountId, fraction: bigint): Offer {
  const [maxPrice, least] = [10n ** 30n, -18n * WAD];
  return {
    ...{ account, receiver, fraction, smallest: 0n, maxPrice },
    ...{ minHealth: least, maxHealth: 18n * WAD, data: "0x" },
  };
}

const ways = (s: Stage) => [s.id("alice"), s.id("alice", 1n)];

const MOVES: readonly Row[] = [
  {
    ...{ verb: "deposit", act: "an asset", outcomes: ALWAYS },
    changes: (s) => [put(s.id("alice"), "ETH", WAD)(s)],
  },
  {
    ...{ verb: "deposit", act: "cash", outcomes: ALWAYS },
    changes: (s) => [put(s.id("bob"), "USDC", USDC)(s)],
  },
  {
    ...{ verb: "deposit", act: "more collateral, in call", outcomes: ALWAYS },
    changes: (s) => [put(s.id("alice", 2n), "ETH", WAD)(s)],
  },
  {
    ...{ verb: "withdraw", act: "a little of what one has", outcomes: ALWAYS },
    changes: (s) => [take(s, s.id("alice"), "ETH", WAD)],
  },
  {
    ...{ verb: "withdraw", act: "a little of what one lends", outcomes: ALWAYS },
    changes: (s) => [take(s, s.id("bob"), "USDC", 1_000n * USDC)],
  },
  {
    ...{ verb: "withdraw", act: "more than may leave in an hour", outcomes: EXIT },
    changes: (s) => [take(s, s.id("alice"), "ETH", 30n * WAD)],
  },
  {
    verb: "withdraw",
    act: "what the account's IM needs",
    outcomes: ["MarginTooLow", "MarginTooLow", "MarginTooLow"],
    changes: (s) => [take(s, s.id("dave"), "ETH", WAD)],
  },
  {
    ...{ verb: "withdraw", act: "cash one does not have, which is borrowing", outcomes: RISK },
    changes: (s) => [borrow(s.id("alice"), USDC)],
  },
  {
    ...{ verb: "transfer", act: "an asset, as much as IM lets", outcomes: ALWAYS },
    changes: (s) => [give(s, ways(s), "ETH", 30n * WAD)],
  },
  {
    ...{ verb: "transfer", act: "cash one has", outcomes: ALWAYS },
    changes: (s) => [give(s, [s.id("bob"), s.id("alice")], "USDC", 5_000n * USDC)],
  },
  {
    ...{ verb: "transfer", act: "cash one does not have", outcomes: RISK },
    changes: (s) => [give(s, ways(s), "USDC", USDC)],
  },
  {
    ...{ verb: "repay", act: "a debt", outcomes: ALWAYS },
    changes: (s) => [{ verb: "repay", account: s.id("alice"), amount: 500n * USDC }],
  },
  {
    ...{ verb: "repay", act: "a debt, in call, by a stranger", outcomes: ALWAYS },
    changes: (s) => [
      {
        ...{ verb: "repay", account: s.id("alice", 2n), amount: 500n * USDC },
        by: { address: s.market.carol.account.address },
      },
    ],
  },
];

const CHOICES: readonly Row[] = [
  {
    ...{ verb: "setOperator", act: "to anyone, or to no one", outcomes: ALWAYS },
    does: ({ market, id }) =>
      market.clearinghouse.write.setOperator(
        [id("alice"), market.bob.account.address, Scope.Trade, 2 ** 32, 0n],
        { account: market.alice.account },
      ),
  },
  {
    ...{ verb: "setOperatorBySignature", act: "the same, signed", outcomes: ALWAYS },
    does: async ({ market, id, timestamp, snapshot }) => {
      const grant = {
        ...{ account: id("alice"), operator: market.bob.account.address, scopes: Scope.Trade },
        ...{ expiry: 2 ** 32, lossLimit: 0n, nonce: 0n, deadline: BigInt(timestamp + 600) },
      };
      const domain = orderDomain(market.pool, snapshot.chainId);
      const signature = await signGrant(market.alice as never, grant, domain);
      await market.clearinghouse.write.setOperatorBySignature([grant, signature]);
    },
  },
  {
    ...{ verb: "setGrace", act: "more time, for more margin", outcomes: ALWAYS },
    changes: (s) => [{ verb: "setGrace", account: s.id("alice"), tier: 1 }],
  },
  {
    ...{ verb: "setGrace", act: "less time, for less margin", outcomes: RISK },
    changes: (s) => [{ verb: "setGrace", account: s.id("alice", 1n), tier: 1 }],
  },
  {
    ...{ verb: "setSponsor", act: "who may top up for a fee", outcomes: ALWAYS },
    changes: (s) => [
      {
        ...{ verb: "setSponsor", account: s.id("alice"), fee: 1_000_000 },
        sponsor: s.market.bob.account.address,
      },
    ],
  },
];

const BATCHES: readonly Row[] = [
  {
    ...{ verb: "batch", act: "what works by itself", outcomes: ALWAYS },
    changes: (s) => [
      put(s.id("alice"), "ETH", WAD)(s),
      { verb: "repay", account: s.id("alice"), amount: USDC },
    ],
  },
  {
    ...{ verb: "batch", act: "more than may leave in an hour, in two parts", outcomes: EXIT },
    changes: (s) => [15n, 15n].map((n) => take(s, s.id("alice"), "ETH", n * WAD)),
  },
  {
    ...{ verb: "batch", act: "borrowing, and paying back at the end", outcomes: RISK },
    changes: (s) => [
      borrow(s.id("alice"), USDC),
      { verb: "repay", account: s.id("alice"), amount: 2n * USDC },
    ],
  },
  {
    ...{ verb: "batch", act: "collateral moved elsewhere, and borrowing there", outcomes: RISK },
    changes: (s) => [give(s, ways(s), "ETH", WAD), borrow(s.id("alice", 1n), USDC)],
  },
  {
    ...{ verb: "batchReducing", act: "what leaves an account in call no worse", outcomes: ALWAYS },
    reducing: (s) => s.id("alice", 2n),
    changes: (s) => [
      { verb: "repay", account: s.id("alice", 2n), amount: 500n * USDC },
      take(s, s.id("alice", 2n), "ETH", WAD),
    ],
  },
  {
    ...{ verb: "batchReducing", act: "the same, for more than an hour's share", outcomes: EXIT },
    reducing: (s) => s.id("alice", 2n),
    changes: (s) => [
      { verb: "repay", account: s.id("alice", 2n), amount: 13_000n * USDC },
      take(s, s.id("alice", 2n), "ETH", 30n * WAD),
    ],
  },
  {
    ...{ verb: "batchReducing", act: "borrowing against more collateral", outcomes: RISK },
    reducing: (s) => s.id("alice"),
    changes: (s) => [put(s.id("alice"), "ETH", WAD)(s), borrow(s.id("alice"), USDC)],
  },
];

/** Bob, who is long, sells to carol, who is short. */
const closing = (s: Stage) =>
  ({ seller: s.id("bob"), buyer: s.id("carol"), size: 5n * WAD }) as const;

const TRADES: readonly Row[] = [
  {
    ...{ verb: "settle", act: "a fill by which both reduce, sent so", outcomes: ALWAYS },
    changes: (s) => settled(s, { ...closing(s), buys: REDUCING, sells: REDUCING }),
  },
  {
    ...{ verb: "settle", act: "the same, but one does not say so", outcomes: RISK },
    changes: (s) => settled(s, { ...closing(s), buys: REDUCING }),
  },
  {
    ...{ verb: "settle", act: "a fill by which one passes its position on", outcomes: NO_LESS },
    changes: (s) =>
      settled(s, { ...closing(s), buyer: s.id("alice"), buys: REDUCING, sells: REDUCING }),
  },
  {
    ...{ verb: "settle", act: "a fill that opens", outcomes: RISK },
    changes: (s) => settled(s, { buyer: s.id("bob"), seller: s.id("carol"), size: WAD }),
  },
  {
    ...{ verb: "cancel", act: "orders", outcomes: ALWAYS },
    changes: async (s) => [{ verb: "cancel", orders: [(await s.fillOf(closing(s))).maker] }],
  },
  {
    ...{ verb: "cancelBelow", act: "all orders so far", outcomes: ALWAYS },
    changes: (s) => [{ verb: "cancelBelow", account: s.id("bob"), counter: 5n }],
  },
  {
    ...{ verb: "settleExpired", act: "anyone's positions", outcomes: ALWAYS },
    changes: (s) => [{ verb: "settleExpired", account: s.id("bob") }],
  },
  {
    ...{ verb: "settleExpiries", act: "what has expired of a factor", outcomes: ALWAYS },
    changes: () => [{ verb: "settleExpiries", factor: 2 }],
  },
];

const KEEPING: readonly Row[] = [
  {
    ...{ verb: "observe", act: "rounds", outcomes: ALWAYS },
    changes: (s) => [{ verb: "observe", factor: 2, maxRounds: 8, by: s.market.alice.account }],
  },
  {
    ...{ verb: "observeRate", act: "what cash is worth", outcomes: ALWAYS },
    changes: () => [{ verb: "observeRate", asset: CASH }],
  },
  {
    ...{ verb: "accrue", act: "interest", outcomes: ALWAYS },
    changes: () => [{ verb: "accrue" }],
  },
  {
    ...{ verb: "call", act: "an account that is short", outcomes: ALWAYS },
    changes: (s) => [{ verb: "call", account: s.id("dave") }],
  },
  {
    ...{ verb: "bid", act: "for a slice", outcomes: ALWAYS },
    changes: (s) => [{ verb: "bid", offer: offer(s.id("dave", 2n), s.id("bob"), WAD) }],
  },
  {
    ...{ verb: "bid", act: "for a slice that leaves the bidder deeper in debt", outcomes: ALWAYS },
    changes: (s) => [{ verb: "bid", offer: offer(s.id("dave", 2n), s.id("alice"), WAD / 5n) }],
  },
  {
    ...{ verb: "takeOver", act: "what no one bid for", outcomes: ALWAYS },
    changes: (s) => [{ verb: "takeOver", account: s.id("dave", 1n), backstopAccount: HEIR }],
  },
];

export const ROWS: readonly Row[] = [...MOVES, ...CHOICES, ...BATCHES, ...TRADES, ...KEEPING];
