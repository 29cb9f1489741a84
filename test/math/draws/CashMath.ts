import type * as Cash from "../../../sdk/math/CashMath.ts";
import { MAX_INDEX, MAX_RATE_PER_SECOND } from "../../../sdk/math/CashMath.ts";
import { MAX_RATE, MAX_VALUE } from "../../../sdk/math/WadMath.ts";
import { all, checked, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const annual = checked(0n, MAX_RATE);
const positiveIndex = checked(1n, MAX_INDEX);
const perSecond = checked(0n, MAX_RATE_PER_SECOND);

export const cashDraws: Draws<typeof Cash> = {
  utilisationOf: all(figure.checkedSignedValue, figure.checkedValue),
  earningShare: all(figure.checkedValue, figure.checkedValue),
  borrowRateOf: all(figure.checkedShare, figure.checkedShare, annual, annual, annual),
  supplyRateOf: all(perSecond, figure.checkedShare, figure.checkedShare),
  growthOf: all(perSecond, figure.checkedLongElapsed),
  supplyIndexAfter: all(figure.checkedIndex, perSecond, figure.checkedLongElapsed),
  borrowIndexAfter: all(figure.checkedIndex, perSecond, figure.checkedLongElapsed),
  cashOf: all(figure.checkedAmount, figure.checkedIndex, figure.checkedIndex),
  principalOf: all(figure.checkedSignedValue, positiveIndex, positiveIndex),
  lossToday: all(figure.checkedValue, figure.checkedValue, figure.checkedValue),
  indexAfterLoss: (random) => {
    const lent = figure.checkedValue(random);
    const loss = lent < 0n || lent > MAX_VALUE ? 0n : checked(0n, lent)(random);
    return [figure.checkedIndex(random), lent, loss];
  },
};
