import type * as File from "../../../sdk/math/FuseMath.ts";
import { MAX_ELAPSED, MAX_RATE, WAD } from "../../../sdk/math/WadMath.ts";
import type { Exposure, Ladder } from "../../../sdk/types/Portfolio.ts";
import { all, checked, within, type Draw, type Draws } from "./Draw.ts";
import * as books from "./books.ts";
import * as figure from "./figures.ts";

const weighed: Draw<[Exposure[], Ladder[]]> = (random) => {
  const exposures = books.exposures(random);
  return [exposures, books.ladders(random, exposures.length)];
};

const weights = all(books.factorRisks);

const health = checked(-MAX_RATE, MAX_RATE);
const grace = checked(WAD, MAX_ELAPSED * WAD);

export const fuseDraws: Draws<typeof File> = {
  factorRisksOf: weighed,
  weightOf: weights,
  heavyRoundOf: weights,
  calmnessOf: weights,
  graceOf: all(health, figure.checkedShare, within(0n, 86_400n * WAD)),
  burn: all(figure.checkedShare, figure.checkedElapsed, grace),
  cool: all(figure.checkedShare, figure.checkedElapsed),
  floorOf: all(figure.checkedValue, figure.value),
  coverOf: all(figure.checkedValue, figure.checkedValue),
  doubtOf: (random) => {
    const book = books.book(random);
    return [book, books.ladders(random, book.exposures.length)];
  },
  measureOf: (random) => {
    const book = books.book(random);
    const own = books.requirement(book.exposures.length)(random);
    return [book, own, figure.value(random)];
  },
  accountHealthOf: all(books.measure),
  isCertain: all(books.accountHealth),
  atBest: all(books.accountHealth),
};
