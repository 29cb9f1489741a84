import type * as File from "../../../sdk/math/CurveMath.ts";
import { ENDLESS, LARGEST_FALL } from "../../../sdk/math/CurveMath.ts";
import { MAX_RATE, MAX_VALUE, WAD } from "../../../sdk/math/WadMath.ts";
import type { Pair, Strike } from "../../../sdk/types/Portfolio.ts";
import { all, checked, either, list, struct, within, type Draw, type Draws } from "./Draw.ts";
import { anyExpiry, strike, surface } from "./expiries.ts";
import * as figure from "./figures.ts";

const moves = list(7, either(within(-LARGEST_FALL, LARGEST_FALL), within(-LARGEST_FALL, MAX_RATE)));
const checkedMoves = either(moves, moves, list(7, checked(-LARGEST_FALL, MAX_RATE)));
const logs = list(7, either(within(-3n * WAD, 3n * WAD), within(-5n * WAD, 5n * WAD)));
const root = either(within(0n, 4n * WAD), figure.checkedRate);

const deviation = within(0n, 10n * WAD);
const deviations: Draw<Pair> = (random) => [deviation(random), deviation(random)];
/** A strike within the bounds that callers of `addCurve` check. */
const sound = struct<Strike>({
  strike: within(0n, 10n ** 26n),
  calls: within(-(10n ** 30n), 10n ** 30n),
  puts: within(-(10n ** 30n), 10n ** 30n),
  logMoneyness: within(-65n * WAD, 65n * WAD),
  volatility: within(0n, 10n * WAD),
  call: within(0n, 10n ** 26n),
  delta: figure.share,
});

const anySurface = struct({
  atm: figure.checkedAtm,
  skew: figure.checkedSkew,
  curvature: figure.checkedSkew,
});

export const curveDraws: Draws<typeof File> = {
  movesOf: all(figure.checkedShare, figure.checkedShare),
  moveOf: (random) => [random.integer(12)],
  logsOf: all(checkedMoves),
  feltMoves: all(moves, figure.checkedShare),
  strikeAt: all(
    figure.checkedPositivePrice,
    figure.checkedPositivePrice,
    root,
    either(surface, anySurface),
  ),
  addCurve: all(
    list(12, within(-(10n ** 40n), 10n ** 40n)),
    sound,
    list(7, within(0n, 10n ** 26n)),
    logs,
    deviations,
  ),
  deviationsOf: all(strike, root, within(0n, 3n * WAD)),
  curveProfits: all(anyExpiry, moves, logs),
  curvesOf: all(anyExpiry, figure.checkedShare, figure.checkedShare),
  expiryVega: all(anyExpiry),
  marksOf: all(anyExpiry),
  payoffAt: (random) => [list(random.integer(5), sound)(random), within(0n, 10n ** 26n)(random)],
  largestLoss: (random) => [
    anyExpiry(random).strikes,
    either(within(-MAX_VALUE, MAX_VALUE), checked(-ENDLESS, ENDLESS))(random),
  ],
  callAt: all(strike, figure.checkedPrice, root, either(within(0n, 2n * WAD), figure.checkedRate)),
};
