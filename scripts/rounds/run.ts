import { writeJson } from "../../sdk/files/json.ts";
import { readParams } from "../../sdk/files/params.ts";
import { readRounds } from "./file.ts";
import { replayRounds, type Progress } from "./replayRounds.ts";
import { figuresOf, reportOf } from "./report.ts";

/** What `npm run rounds` was asked for. */
export interface RunRounds {
  readonly data: string; // file
  readonly symbol: string;
  readonly params: string; // file
  readonly factor?: string | undefined;
  readonly schedules: number;
  readonly onChain: number;
  readonly seed: number;
  readonly json?: string | undefined; // file of the figures
}

/** Replays a file of rounds, and writes the figures if asked. */
export async function runRounds(options: RunRounds, onProgress: (p: Progress) => void) {
  const rounds = readRounds(options.data, options.symbol);
  const params = readParams(options.params);
  const replayed = await replayRounds({ ...options, rounds, params, onProgress });
  const figures = figuresOf(replayed);
  if (options.json !== undefined) writeJson(options.json, figures);
  const borrows = replayed.played.honest.readings.length;
  return { figures, report: reportOf(figures, borrows) };
}
