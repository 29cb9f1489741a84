import { join } from "node:path";

import { makeFolder, requireWritable, writeJson, writeText } from "../../params/json.ts";
import { readParams } from "../../params/params.ts";
import { openTape, type OpenOptions } from "../tape/open.ts";
import { mostEventful } from "./Diary.ts";
import { marketOf } from "./market.ts";
import { replay } from "./replay.ts";
import { figuresOf, reportOf } from "./report.ts";
import { storyOf } from "./story.ts";
import type { Progress } from "./World.ts";

/** What `npm start` was asked for. */
export interface RunOptions extends OpenOptions {
  readonly params: string; // file
  readonly accounts: number;
  readonly beta?: number | undefined;
  readonly out: string; // folder of the picture
  readonly json?: string | undefined; // file of the figures
}

/** What came of it, in words. */
export interface RunResult {
  readonly report: string;
  readonly picture: string; // file
  readonly mismatches: number;
}

/** Replays a tape and writes its picture, and its figures if asked. */
export async function run(
  options: RunOptions,
  onProgress: (p: Progress) => void,
): Promise<RunResult> {
  const params = readParams(options.params);
  const market = marketOf(openTape(options), params, options.beta);
  const { accounts, seed } = options;
  makeFolder(options.out);
  if (options.json !== undefined) requireWritable(options.json);
  const result = await replay({ market, params, accounts, seed, onProgress });
  const figures = figuresOf(result);
  if (options.json !== undefined) writeJson(options.json, figures);
  const picture = join(options.out, `${market.tape.name.replace(/[^\w.-]+/g, "-")}.svg`);
  writeText(picture, storyOf(result, mostEventful(result.diary)!));
  return { report: reportOf(result), picture, mismatches: figures.mismatches };
}
