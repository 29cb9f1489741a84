import { expect } from "chai";
import fc from "fast-check";
import {
  initialMargin,
  maintenanceNeed,
  marginOf,
  requirementOf,
} from "../../sdk/math/MarginMath.ts";
import {
  AHEAD,
  initialMode,
  laterMode,
  maintenanceModeOf,
  OPEN,
  WHOLE,
} from "../../sdk/math/ScenarioMath.ts";
import { HOUR, max, min, mulDown, WAD } from "../../sdk/math/WadMath.ts";
import { total } from "../../sdk/total.ts";
import type { Exposure, Stable } from "../../sdk/types/Portfolio.ts";
import { exposures, factors, magnitude, modes, stables } from "./arbitraries.ts";
import { atMost, bookOf, exposed, holds, judge, LIMIT, slack, world } from "./judged.ts";

// What a book needs, all charges in: DESIGN §7.5.

const worth = ({ face, price }: Stable) => mulDown(face, price);

/** Spot alone, bought with what one has. */
const long = factors
  .chain((count) =>
    fc.tuple(exposures(count), fc.array(magnitude, { minLength: count, maxLength: count })),
  )
  .map(([list, spots]) => list.map((one, i): Exposure => ({ ...one, spot: spots[i]! })));

describe("the requirement of a book", function () {
  this.timeout(LIMIT);

  it("never exceeds the equity of one that owes nothing", () => {
    holds([long, stables, modes], (list, cash, mode) => {
      const equity = total(list.map(({ spot }) => spot)) + total(cash.map(worth));
      const { required } = requirementOf({ ...bookOf(list), equity, stables: cash }, mode);
      atMost(required, equity + slack(equity));
    });
  });

  it("at IM is 1.2 times that at MM or more; at MM its own, or IM/1.2", () => {
    holds([world, stables, magnitude], ({ list, left }, cash, debt) => {
      const book = { ...bookOf(exposed(list, left)), stables: cash, debt };
      const own = maintenanceNeed(book).required;
      const { maintenance, initial } = marginOf(book);
      atMost(maintenance, own);
      atMost(12n * (maintenance - 1n), 10n * initial);
      if (maintenance < own) atMost(10n * initial, 12n * maintenance);
    });
  });

  it("at MM, while legs settle, is never more than for whole legs, nor less than for what is not known", () => {
    holds([world], ({ list, left }) => {
      const book = bookOf(exposed(list, left));
      const { required } = maintenanceNeed(book);
      const inPart = (part: number) => requirementOf(book, maintenanceModeOf(part)).required;
      atMost(required, inPart(WHOLE));
      atMost(min(inPart(OPEN), inPart(WHOLE)), required);
      atMost(min(inPart(AHEAD), inPart(WHOLE)), required);
    });
  });

  it("at IM covers the book with and without what expires within the hour", () => {
    holds([world], ({ list, left }) => {
      const whole = exposed(list, left, initialMode());
      const gone = whole.map((one) => ({
        ...one,
        expiries: one.expiries.filter(({ left: seconds }) => seconds > HOUR),
      }));
      const [initial, later] = [
        initialMargin(bookOf(whole)),
        requirementOf(bookOf(gone), initialMode()).required,
      ];
      atMost(requirementOf(bookOf(whole), initialMode()).required, initial);
      atMost(later, initial + judge(gone, initialMode()).slack);
      const soon = whole.some(({ expiries }) => expiries.some(({ left: s }) => s <= HOUR));
      if (!soon) expect(initial).to.equal(later);
    });
  });

  it("grows with the grace that an account chose", () => {
    holds([world, fc.bigInt({ min: WAD, max: 2n * WAD })], ({ list, left, mode }, multiplier) => {
      const book = bookOf(exposed(list, left, mode));
      const { required } = requirementOf(book, mode);
      const patient = requirementOf({ ...book, graceMultiplier: multiplier }, mode).required;
      atMost(required, patient);
      atMost(patient, max(required, (required * multiplier) / WAD + 1n));
    });
  });

  it("at IM without what expires knows no leg of it", () => {
    holds([world], ({ list, left }) => {
      const whole = exposed(list, left, initialMode());
      const { notional } = requirementOf(bookOf(whole), laterMode());
      const gone = whole.map((one) => ({
        ...one,
        expiries: one.expiries.filter(({ left: seconds }) => seconds > HOUR),
      }));
      expect(notional).to.equal(requirementOf(bookOf(gone), initialMode()).notional);
    });
  });
});
