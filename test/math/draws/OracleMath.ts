import type * as Oracle from "../../../sdk/math/OracleMath.ts";
import { all, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

export const oracleDraws: Draws<typeof Oracle> = {
  staleBand: all(figure.checkedPrice, figure.checkedRate, figure.checkedLongElapsed),
};
