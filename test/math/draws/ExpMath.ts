import type * as Exp from "../../../sdk/math/ExpMath.ts";
import { LARGEST_EXPONENT, SMALLEST_EXPONENT } from "../../../sdk/math/ExpMath.ts";
import { WAD } from "../../../sdk/math/WadMath.ts";
import { all, checked, either, within, type Draws } from "./Draw.ts";

const natural = checked(0n, 1n << 254n);

export const expDraws: Draws<typeof Exp> = {
  exp: all(either(checked(SMALLEST_EXPONENT, LARGEST_EXPONENT), within(-2n * WAD, 2n * WAD))),
  ln: all(either(checked(1n, 1n << 254n), within(WAD / 2n, 2n * WAD))),
  sqrtDown: all(natural),
  sqrtUp: all(natural),
};
