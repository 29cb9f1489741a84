import { join } from "node:path";

import type { NetworkConnection } from "hardhat/types/network";
import { encodeFunctionData, type Hash } from "viem";

import { authorityAbi } from "../../sdk/generated/authorityAbi.ts";
import { requireCode } from "../../sdk/actions/code.ts";
import { decodeError } from "../../sdk/errors/index.ts";
import { readParams } from "../../sdk/files/params.ts";
import type { Pool } from "../../sdk/types/Pool.ts";
import { callOf, changesOf, type Change } from "./changes.ts";
import { RefusedSetting } from "./errors.ts";
import { FOLDER, openNetwork, paramsFile, requireKnown } from "./deployNetwork.ts";
import type { NetworkDeployment } from "./deployNetwork.ts";
import { readPool } from "./poolRecord.ts";
import { requireDecimals } from "./requireThere.ts";
import { dueOf, accountHealthOf, type Operation, type AccountHealth } from "./queue.ts";

/** Parameters for a pool that stands. */
export interface ParamsOptions extends NetworkDeployment {
  readonly send?: boolean; // what differs; it is only shown otherwise
}

type Log = (line: string) => void;

/**
 * Shows what of a network's parameters its pool has otherwise, and sends it if asked to. A sender who has
 * to wait queues each change, and applies it when run again once it is due. Whoever was interrupted runs
 * it again: what was sent differs no more, and what is queued is not queued twice.
 *
 * @throws UnknownNetwork, NoSuchOracle, OtherDecimals, NotThere, Invalid, MalformedJson, FileRefused; RefusedSetting with the
 * chain's own words
 */
export async function applyParams(options: ParamsOptions, log: Log): Promise<readonly Change[]> {
  const { network: name, records = name, send = false } = options;
  requireKnown(name);
  const params = readParams(options.params ?? paramsFile(name));
  const pool = readPool(join(FOLDER, records, "pool.json"));
  const connection = await openNetwork(options);
  try {
    const client = await connection.viem.getPublicClient();
    const [wallet] = await connection.viem.getWalletClients();
    const { address } = wallet!.account;
    await requireDecimals(client, params, pool.tokens);
    const changes = await changesOf(client, pool, params, address);
    for (const { id, differences } of changes) {
      for (const one of differences) log(`${id.padEnd(20)} ${one.name}: ${one.from} → ${one.to}`);
    }
    log(changes.length === 0 ? "the chain has these parameters" : `${changes.length} to send`);
    const ext = { connection, pool, log };
    await (send ? sendAll(ext, changes) : showQueue(ext, changes));
    return changes;
  } finally {
    await connection.close();
  }
}

/** Where changes are sent from. */
interface ClearinghouseExt {
  readonly connection: NetworkConnection;
  readonly pool: Pool;
  readonly log: Log;
}

async function showQueue(ext: ClearinghouseExt, changes: readonly Change[]): Promise<void> {
  const client = await ext.connection.viem.getPublicClient();
  for (const change of changes) {
    const accountHealth = await accountHealthOf(client, await operationOf(ext, change));
    if (accountHealth.stage !== "free") ext.log(`${change.id.padEnd(20)} ${said(accountHealth)}`);
  }
}

async function sendAll(ext: ClearinghouseExt, changes: readonly Change[]): Promise<void> {
  let waits = false; // later settings rest on earlier ones
  for (const [i, change] of changes.entries()) {
    const done: Done = await sendOne(ext, change, waits).catch((error: unknown) => {
      throw new RefusedSetting(change.id, i, changes.length, decodeError(error));
    });
    waits ||= done.waits;
    ext.log(`${done.verb} ${i + 1}/${changes.length} ${change.id}${done.more}`);
  }
}

/** What became of a change. */
interface Done {
  readonly verb: string;
  readonly more: string;
  readonly waits: boolean; // what comes after it does, too
}

/** Sends a change at once, queues it, or applies it if it is due and nothing before it waits. */
async function sendOne(ext: ClearinghouseExt, change: Change, waits: boolean): Promise<Done> {
  const client = await ext.connection.viem.getPublicClient();
  const operation = await operationOf(ext, change);
  const accountHealth = await accountHealthOf(client, operation);
  if (accountHealth.stage === "free") {
    await transact(ext, operation.call);
    return { verb: "sent", more: "", waits: false };
  }
  if (accountHealth.stage === "due" && !waits) {
    await transact(ext, asked(operation, "execute"));
    return { verb: "applied", more: "", waits: false };
  }
  if (accountHealth.stage === "due")
    return { verb: "due", more: ": waits for those before", waits };
  if (accountHealth.stage === "queued")
    return { verb: "waits", more: `: ${said(accountHealth)}`, waits: true };
  await transact(ext, asked(operation, "schedule"));
  const due = dayOf(await dueOf(client, operation));
  const again = accountHealth.stage === "expired" ? "; it had expired" : "";
  return { verb: "queued", more: `, due ${due}${again}`, waits: true };
}

async function operationOf(
  { connection, pool }: ClearinghouseExt,
  change: Change,
): Promise<Operation> {
  const [wallet] = await connection.viem.getWalletClients();
  const { authority } = pool;
  return { authority, sender: wallet!.account.address, call: callOf(pool, change) };
}

/** An operation as the authority is asked for it. */
function asked({ authority, call }: Operation, verb: "schedule" | "execute"): Operation["call"] {
  const data =
    verb === "schedule"
      ? encodeFunctionData({ abi: authorityAbi, functionName: verb, args: [call.to, call.data, 0] })
      : encodeFunctionData({ abi: authorityAbi, functionName: verb, args: [call.to, call.data] });
  return { to: authority, data };
}

/** Asks before it sends: a refusal costs nothing, and comes in the chain's words. */
async function transact({ connection }: ClearinghouseExt, call: Operation["call"]): Promise<Hash> {
  const client = await connection.viem.getPublicClient();
  const [wallet] = await connection.viem.getWalletClients();
  await requireCode(client, call.to);
  await client.call({ ...call, account: wallet!.account });
  const hash = await wallet!.sendTransaction(call);
  await client.waitForTransactionReceipt({ hash });
  return hash;
}

function said(accountHealth: AccountHealth): string {
  if (accountHealth.stage === "queued") return `queued, due ${dayOf(accountHealth.due)}`;
  if (accountHealth.stage === "due") return "queued and due";
  return accountHealth.stage === "expired" ? "expired before it was applied" : "to be queued";
}

function dayOf(time: number): string {
  return new Date(time * 1_000).toISOString().replace(".000", "");
}
