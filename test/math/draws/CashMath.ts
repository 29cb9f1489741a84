import type * as Cash from "../../../sdk/math/CashMath.ts";
import { MAX_RATE_PER_SECOND } from "../../../sdk/math/CashMath.ts";
import { YEAR } from "../../../sdk/math/WadMath.ts";
import { all, checked, within, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const annual = within(0n, MAX_RATE_PER_SECOND * YEAR);
const perSecond = checked(0n, MAX_RATE_PER_SECOND);

export const cashDraws: Draws<typeof Cash> = {
  utilisationOf: all(figure.checkedSignedValue, figure.checkedValue),
  earningShare: all(figure.checkedValue, figure.checkedValue),
  borrowRateOf: all(figure.checkedShare, figure.share, annual, annual, annual),
  supplyRateOf: all(perSecond, figure.checkedShare, figure.share),
  growthOf: all(perSecond, figure.checkedLongElapsed),
  supplyIndexAfter: all(figure.checkedIndex, perSecond, figure.checkedLongElapsed),
  borrowIndexAfter: all(figure.checkedIndex, perSecond, figure.checkedLongElapsed),
  cashOf: all(figure.checkedAmount, figure.index, figure.index),
  principalOf: all(figure.checkedSignedValue, figure.index, figure.index),
  lossToday: all(figure.checkedValue, figure.checkedValue, figure.checkedValue),
  indexAfterLoss: all(figure.checkedIndex, figure.value, figure.value),
};
