import { join } from "node:path";

import { makeFolder, requireWritable, writeJson, writeText } from "../../sdk/files/json.ts";
import { readParams } from "../../sdk/files/params.ts";
import type { Params } from "../../sdk/params/params.ts";
import { openTape, type OpenOptions } from "../../sdk/sim/tape/open.ts";
import { mostEventful } from "./EventLog.ts";
import { marketOf, type Market } from "../../sdk/sim/tape/market.ts";
import { replay } from "./replay.ts";
import { figuresOf, reportOf } from "./report.ts";
import { storyOf } from "./story.ts";
import type { Progress } from "./World.ts";

/** What `npm start` was asked for. */
export interface RunOptions extends OpenOptions {
  readonly params: string; // file
  readonly accounts: number;
  readonly beta?: number | undefined;
  readonly unlisted?: boolean | undefined; // a series may lead that the pool does not list
  readonly out: string; // folder of the picture
  readonly json?: string | undefined; // file of the figures
}

/** What came of it, in words. */
export interface RunResult {
  readonly report: string;
  readonly picture: string; // file
  readonly mismatches: number;
}

/** A replay that can begin: its prices are read, and its results can be written. */
export interface Prepared {
  readonly options: RunOptions;
  readonly params: Params;
  readonly market: Market;
}

/**
 * Reads what a replay needs and asks where its results go, before anything is compiled or run.
 *
 * @throws InputError, TapeError
 */
export function prepare(options: RunOptions): Prepared {
  const params = readParams(options.params);
  const { beta, unlisted } = options;
  const leaders = unlisted === true ? "any" : "listed";
  const market = marketOf(openTape(options), params, { beta, leaders });
  makeFolder(options.out);
  if (options.json !== undefined) requireWritable(options.json);
  return { options, params, market };
}

/** Replays a tape and writes its picture, and its figures if asked. */
export async function run(
  { options, params, market }: Prepared,
  onProgress: (p: Progress) => void,
): Promise<RunResult> {
  const { accounts, seed } = options;
  const result = await replay({ market, params, accounts, seed, onProgress });
  const figures = figuresOf(result);
  if (options.json !== undefined) writeJson(options.json, figures);
  const picture = join(options.out, `${market.tape.name.replace(/[^\w.-]+/g, "-")}.svg`);
  writeText(picture, storyOf(result, mostEventful(result.diary)!));
  return { report: reportOf(result), picture, mismatches: figures.mismatches };
}
