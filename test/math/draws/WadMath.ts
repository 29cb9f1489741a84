import type * as Wad from "../../../sdk/math/WadMath.ts";
import { all, within, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const MOST = 1n << 254n;
const divisor = within(0n, MOST);
const dividend = within(-(1n << 194n), 1n << 194n); // times a wad it still fits

export const wadDraws: Draws<typeof Wad> = {
  bounded: all(figure.ANYTHING, within(-MOST, 1n), within(-1n, MOST)),
  abs: all(figure.ANYTHING),
  max: all(figure.ANYTHING, figure.ANYTHING),
  min: all(figure.ANYTHING, figure.ANYTHING),
  clamp: all(figure.ANYTHING, figure.ANYTHING, figure.ANYTHING),
  floorDiv: all(figure.ANYTHING, divisor),
  ceilDiv: all(figure.ANYTHING, divisor),
  mulDown: all(figure.amount, figure.amount),
  mulUp: all(figure.amount, figure.amount),
  divDown: all(dividend, divisor),
  divUp: all(dividend, divisor),
};
