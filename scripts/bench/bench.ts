import { keccak256, type Address, type Hex } from "viem";

import type { Params } from "../../sdk/params/params.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { accountOf } from "../../sdk/logic/accounts.ts";
import { marginOf } from "../../sdk/logic/margin.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { marketOf } from "../../sdk/sim/tape/market.ts";
import { openWorld } from "../replay/World.ts";
import { shippedTape } from "../../sdk/sim/tape/shipped.ts";

/** How often something ran in a second, and as a share of keccak256 of 32 bytes. */
export interface Rate {
  readonly name: string;
  readonly perSecond: number;
  readonly perKeccak: number;
}

/** Seconds that pass, as whoever measures counts them. */
export type Clock = () => number;

const BATCH = 32; // runs between two looks at the clock

interface Task {
  readonly name: string;
  run(): unknown;
}

/** What is measured on. */
export interface BenchPool {
  readonly snapshot: Snapshot;
  readonly ids: readonly AccountId[];
  readonly token: Address; // of cash
}

/** A pool with accounts that owe, and accounts that hold perps, futures and options. */
export async function benchPool(params: Params, accounts: number): Promise<BenchPool> {
  const market = marketOf(shippedTape("march-2020"), params);
  const world = await openWorld({ market, params, accounts, seed: 1, onProgress: () => {} });
  const ids = world.owners.map(({ id }) => id);
  const snapshot = await getSnapshot(world.chain.client, { pool: world.chain.pool, accounts: ids });
  await world.chain.connection.close();
  return { snapshot, ids, token: world.chain.pool.tokens[world.cash]! };
}

/** Previews and margins per second on a snapshot, and keccaks beside. */
export function benchSnapshot(pool: BenchPool, seconds: number, clock: Clock): Rate[] {
  const counted = [KECCAK, ...tasksOf(pool)].map(({ name, run }) => ({
    name,
    perSecond: rateOf(run, seconds, clock),
  }));
  const keccaks = counted[0]!.perSecond;
  return counted.map((rate) => ({ ...rate, perKeccak: rate.perSecond / keccaks }));
}

const WORD: Hex = `0x${"5a".repeat(32)}`;
const KECCAK: Task = { name: "keccak256 of 32 bytes", run: () => keccak256(WORD) };

/** For the largest loan alone, and for the account with the most positions. */
function tasksOf({ snapshot, ids, token }: BenchPool): Task[] {
  const { timestamp } = snapshot.block;
  const held = (id: AccountId) => accountOf(snapshot, id).positions.length;
  const owed = (id: AccountId) => -Number(accountOf(snapshot, id).principal);
  const book = ids.toSorted((a, b) => held(b) - held(a))[0]!;
  const plain = ids.filter((id) => held(id) === 0);
  const debtor = plain.toSorted((a, b) => owed(b) - owed(a))[0]!;
  const kinds: [what: string, account: AccountId][] = [
    ["of collateral and a loan", debtor],
    [`with ${held(book)} perps, futures and options`, book],
  ];
  return kinds.flatMap(([what, account]): Task[] => [
    { name: `margin ${what}`, run: () => marginOf(snapshot, account, timestamp) },
    {
      name: `preview of a deposit ${what}`,
      run: () => accepted(snapshot, { verb: "deposit", account, token, amount: 1n }),
    },
    {
      name: `preview of a borrow ${what}`,
      run: () => accepted(snapshot, { verb: "borrow", account, amount: 1n }),
    },
  ]);
}

/** @throws what the chain would refuse with: a refusal is no measure of a preview */
function accepted(snapshot: Snapshot, change: Change): void {
  const previewed = preview(snapshot, [change], { timestamp: snapshot.block.timestamp });
  if (!previewed.ok) throw previewed.error;
}

/** Runs a task for so many seconds, after a warm-up of a tenth of them. */
function rateOf(run: Task["run"], seconds: number, clock: Clock): number {
  repeat(run, seconds / 10, clock);
  const { runs, took } = repeat(run, seconds, clock);
  return runs / took;
}

function repeat(run: () => unknown, seconds: number, clock: Clock) {
  const start = clock();
  let [runs, took] = [0, 0];
  while (took < seconds) {
    for (let i = 0; i < BATCH; i++) run();
    runs += BATCH;
    took = clock() - start;
  }
  return { runs, took };
}

/** The rates as a table. */
export function benchText(rates: readonly Rate[]): string {
  const width = Math.max(...rates.map(({ name }) => name.length));
  const row = (name: string, count: string, share: string) =>
    `${name.padEnd(width)}  ${count.padStart(10)}  ${share.padStart(10)}`;
  return [
    row("", "per second", "per keccak"),
    ...rates.map(({ name, perSecond, perKeccak }) =>
      row(name, perSecond.toFixed(0), perKeccak.toPrecision(3)),
    ),
  ].join("\n");
}
