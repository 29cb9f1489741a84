import type * as Normal from "../../../sdk/math/NormalMath.ts";
import { FARTHEST } from "../../../sdk/math/NormalMath.ts";
import { WAD } from "../../../sdk/math/WadMath.ts";
import { all, either, within, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const between = (low: bigint, high: bigint) => all(within(low * WAD, high * WAD));
const anywhere = all(either(within(-FARTHEST, FARTHEST), figure.ANYTHING));

export const normalDraws: Draws<typeof Normal> = {
  cdfNear: between(-2n, 2n),
  tailTo3: between(2n, 3n),
  tailTo4: between(3n, 4n),
  tailTo5: between(4n, 5n),
  tailTo6: between(5n, 6n),
  tailTo7: between(6n, 7n),
  tailTo9: between(7n, 9n),
  tailOf: all(either(within(2n * WAD, FARTHEST), within(2n * WAD, 1n << 254n))),
  cdf: anywhere,
  pdf: anywhere,
};
