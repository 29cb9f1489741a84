import { Command, InvalidArgumentError, Option } from "commander";
import { pino } from "pino";
import { BaseError, createClient, createPublicClient, http, parseEther } from "viem";
import type { Hex } from "viem";
import { privateKeyToAccount, type PrivateKeyAccount } from "viem/accounts";

import { readPool } from "./deploy/poolRecord.ts";
import { hideKeys } from "./hideKeys.ts";
import { checkpointFile } from "../sdk/keeper/checkpointFile.ts";
import { chainWorld, describe, dryWorld, run, tick, wordsOf } from "../sdk/keeper/index.ts";
import type { Outcome, World } from "../sdk/keeper/index.ts";
import { InputError } from "../sdk/params/errors.ts";
import { accountId } from "../sdk/types/Ids.ts";

interface Options {
  readonly rpc: string;
  readonly pool: string;
  readonly once?: true;
  readonly dryRun?: true;
  readonly interval: number;
  readonly receiver: bigint;
  readonly minProfit: bigint;
  readonly capital: bigint;
  readonly fromBlock: bigint;
  readonly checkpoint?: string;
}

hideKeys();

const options = new Command("keeper")
  .description("Observe, call and bid in a pool. Signs with the key in the variable KEEPER_KEY.")
  .requiredOption("--rpc <url>", "a JSON-RPC node")
  .requiredOption("--pool <pool>", "a pool.json, or the name of a deployment")
  .option("--once", "one look, then end")
  .option("--dry-run", "decide and record, but send nothing")
  .addOption(read("--interval <seconds>", "between two looks", seconds, 12))
  .addOption(read("--receiver <index>", "of the keeper's account that bids", index, 0n))
  .addOption(read("--min-profit <usd>", "of a bid", usd, parseEther("5")))
  .addOption(read("--capital <cash>", "to pay for slices in one look", usd, parseEther("100000")))
  .addOption(read("--from-block <number>", "where discovery begins", whole, 0n))
  .option("--checkpoint <file>", "where discovery is kept between two runs")
  .parse()
  .opts<Options>();

function read<T>(flags: string, text: string, parse: (value: string) => T, fallback: T): Option {
  return new Option(flags, text).argParser(parse).default(fallback, String(fallback));
}

function whole(text: string): bigint {
  if (/^\d+$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError("expected a whole number");
}

function index(text: string): bigint {
  if (whole(text) < 2n ** 96n) return BigInt(text);
  throw new InvalidArgumentError("expected an index of at most 96 bits");
}

function usd(text: string): bigint {
  if (/^\d+(\.\d+)?$/.test(text)) return parseEther(text);
  throw new InvalidArgumentError("expected an amount");
}

function seconds(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected seconds");
}

/** @throws InputError that does not say what was found */
function signer(): PrivateKeyAccount {
  try {
    return privateKeyToAccount((process.env["KEEPER_KEY"] ?? "0x") as Hex);
  } catch {
    throw new InputError("KEEPER_KEY: expected a private key of 32 bytes, 0x first");
  }
}

const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, process.stdout);

function log(outcome: Outcome) {
  const record = describe(outcome);
  if ("failed" in outcome) logger.warn(record);
  else logger.info(record);
}

try {
  const account = signer();
  const transport = http(options.rpc);
  const file = options.pool.endsWith(".json")
    ? options.pool
    : `deployments/${options.pool}/pool.json`;
  const { minProfit, capital } = options;
  const receiver = accountId(account.address, options.receiver);
  const world = chainWorld({
    ...{ pool: readPool(file), log, clock: () => Math.floor(Date.now() / 1_000) },
    policy: { receiver, minProfit, capital, pokeAfter: 60, observeFrom: 1 },
    reader: createPublicClient({ transport }),
    writer: createClient({ account, transport, experimental_blockTag: "pending" }),
    ...checkpointFile(options.checkpoint, options.fromBlock),
  });
  const chosen = options.dryRun ? dryWorld(world) : world;
  logger.info({ pool: file, receiver }, "keeper begins");
  if (options.once) await tick(chosen);
  else await work(chosen);
  logger.info("keeper ends");
} catch (error) {
  if (error instanceof InputError) console.error(error.message);
  else complain(error);
  process.exitCode = 1;
}

async function work(world: World) {
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => ending.abort());
  await run(world, { ...options, signal: ending.signal, onError: complain });
}

/** Of what viem says, not the request: it can be long. */
function complain(error: unknown) {
  if (error instanceof BaseError) logger.error(wordsOf(error));
  else logger.error(error);
}
