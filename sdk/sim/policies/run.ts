import { join } from "node:path";

import { makeFolder, requireWritable, writeJson, writeText } from "../../files/json.ts";
import { readParams } from "../../files/params.ts";
import type { Params } from "../../params/params.ts";
import { compare, type Scale } from "./compare.ts";
import { NeedsData } from "./errors.ts";
import { defaultEvents, eventsOf, type Event, type OwnOptions } from "./Event.ts";
import { policiesOf, sweepOf, type Ramp } from "./Policy.ts";
import { pictureOf, reportOf } from "./report.ts";

/** What `npm run policies` was asked for. */
export interface RunOptions extends Scale, Omit<OwnOptions, "leaders"> {
  readonly data?: readonly string[] | undefined; // files
  readonly unlisted?: boolean | undefined; // a series may lead that the pool does not list
  readonly multipliers?: readonly number[] | undefined; // of a sweep
  readonly ramp: Ramp;
  readonly params: string; // file
  readonly out: string; // folder of the pictures
  readonly json?: string | undefined; // file of the figures
}

/** What came of it: words, and files. */
export interface RunResult {
  readonly report: string;
  readonly pictures: readonly string[];
}

type OnProgress = Parameters<typeof compare>[3];

/**
 * Compares the policies and writes a picture of each crash, the report, and the figures if asked.
 *
 * @throws NoMarketData, NeedsData, SameEvent, TooShort, FileRefused, TapeError
 */
export function run(options: RunOptions, onProgress: OnProgress): RunResult {
  const { multipliers, ramp, out, json } = options;
  const params = readParams(options.params);
  makeFolder(out);
  if (json !== undefined) requireWritable(json);
  const events = eventsFor(options, params);
  const policies = multipliers
    ? sweepOf(params.grace, multipliers, ramp)
    : policiesOf(params.grace, ramp);
  const comparison = compare(events, policies, { params, scale: options }, onProgress);
  const report = reportOf(comparison, events, options);
  writeText(join(out, "policies.txt"), report);
  if (json !== undefined) writeJson(json, comparison.rows);
  const pictures = events.map((event) => {
    const file = join(out, `policies-${event.name.replace(/[^\w.-]+/g, "-")}.svg`);
    writeText(file, pictureOf(event, comparison.courses, options));
    return file;
  });
  return { report, pictures };
}

const OF_FILES = ["before", "from", "to", "symbol", "beta", "unlisted"] as const;

function eventsFor(options: RunOptions, params: Params): Event[] {
  const { data, unlisted, before, from, to, symbol, beta } = options;
  const lost = OF_FILES.find((option) => options[option] !== undefined);
  const leaders = unlisted === true ? "any" : "listed";
  if (data !== undefined)
    return eventsOf(data, params, { leaders, before, from, to, symbol, beta });
  if (lost !== undefined) throw new NeedsData(lost);
  return defaultEvents(params);
}
