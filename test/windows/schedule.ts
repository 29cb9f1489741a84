import type { Change } from "../../sdk/preview/Change.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { attempt } from "../../sdk/state/attempt.ts";
import { cashOf } from "../../sdk/state/cash.ts";
import { quoteOf } from "../../sdk/state/quotes.ts";
import { BallastError } from "../../sdk/errors/index.ts";
import { ownerOf, type AccountId } from "../../sdk/types/Ids.ts";
import { REDUCING } from "../../sdk/types/Order.ts";
import { fillOf, signed } from "../fixtures/trading.ts";
import type { Windows } from "./pools.ts";

// What owners and strangers do from an hour before an expiry until two hours after it.

const WAD = 10n ** 18n;

/** One act: what is sent, and for which account it is sent as reducing. */
export interface Act {
  readonly changes: readonly Change[];
  readonly reducing?: AccountId;
}

export interface Asked {
  readonly windows: Windows;
  readonly random: Random;
  readonly snapshot: Snapshot;
  readonly timestamp: number;
}

const chance = (random: Random, share: number) => random.uniform() < share;

/** An act of somebody, mostly such as may be. */
export async function drawAct(asked: Asked): Promise<Act> {
  const { windows, random } = asked;
  const account = random.pick(windows.accounts);
  const lot = random.integer(20);
  if (lot < 9) return { changes: [await drawFill(asked)] };
  if (lot < 11) return { changes: [depositOf(asked, account, 1 + random.integer(500))] };
  if (lot < 13) return { changes: [withdrawOf(asked, account)] };
  if (lot === 13) return batchOf(asked, account);
  if (lot === 14) return { changes: [{ verb: "call", account, by: windows.local.dave.account }] };
  if (lot === 15) return { changes: [{ verb: "settleExpired", account }] };
  if (lot === 16) return { changes: [{ verb: "settleExpiries", factor: windows.factor }] };
  if (lot === 17) return { changes: [repayOf(asked, account)] };
  const maxRounds = 1 + random.integer(4);
  const by = windows.local.dave.account;
  return { changes: [{ verb: "observe", factor: windows.factor, maxRounds, by }] };
}

/** A trade of two of the accounts at the mark, about it, or at an edge of its band. */
async function drawFill({ windows, random, snapshot, timestamp }: Asked): Promise<Change> {
  const [one, other] = random.shuffle(windows.accounts) as [AccountId, AccountId];
  const dated = timestamp < windows.expiry ? windows.instruments : [windows.instruments[1]!];
  const instrument = random.pick([dated[0]!, ...dated]);
  const found = attempt(() => quoteOf(snapshot, instrument, timestamp));
  const { low, mark, high } =
    found instanceof BallastError ? { low: WAD, mark: WAD, high: WAD } : found;
  const price = random.pick([mark, mark, mark, (mark + high) / 2n, low, high]);
  const held = snapshot.accounts[one]!.positions.find((p) => p.instrument === instrument)?.size;
  const closes = held !== undefined && chance(random, 0.5);
  const value = 10 ** (3 + random.uniform() * 3.5); // USD, up to three millions
  const units = BigInt(Math.round((value / windows.first) * 1e6)) * 10n ** 12n;
  const size = closes ? -held : chance(random, 0.5) ? units : -units;
  const flags = chance(random, 0.3) ? REDUCING : 0;
  const wish = { instrument, price: decimal(price), reducing: flags !== 0 };
  const maker = await signedBy(windows, other, { ...wish, size: decimal(-size), maker: true });
  const taker = await signedBy(windows, one, { ...wish, size: decimal(size) });
  const by = windows.local.dave.account;
  return { verb: "settle", fills: [fillOf(maker, taker)], atomic: true, by };
}

function decimal(wads: bigint): string {
  const [whole, rest] = [wads / WAD, (wads < 0n ? -wads : wads) % WAD];
  const sign = wads < 0n && whole === 0n ? "-" : "";
  return `${sign}${whole}.${rest.toString().padStart(18, "0")}`;
}

type Wish = Parameters<typeof signed>[2];

function signedBy({ local }: Windows, account: AccountId, wish: Wish) {
  const actor = [local.alice, local.bob].find(
    (one) => one.account.address.toLowerCase() === ownerOf(account),
  )!;
  return signed(local, actor, { ...wish, account });
}

function depositOf({ windows }: Asked, account: AccountId, usd: number): Change {
  const token = windows.local.pool.tokens["USDC"]!;
  return { verb: "deposit", account, token, amount: BigInt(usd) * 10n ** 6n };
}

/** Some of what cash there is, or more than that. */
function withdrawOf({ windows, random, snapshot, timestamp }: Asked, account: AccountId): Change {
  const cash = cashOf(snapshot, account, timestamp) / 10n ** 12n;
  const part = BigInt(20 + random.integer(90));
  const amount = cash > 0n ? (cash * part) / 100n + 1n : BigInt(1 + random.integer(10 ** 10));
  return { verb: "withdraw", account, token: windows.local.pool.tokens["USDC"]!, amount };
}

function repayOf({ random }: Asked, account: AccountId): Change {
  return { verb: "repay", account, amount: BigInt(1 + random.integer(10 ** 9)) };
}

/** Of one account, sent as reducing or not. */
function batchOf(asked: Asked, account: AccountId): Act {
  const changes = [depositOf(asked, account, 1), withdrawOf(asked, account)];
  return chance(asked.random, 0.5) ? { changes, reducing: account } : { changes };
}
