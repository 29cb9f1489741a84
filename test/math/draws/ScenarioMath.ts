import type * as File from "../../../sdk/math/ScenarioMath.ts";
import {
  AHEAD,
  initialMode,
  laterMode,
  maintenanceMode,
  maintenanceModeOf,
  modeWithoutLimited,
  OPEN,
  WHOLE,
} from "../../../sdk/math/ScenarioMath.ts";
import { HOUR, WAD } from "../../../sdk/math/WadMath.ts";
import { all, either, list, pick, within, type Draws } from "./Draw.ts";
import { exposure, ladders, spoilt } from "./books.ts";
import { anyExpiry, expiry } from "./expiries.ts";
import * as figure from "./figures.ts";
import type { Draw } from "./Draw.ts";
import type { Exposure } from "../../../sdk/types/Portfolio.ts";

const part = pick(OPEN, AHEAD, WHOLE);
const MODES = [
  ...[maintenanceMode(), initialMode(), laterMode()],
  ...[maintenanceModeOf(AHEAD), maintenanceModeOf(WHOLE)],
];
export const mode = either(pick(...MODES), pick(...MODES.map(modeWithoutLimited)));
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
  modeWithoutLimited: all(mode),
  optionsOf: all(anyExpiry, mode),
  sharePart: all(anyExpiry, figure.checkedShare, part),
  linearValue: all(anyExposure, mode),
  hasOptions: all(anyExposure, mode),
  curvesOf: all(anyExposure, mode),
  fullLadder: all(anyExposure, either(figure.checkedShare, within(WAD / 20n, WAD)), mode),
  shockOf: all(anyExposure, mode),
  worstLoss: (random) => [ladders(random, 1)[0]!],
};
