import type * as File from "../../../sdk/math/MarginMath.ts";
import { MAX_REQUIREMENT } from "../../../sdk/math/MarginMath.ts";
import { MAX_VALUE, WAD } from "../../../sdk/math/WadMath.ts";
import type { Exposure, Ladder } from "../../../sdk/types/Portfolio.ts";
import { all, checked, coin, either, list, pick, within, type Draw, type Draws } from "./Draw.ts";
import * as books from "./books.ts";
import * as figure from "./figures.ts";
import { anyExpiry } from "./expiries.ts";
import { anyExposure, mode, soonest } from "./ScenarioMath.ts";

const exposed: Draw<[Ladder[], Exposure[]]> = (random) => {
  const exposures = books.exposures(random);
  return [books.ladders(random, exposures.length), exposures];
};

export const marginDraws: Draws<typeof File> = {
  loadingOf: all(figure.share, coin),
  lowCorrelation: all(figure.checkedShare),
  highCorrelation: all(figure.checkedShare),
  rootSumSquares: all(figure.value, figure.value, within(0n, MAX_VALUE * MAX_VALUE * WAD)),
  commonLosses: exposed,
  sectorLosses: exposed,
  ownVariances: exposed,
  totalLoss: (random) => [books.ladders(random)],
  portfolioRisk: exposed,
  isCurved: all(books.exposures, mode),
  laddersOf: all(books.exposures, mode),
  longStableRate: all(books.stable, mode),
  shortStableRate: all(books.stable),
  stableCharge: all(books.stable, mode),
  stableBand: all(books.stable, mode),
  sizeRate: all(figure.value, figure.share, either(pick(0n), checked(WAD, MAX_VALUE))),
  deltaOf: all(anyExpiry, mode),
  calendarVega: all(anyExposure, mode),
  unpairedShorts: all(anyExpiry, mode),
  expiryRate: all(books.basis, figure.checkedElapsed),
  notionalOf: all(anyExposure, mode),
  spotNotional: all(figure.value),
  exposureCharges: (random) => [
    anyExposure(random),
    books.notional(random),
    figure.share(random),
    mode(random),
  ],
  sumOf: all(books.addOns, books.addOns),
  totalOf: all(books.addOns),
  noCharges: all(),
  stableCharges: (random) => [list(random.integer(4), books.stable)(random), mode(random)],
  needOf: all(books.book, mode),
  limitedLoss: all(books.exposures, soonest),
  limitedTo: all(either(figure.value, figure.value, within(0n, 10n ** 24n)), books.book, mode),
  requirementOf: all(books.book, mode),
  isExpiring: all(books.exposures),
  isSettling: all(books.exposures),
  maintenanceNeed: all(books.book),
  initialMargin: all(books.book),
  maintenanceMargin: all(figure.value, figure.value),
  marginOf: all(books.book),
  ownMarginOf: all(books.book),
  healthOf: all(figure.checkedSignedValue, either(figure.value, checked(0n, MAX_REQUIREMENT))),
};
