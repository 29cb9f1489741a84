import type * as Loss from "../../../sdk/math/LossMath.ts";
import { MAX_CUT, MAX_WEIGHT } from "../../../sdk/math/LossMath.ts";
import { MAX_AMOUNT } from "../../../sdk/math/WadMath.ts";
import { all, checked, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const units = checked(0n, MAX_AMOUNT);
const cut = checked(0n, MAX_CUT);

export const lossDraws: Draws<typeof Loss> = {
  requiredOf: all(units, figure.checkedPrice, figure.checkedShare),
  shareOf: (random) => {
    const whole = checked(0n, MAX_WEIGHT)(random);
    const weight = whole < 0n ? 0n : checked(0n, whole)(random);
    return [figure.checkedValue(random), weight, whole];
  },
  cutRoom: all(figure.checkedPrice, figure.checkedShare, cut, cut),
  longRoom: all(cut, figure.checkedPrice, cut),
  payoutHaircutOf: all(figure.checkedValue, units, cut),
};
