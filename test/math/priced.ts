import { curvesOf, expiryVega, largestLoss, marksOf, strikeAt } from "../../sdk/math/CurveMath.ts";
import { rootTimeOf } from "../../sdk/math/OptionMath.ts";
import { AHEAD, sharePart, WHOLE } from "../../sdk/math/ScenarioMath.ts";
import {
  initialMode,
  maintenanceMode,
  maintenanceModeOf,
  shockOf,
} from "../../sdk/math/ScenarioMath.ts";
import { WAD } from "../../sdk/math/WadMath.ts";
import type { Expiry, Exposure, Mode, Strike } from "../../sdk/types/Portfolio.ts";
import type { Surface } from "../../sdk/types/Surface.ts";

// What the chain's Portfolios does with the options of an account, for books made in tests.

/** Net units held of the options of one strike. */
export type Leg = Pick<Strike, "strike" | "calls" | "puts">;

/** What is known of an expiry before its options are priced. */
export interface Terms extends Pick<
  Expiry,
  "time" | "left" | "forward" | "exposed" | "unsettled" | "ahead" | "futures"
> {
  readonly surface: Surface;
  readonly legs: Leg[];
}

function markedExpiry({ surface, legs, ...terms }: Terms): Expiry {
  const root = rootTimeOf(terms.left);
  const strikes = legs.map((leg) => ({
    ...strikeAt(leg.strike, terms.forward, root, surface),
    ...leg,
  }));
  const empty: Pick<Expiry, "vega" | "curves" | "largestLoss"> = {
    ...{ vega: 0n, curves: [[], [], [], []], largestLoss: 0n },
  };
  const expiry = { ...terms, root, strikes, ...empty };
  return { ...expiry, largestLoss: largestLoss(strikes, marksOf(expiry)) };
}

const BOTH = [maintenanceMode(), initialMode()];

function feltIn(expiry: Expiry, { part }: Mode): Expiry {
  return { ...expiry, exposed: sharePart(expiry, expiry.exposed, part) };
}

/** The exposure with these expiries, their options priced under its own shocks in these modes. */
export function withExpiries(exposure: Exposure, terms: Terms[], modes: Mode[] = BOTH): Exposure {
  const isAsked = (index: number) => modes.some((mode) => mode.index === index);
  const curve = (expiry: Expiry, mode: Mode) =>
    expiry.strikes.length > 0 && isAsked(mode.index)
      ? curvesOf(feltIn(expiry, mode), shockOf(exposure, mode), mode.halfStep)
      : [];
  const inPart = (expiry: Expiry, part: number) =>
    expiry.ahead === WAD ? [] : curve(expiry, maintenanceModeOf(part));
  const expiries = terms.map(markedExpiry).map((expiry) => ({
    ...expiry,
    vega: terms.length > 1 ? expiryVega(expiry) : 0n,
    curves: [
      ...([curve(expiry, maintenanceMode()), curve(expiry, initialMode())] as const),
      ...([inPart(expiry, AHEAD), inPart(expiry, WHOLE)] as const),
    ] as const,
  }));
  return { ...exposure, expiries };
}
