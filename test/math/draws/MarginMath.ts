import type * as File from "../../../sdk/math/MarginMath.ts";
import { MAX_VALUE, WAD } from "../../../sdk/math/WadMath.ts";
import type { Exposure, Ladder, Mode, Portfolio } from "../../../sdk/types/Portfolio.ts";
import { all, checked, coin, either, pick, within, type Draw, type Draws } from "./Draw.ts";
import * as books from "./books.ts";
import * as figure from "./figures.ts";
import { mode } from "./ScenarioMath.ts";

const exposed: Draw<[Ladder[], Exposure[]]> = (random) => {
  const exposures = books.exposures(random);
  return [books.ladders(random, exposures.length), exposures];
};

const shaken: Draw<[Portfolio, Ladder[], Mode]> = (random) => {
  const book = books.book(random);
  return [book, books.ladders(random, book.exposures.length), mode(random)];
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
  laddersOf: all(books.exposures, mode),
  longStableRate: all(books.stable, mode),
  shortStableRate: all(books.stable),
  stableCharge: all(books.stable, mode),
  stableBand: all(books.stable, mode),
  sizeRate: all(figure.value, figure.share, either(pick(0n), checked(WAD, MAX_VALUE))),
  exposureCharges: (random) => [
    books.spoilt(random, [books.exposure(random)])[0]!,
    figure.share(random),
    mode(random),
  ],
  addOnsOf: shaken,
  requirementOf: all(books.book, mode),
  initialMargin: all(books.book),
  maintenanceMargin: all(figure.value, figure.value),
  marginOf: all(books.book),
  healthOf: all(figure.checkedSignedValue, figure.value),
};
