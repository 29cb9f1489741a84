import type * as File from "../../../sdk/math/ScenarioMath.ts";
import {
  AHEAD,
  initialMode,
  laterMode,
  maintenanceMode,
  maintenanceModeOf,
  OPEN,
  WHOLE,
} from "../../../sdk/math/ScenarioMath.ts";
import { HOUR, WAD } from "../../../sdk/math/WadMath.ts";
import { all, either, list, pick, within, type Draws } from "./Draw.ts";
import { exposure, ladders, spoilt } from "./books.ts";
import { expiry } from "./expiries.ts";
import * as figure from "./figures.ts";
import type { Draw } from "./Draw.ts";
import type { Exposure } from "../../../sdk/types/Portfolio.ts";

const part = pick(OPEN, AHEAD, WHOLE);
export const mode = either(
  pick(maintenanceMode(), initialMode(), laterMode()),
  pick(maintenanceModeOf(AHEAD), maintenanceModeOf(WHOLE)),
);
export const soonest = either(pick(-1n, HOUR), figure.elapsed);

/** As the house makes them, one figure out of bounds, or like nothing on earth. */
export const anyExposure: Draw<Exposure> = (random) => {
  const likely = exposure(random);
  if (random.integer(4) > 0) return spoilt(random, [likely])[0]!;
  return { ...likely, expiries: list(random.integer(4), expiry)(random) };
};

export const scenarioDraws: Draws<typeof File> = {
  maintenanceMode: all(),
  maintenanceModeOf: all(part),
  initialMode: all(),
  laterMode: all(),
  initialModeBut: all(soonest),
  shock: all(mode, figure.checkedRate, figure.crowding, figure.share),
  crowdingOf: all(figure.checkedValue, figure.checkedValue, figure.checkedValue),
  linearLadder: all(figure.checkedSignedValue, figure.share),
  sharePart: all(expiry, figure.checkedShare, part),
  linearValue: all(anyExposure, mode),
  hasOptions: all(anyExposure),
  curvesOf: all(anyExposure, mode),
  fullLadder: all(anyExposure, either(figure.checkedShare, within(WAD / 20n, WAD)), mode),
  shockOf: all(anyExposure, mode),
  worstLoss: (random) => [ladders(random, 1)[0]!],
};
