import * as LossMath from "../math/LossMath.ts";
import { notionalOf } from "../math/MarginMath.ts";
import { maintenanceMode } from "../math/ScenarioMath.ts";
import { abs, max, mulDown, WAD } from "../math/WadMath.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { type AccountId, instrumentId, type InstrumentId, Kind } from "../types/Ids.ts";
import type { Expiry, Exposure } from "../types/Portfolio.ts";
import { accountOf } from "./accounts.ts";
import { withFactor } from "./factors.ts";
import { fundOf } from "./insurance.ts";
import { interestOf, withInterest } from "./openInterest.ts";
import { portfolioOf } from "./portfolio.ts";
import { dayOf } from "./time.ts";

// The payout haircut: who won what a failed book lost gives up a share, whenever they touch. Twin of
// contracts/logic/Haircuts.sol.

const [LONGS, SHORTS] = [0, 1] as const;

/** The state, and what winners bear of a loss, cash. */
export interface Borne {
  readonly state: Snapshot;
  readonly borne: bigint;
}

/** A leg of the failed book: by its delta in units, on the side asked for. */
interface Leg {
  readonly id: InstrumentId;
  readonly size: bigint;
  readonly delta: bigint;
}

/** What falls on one leg, and when. */
interface Loss {
  readonly exposure: Exposure;
  readonly part: bigint; // cash
  readonly timestamp: number;
}

/**
 * Makes winners bear the derivative part of what the fund cannot pay of `amount`, before the book moves: who
 * takes it over may be a winner. Accrue first.
 */
export function chargeWinners(
  s: Snapshot,
  failed: AccountId,
  amount: bigint,
  timestamp: number,
): Borne {
  const deficit = max(0n, amount - fundOf(s, timestamp));
  if (deficit === 0n || accountOf(s, failed).positions.length === 0) return { state: s, borne: 0n };
  const { exposures, debt } = portfolioOf(s, failed, { timestamp, view: "plain" });
  const nets = exposures.map((exposure) => notionalOf(exposure, maintenanceMode()).derivatives);
  const all = nets.reduce((sum, net) => sum + abs(net), 0n);
  const whole = LossMath.shareOf(deficit, all, all + debt);
  return exposures.reduce(
    (done, exposure, i) => {
      const part = LossMath.shareOf(whole, abs(nets[i]!), all);
      return chargeFactor(done, nets[i]!, { exposure, part, timestamp });
    },
    { state: s, borne: 0n },
  );
}

function chargeFactor(done: Borne, net: bigint, loss: Loss): Borne {
  if (net === 0n) return done;
  const legs = legsOf(loss.exposure, net > 0n ? 1n : -1n);
  const all = legs.reduce((sum, { delta }) => sum + delta, 0n);
  return legs.reduce(
    (sum, leg) =>
      cutWinners(sum, leg, { ...loss, part: LossMath.shareOf(loss.part, leg.delta, all) }),
    done,
  );
}

/** What winners of one leg give up. */
function cutWinners({ state, borne }: Borne, { id, size }: Leg, loss: Loss): Borne {
  const { exposure, part, timestamp } = loss;
  const { open, cuts } = interestOf(state, id);
  const side = size > 0n ? SHORTS : LONGS;
  const day = dayOf(timestamp);
  const { sum, ...last } = cuts[side];
  const today = last.day === day ? last.today : 0n;
  const { tolerance } = state.factors[exposure.factor]!.marketParams;
  const room = LossMath.cutRoom(exposure.index, tolerance, today, sum);
  const cut = LossMath.cutOf(part, open, room);
  if (cut === 0n) return { state, borne };
  const next = { sum: sum + cut, today: today + cut, day };
  const [longs, shorts] = side === LONGS ? [next, cuts[SHORTS]] : [cuts[LONGS], next];
  const charged = withInterest(state, id, { cuts: [longs, shorts] });
  const { estimate } = charged.factors[exposure.factor]!;
  const marked = withFactor(charged, exposure.factor, { estimate: { ...estimate, cut: true } });
  return { state: marked, borne: borne + mulDown(open, cut) };
}

function legsOf(exposure: Exposure, side: bigint): Leg[] {
  const { factor, perps, expiries } = exposure;
  const perp = { id: instrumentId(factor, Kind.Perp), size: perps, delta: side * perps };
  const dated = expiries.flatMap((expiry) => legsOfExpiry(factor, expiry, side));
  return [perp, ...dated].filter(({ delta }) => delta > 0n);
}

function legsOfExpiry(factor: number, expiry: Expiry, side: bigint): Leg[] {
  const { time, futures, strikes, unsettled } = expiry;
  const share = side * unsettled;
  const future = {
    id: instrumentId(factor, Kind.Future, time),
    ...{ size: futures, delta: mulDown(futures, share) },
  };
  const options = strikes.flatMap(({ strike, calls, puts, delta }) => [
    {
      id: instrumentId(factor, Kind.Call, time, strike),
      ...{ size: calls, delta: mulDown(mulDown(calls, delta), share) },
    },
    {
      id: instrumentId(factor, Kind.Put, time, strike),
      ...{ size: puts, delta: mulDown(mulDown(puts, delta - WAD), share) },
    },
  ]);
  return [future, ...options];
}
