import type * as Wad from "../../../sdk/math/WadMath.ts";
import { MAX_AMOUNT } from "../../../sdk/math/WadMath.ts";
import { all, checked, within, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const MOST = 1n << 254n;
const divisor = within(0n, MOST);
const dividend = within(-(1n << 194n), 1n << 194n); // times a wad it still fits

export const wadDraws: Draws<typeof Wad> = {
  bounded: (random) => {
    const [low, high] = [within(-MAX_AMOUNT, 0n)(random), within(0n, MAX_AMOUNT)(random)];
    return [checked(low, high)(random), low, high];
  },
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
