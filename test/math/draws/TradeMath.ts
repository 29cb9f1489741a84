import type { Random } from "../../../sdk/sim/random.ts";
import { MAX_REQUIREMENT } from "../../../sdk/math/MarginMath.ts";
import type * as File from "../../../sdk/math/TradeMath.ts";
import { MAX_PRICE, WAD } from "../../../sdk/math/WadMath.ts";
import type { OwnMargin } from "../../../sdk/types/Portfolio.ts";
import { all, checked, coin, either, pick, struct, within, type Draw, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

const feeRate = either(within(0n, WAD / 100n), figure.checkedShare);

const margin = struct<OwnMargin>({
  equity: figure.checkedSignedValue,
  maintenance: either(pick(0n), figure.value, figure.value, checked(0n, MAX_REQUIREMENT)),
});

const nudge = either(pick(-1n, 0n, 1n), within(-WAD, WAD), within(-(10n ** 24n), 10n ** 24n));

/** A margin and one a little other than it. */
function nudged(random: Random): [OwnMargin, OwnMargin] {
  const before = margin(random);
  const maintenance = before.maintenance + nudge(random);
  const after = {
    ...before,
    equity: before.equity + nudge(random),
    maintenance: maintenance < 0n && before.maintenance >= 0n ? 0n : maintenance,
  };
  return [before, after];
}

const act: Draw<[OwnMargin, OwnMargin, bigint]> = (random) => {
  const [before, after] = random.pick([nudged(random), [margin(random), margin(random)]]);
  return [before!, after!, figure.checkedValue(random)];
};

export const tradeDraws: Draws<typeof File> = {
  fillTolerance: all(figure.checkedPrice, figure.checkedShare, figure.checkedPrice),
  optionPrice: all(figure.checkedPrice, figure.checkedPrice, figure.checkedPrice, coin),
  costOf: all(figure.checkedAmount, checked(-MAX_PRICE, MAX_PRICE)),
  feeOf: all(figure.checkedAmount, figure.checkedPrice, feeRate, figure.checkedPrice, coin),
  lossOf: all(figure.checkedAmount, figure.checkedPrice, figure.checkedPrice, figure.checkedValue),
  openedBy: all(figure.checkedAmount, figure.checkedAmount),
  growsPosition: all(figure.checkedAmount, figure.checkedAmount),
  isReducing: act,
};
