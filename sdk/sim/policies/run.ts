import { join } from "node:path";

import { makeFolder, requireWritable, writeJson, writeText } from "../../params/json.ts";
import { readParams } from "../../params/params.ts";
import { compare, type Scale } from "./compare.ts";
import { defaultEvents, eventsOf } from "./Event.ts";
import { policiesOf, sweepOf, type Ramp } from "./Policy.ts";
import { pictureOf, reportOf } from "./report.ts";

/** What `npm run policies` was asked for. */
export interface RunOptions extends Scale {
  readonly data?: readonly string[] | undefined; // files
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
 * @throws NoMarketData, SameEvent, TooShort, FileRefused, TapeError
 */
export function run(options: RunOptions, onProgress: OnProgress): RunResult {
  const { data, multipliers, ramp, out, json } = options;
  const params = readParams(options.params);
  makeFolder(out);
  if (json !== undefined) requireWritable(json);
  const events = data === undefined ? defaultEvents(params) : eventsOf(data, params);
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
