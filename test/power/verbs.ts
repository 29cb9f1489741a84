import { encodeFunctionData, type Hex } from "viem";

import { Level } from "../../sdk/logic/locks.ts";
import { idOf, withdraw, type Local } from "../fixtures/margin.ts";
import { meet, settle } from "../fixtures/market.ts";
import { perp, type Trading } from "../fixtures/trading.ts";
import { openAuction, openCall, openSponsored, openTrading, openUnsold, otherOf } from "./stage.ts";
import { type Stage, wholeOf } from "./stage.ts";

/** An act, and from which level of the lock on it is refused. */
export interface Tried {
  readonly verb: string;
  readonly what: string;
  readonly refusedFrom?: 1 | 2;
  readonly error?: "PoolLocked" | "ExitLimited";
  readonly open: () => Promise<Stage>;
  readonly act: (stage: never) => Promise<unknown>;
}

type Act<L extends Local = Local> = (stage: Stage<L>) => Promise<unknown>;

const trading = (verb: string, what: string, act: Act<Trading>): Tried => ({
  ...{ verb, what, open: openTrading, act },
});
const refused = (tried: Tried): Tried => ({ ...tried, refusedFrom: 1, error: "PoolLocked" });
const limited = (tried: Tried): Tried => ({ ...tried, refusedFrom: 2, error: "ExitLimited" });

const usdcOf = ({ pool }: Local) => pool.tokens["USDC"]!;
const ethOf = ({ pool }: Local) => pool.tokens["ETH"]!;
const byAlice = ({ alice }: Local) => ({ account: alice.account });

function encoded(local: Local, functionName: string, args: readonly unknown[]): Hex {
  return encodeFunctionData({ abi: local.clearinghouse.abi, functionName, args } as never);
}

/** Orders are signed by which alice buys a unit of the perp more, or sells one of hers. */
async function openFill(size: number, reducing: boolean): Promise<Stage<Trading>> {
  const { local, id } = await openTrading();
  const wish = { instrument: perp(2), size: 1, price: 2_000, reducing };
  const [buyer, seller] = size > 0 ? [local.alice, local.bob] : [local.bob, local.alice];
  return { local, id, fill: await meet(local, buyer, seller, wish, { reducing }) };
}

/** Alice has the tier of half an hour. */
async function openPatient(): Promise<Stage<Trading>> {
  const stage = await openTrading();
  await stage.local.clearinghouse.write.setGrace([stage.id, 1], byAlice(stage.local));
  return stage;
}

