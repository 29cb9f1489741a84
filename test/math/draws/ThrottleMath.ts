import type * as File from "../../../sdk/math/ThrottleMath.ts";
import { MAX_UNITS } from "../../../sdk/math/ThrottleMath.ts";
import { MAX_AMOUNT, MAX_ELAPSED, MAX_VALUE, WAD } from "../../../sdk/math/WadMath.ts";
import { all, checked, either, within, type Draws } from "./Draw.ts";
import * as books from "./books.ts";
import * as figure from "./figures.ts";

const units = checked(0n, MAX_UNITS);
const bucket = checked(0n, MAX_AMOUNT);
const seconds = either(within(0n, 700n), within(-10n, 10n ** 12n));

export const throttleDraws: Draws<typeof File> = {
  unitsOf: all(checked(-2n * MAX_VALUE, 2n * MAX_VALUE), figure.checkedPrice),
  deltasOf: all(books.factorRisks),
  sizeOf: all(bucket),
  usedAfter: all(bucket, bucket, seconds),
  scarceFor: all(
    either(bucket, within(0n, 10n ** 20n)),
    either(bucket, within(0n, 10n ** 20n)),
    seconds,
  ),
  countedOf: all(
    either(figure.checkedElapsed, within(0n, 4_000n)),
    either(checked(0n, MAX_ELAPSED * WAD), within(0n, 4_000n * WAD)),
    either(figure.checkedElapsed, within(0n, 4_000n)),
  ),
  roomOf: all(either(bucket, within(0n, 10n ** 24n)), either(units, within(0n, 10n ** 24n))),
  soldOf: all(figure.checkedShare, units),
};
