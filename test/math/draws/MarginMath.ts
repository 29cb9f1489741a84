import type { Random } from "../../../sdk/sim/random.ts";
import type * as File from "../../../sdk/math/MarginMath.ts";
import { MAX_VALUE, WAD } from "../../../sdk/math/WadMath.ts";
import type { Exposure, Ladder, Loading, Mode, Portfolio } from "../../../sdk/types/Portfolio.ts";
import { all, checked, coin, either, list, pick, type Draw, type Draws } from "./Draw.ts";
import * as books from "./books.ts";
import * as figure from "./figures.ts";
import { mode } from "./ScenarioMath.ts";

const loaded: Draw<[Ladder[], Loading[]]> = (random) => {
  const ladders = books.ladders(random);
  return [ladders, list(ladders.length, books.loading)(random)];
};

const exposed: Draw<[Ladder[], Exposure[]]> = (random) => {
  const exposures = books.exposures(random);
  return [books.ladders(random, exposures.length), exposures];
};

const moves = (random: Random, { exposures }: Portfolio) =>
  list(exposures.length, figure.checkedShare)(random);

const moved: Draw<[Portfolio, bigint[]]> = (random) => {
  const book = books.book(random);
  return [book, moves(random, book)];
};

const movedInMode: Draw<[Portfolio, bigint[], Mode]> = (random) => [...moved(random), mode(random)];

const anyRoom = figure.share;

export const marginDraws: Draws<typeof File> = {
  loadingOf: all(figure.checkedShare, coin),
  lowCorrelation: all(figure.checkedShare),
  highCorrelation: all(figure.checkedShare),
  commonLoss: loaded,
  sectorLoss: loaded,
  ownVariance: (random) => {
    const [ladders, loadings] = loaded(random);
    return [books.losses(ladders.length)(random), loadings];
  },
  riskUnder: (random) => {
    const [ladders, loadings] = loaded(random);
    return [ladders, books.losses(ladders.length)(random), loadings];
  },
  lowLoadings: all(books.exposures),
  highLoadings: all(books.exposures),
  worstLosses: (random) => [books.ladders(random)],
  total: all((random) => list(random.integer(9), figure.signedValue)(random)),
  portfolioRisk: exposed,
  shocksOf: all(books.book, mode),
  laddersOf: moved,
  longStableRate: all(books.stable, mode),
  shortStableRate: all(books.stable),
  stableCharge: all(books.stable, mode),
  stableBand: all(books.stable, mode),
  sizeRate: all(figure.value, figure.share, either(pick(0n), checked(WAD, MAX_VALUE))),
  exposureCharges: (random) => [
    books.spoilt(random, [books.exposure(random)])[0]!,
    anyRoom(random),
    mode(random),
  ],
  addOnsOf: movedInMode,
  requirementOf: all(books.book, mode),
  initialMargin: all(books.book),
  maintenanceMargin: all(figure.value, figure.value),
  marginOf: all(books.book),
  healthOf: all(figure.checkedSignedValue, figure.value),
};
