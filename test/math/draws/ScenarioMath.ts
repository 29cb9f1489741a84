import type * as File from "../../../sdk/math/ScenarioMath.ts";
import { initialMode, maintenanceMode } from "../../../sdk/math/ScenarioMath.ts";
import { WAD } from "../../../sdk/math/WadMath.ts";
import { all, pick, within, type Draws } from "./Draw.ts";
import { ladders } from "./books.ts";
import * as figure from "./figures.ts";

export const mode = pick(maintenanceMode(), initialMode());

export const scenarioDraws: Draws<typeof File> = {
  maintenanceMode: all(),
  initialMode: all(),
  shock: all(mode, figure.checkedRate, within(WAD, 2n * WAD), figure.share),
  crowdingOf: all(figure.checkedValue, figure.checkedValue, figure.checkedValue),
  linearLadder: all(figure.checkedSignedValue, figure.share),
  steps: all(figure.share),
  fullLadder: all(figure.checkedSignedValue, figure.checkedShare, figure.checkedShare),
  worstLoss: (random) => [ladders(random, 1)[0]!],
};
