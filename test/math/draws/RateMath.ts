import type * as File from "../../../sdk/math/RateMath.ts";
import { MAX_PRICE, WAD } from "../../../sdk/math/WadMath.ts";
import { type Price, type SoundRate, Status } from "../../../sdk/types/Price.ts";
import { all, either, pick, struct, time, within, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const near = within((8n * WAD) / 10n, (12n * WAD) / 10n);
const rate = either(near, near, figure.checkedPrice);

const known = struct<SoundRate>({
  sound: rate,
  heard: rate,
  top: rate,
  named: either(pick(0n), rate),
});

const price = struct<Price>({
  price: either(figure.price, pick(0n, -1n, MAX_PRICE, MAX_PRICE + 1n)),
  band: figure.price,
  deviation: figure.price,
  updated: time,
  status: pick(Status.Ok, ...Object.values(Status)),
});

const elapsed = either(within(0n, 100_000n), figure.checkedElapsed);

export const rateDraws: Draws<typeof File> = {
  isSound: all(price),
  grownRate: all(rate, elapsed),
  movedRate: all(known, rate, elapsed),
  steadyRate: all(price, rate, pick(-WAD, 0n, WAD)),
  soundRate: all(known, elapsed),
};
