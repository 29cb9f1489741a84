import type * as Ramp from "../../../sdk/math/RampMath.ts";
import { all, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

export const rampDraws: Draws<typeof Ramp> = {
  ramp: all(figure.share, figure.share, figure.checkedElapsed, figure.duration),
  maintenanceRamp: all(figure.checkedValue, figure.checkedValue, figure.checkedElapsed),
  initialRamp: all(figure.checkedValue, figure.checkedValue, figure.checkedElapsed),
};