/** Every verb, and what of it a guardian may stop. */
export const VERBS: readonly Tried[] = [
  trading("deposit", "collateral, or cash to lend", ({ local }) =>
    local.deposit(local.alice, "ETH", 1),
  ),
  {
    ...{ verb: "deposit", what: "a top-up of an account in call", open: openCall },
    async act({ local, id }: Stage) {
      await local.clearinghouse.write.call([id]);
      await local.deposit(local.alice, "USDC", 3_000);
    },
  },
  {
    ...{ verb: "deposit", what: "a sponsor's top-up, and its fee", open: openSponsored },
    async act({ local, id }: Stage) {
      await local.clearinghouse.write.call([id]);
      await local.fund(local.carol, "USDC", 15_000);
      const args = [id, usdcOf(local), local.units("USDC", 15_000)] as const;
      await local.clearinghouse.write.deposit(args, { account: local.carol.account });
      if ((await local.clearinghouse.read.cashOf([idOf(local.carol)])) === 0n)
        throw new Error("unpaid");
    },
  },
  trading("repay", "a debt, by anyone", async ({ local }) => {
    await local.fund(local.bob, "USDC", 100);
    const amount = local.units("USDC", 100);
    await local.clearinghouse.write.repay([idOf(local.carol), amount], {
      account: local.bob.account,
    });
  }),
  trading("withdraw", "what IM leaves free, a little of what the pool holds", ({ local }) =>
    withdraw(local, local.alice, "ETH", 1),
  ),
  limited(
    trading("withdraw", "a large share of what the pool holds, at once", ({ local }) =>
      withdraw(local, local.alice, "ETH", 5),
    ),
  ),
  refused(
    trading("withdraw", "cash that one does not have: a loan", ({ local }) =>
      withdraw(local, local.carol, "USDC", 10),
    ),
  ),
  trading("transfer", "what one has, between accounts", async ({ local, id }) =>
    local.clearinghouse.write.transfer(
      [id, otherOf(local), usdcOf(local), 1_000_000n],
      byAlice(local),
    ),
  ),
  refused(
    trading("transfer", "cash that one does not have", async ({ local }) =>
      local.clearinghouse.write.transfer(
        [idOf(local.carol), otherOf(local), usdcOf(local), 1_000_000n],
        {
          account: local.carol.account,
        },
      ),
    ),
  ),
  trading("setOperator", "and its revocation", ({ local, id }) =>
    local.clearinghouse.write.setOperator(
      [id, local.bob.account.address, 2, 0, 0n],
      byAlice(local),
    ),
  ),
  trading("setGrace", "a longer grace, for more margin", ({ local, id }) =>
    local.clearinghouse.write.setGrace([id, 1], byAlice(local)),
  ),
  refused({
    ...trading("setGrace", "a shorter grace, for less margin", ({ local, id }) =>
      local.clearinghouse.write.setGrace([id, 0], byAlice(local)),
    ),
    open: openPatient,
  }),
  trading("setSponsor", "and its removal", ({ local, id }) =>
    local.clearinghouse.write.setSponsor([id, local.bob.account.address, 0], byAlice(local)),
  ),
  {
    ...trading("settle", "a fill after which both sides have less risk", ({ local, fill }) =>
      settle(local, [fill!]),
    ),
    open: () => openFill(-1, true),
  },
  refused({
    ...trading("settle", "any other fill", ({ local, fill }) => settle(local, [fill!])),
    open: () => openFill(1, false),
  }),
  trading("cancel", "orders", async ({ local }) => {
    const wish = { instrument: perp(2), size: 1, price: 2_000 };
    const { taker } = await meet(local, local.alice, local.bob, wish);
    await local.clearinghouse.write.cancel([[taker]], byAlice(local));
  }),
  trading("cancelBelow", "orders below a counter", ({ local, id }) =>
    local.clearinghouse.write.cancelBelow([id, 7n], byAlice(local)),
  ),
  trading("settleExpired", "profit and loss, by anyone", ({ local, id }) =>
    local.clearinghouse.write.settleExpired([id]),
  ),
  trading("settleExpiries", "the price of what has expired", ({ local }) =>
    local.clearinghouse.write.settleExpiries([2n]),
  ),
  trading("batch", "verbs that each may", async ({ local, id }) => {
    const to = local.alice.account.address;
    const out = encoded(local, "withdraw", [id, usdcOf(local), 1_000_000n, to]);
    await local.clearinghouse.write.batch([[out]], byAlice(local));
  }),
  refused(
    trading("batch", "with a loan in it", async ({ local }) => {
      const { address } = local.carol.account;
      const loan = encoded(local, "withdraw", [
        ...[idOf(local.carol), usdcOf(local), 1_000_000n, address],
      ]);
      await local.clearinghouse.write.batch([[loan]], { account: address });
    }),
  ),
  trading("batchReducing", "a debt repaid out of collateral sold elsewhere", async ({ local }) => {
    await local.fund(local.carol, "USDC", 400);
    const [id, { address }] = [idOf(local.carol), local.carol.account];
    const repay = encoded(local, "repay", [id, local.units("USDC", 400)]);
    const out = encoded(local, "withdraw", [id, ethOf(local), local.units("ETH", "0.1"), address]);
    await local.clearinghouse.write.batchReducing([id, [repay, out]], { account: address });
  }),
  trading("observe", "rounds", ({ local }) => local.clearinghouse.write.observe([2n, 8n])),
  trading("observeRate", "a rate", ({ local }) => local.clearinghouse.write.observeRate([0x0201])),
  trading("accrue", "interest", ({ local }) => local.clearinghouse.write.accrue()),
  {
    ...{ verb: "call", what: "an account below maintenance", open: openCall },
    act: ({ local, id }: Stage) => local.clearinghouse.write.call([id]),
  },
  {
    ...{ verb: "bid", what: "for an account in auction", open: openAuction },
    act: (stage: Stage) =>
      stage.local.clearinghouse.write.bid([wholeOf(stage)], { account: stage.local.carol.account }),
  },
  {
    ...{ verb: "takeOver", what: "what no one bid for", open: openUnsold },
    act: ({ local, id }: Stage) => local.clearinghouse.write.takeOver([id]),
  },
  trading("lock", "tighter, by the guardian", ({ local }) =>
    local.clearinghouse.write.lock([Level.SlowExit]),
  ),
  trading("setFactor", "and every other parameter, by whoever governs", async ({ local }) => {
    const [params] = await local.clearinghouse.read.factorOf([2n]);
    await local.clearinghouse.write.setFactor([2n, params]);
  }),
];
