import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Context } from "mocha";

/** Market data beside the project, read in place; a clone has none. */
export const FOLDER = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
export const ROUNDS = `${FOLDER}chainlink_rounds.csv.gz`;
export const HOURLY = `${FOLDER}perp_1h_2020-01_2022-09.csv.gz`;

/** Says so and skips where the data is not. */
export function needData(context: Context): void {
  if (existsSync(FOLDER)) return;
  console.log(`      no market data at ${FOLDER}: skipped`);
  context.skip();
}
