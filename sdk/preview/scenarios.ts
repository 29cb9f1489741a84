import { OutOfBounds } from "../errors/OutOfBounds.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { accountOf, factorsHeld } from "../logic/accounts.ts";
import { accountHealthOf } from "../logic/margin.ts";
import type { AccountId } from "../types/Ids.ts";
import { heldStill, moved, withVolatility } from "./reprice.ts";

/** What moves, and how far. Shares: −0.1 is a tenth down. */
export interface ScenarioGrid {
  readonly timestamp: number; // Unix seconds; how the book looks then
  readonly factors?: readonly number[]; // that move together; all that the account holds, if left out
  readonly moves: readonly bigint[]; // of prices, wads
  readonly volatilities: readonly bigint[]; // of surfaces, relative, wads
}

/** The book after one move. USD; null where the model is not stated for it. */
export interface Scenario {
  readonly move: bigint;
  readonly volatility: bigint;
  readonly profit: bigint | null; // equity after less equity before
  readonly equity: bigint | null;
  readonly maintenance: bigint | null;
  readonly health: bigint | null; // wad
}

/**
 * Profit and health of an account over a grid of price moves and volatility changes, priced anew in
 * each point by the same formulas as margin. Estimates of volatility, and with them shocks, stay.
 *
 * @throws AccountNotInSnapshot, UnknownFactor, TimeReversed
 */
export function scenarios(
  snapshot: Snapshot,
  account: AccountId,
  grid: ScenarioGrid,
): readonly Scenario[] {
  const { timestamp, moves, volatilities } = grid;
  const factors = grid.factors ?? factorsHeld(accountOf(snapshot, account));
  const s = heldStill(snapshot, account, factors, timestamp);
  const { equity: before } = accountHealthOf(s, account, timestamp);
  return volatilities.flatMap((volatility) =>
    moves.map((move) => {
      const change = (state: Snapshot, id: number) =>
        withVolatility(moved(state, id, move), id, volatility);
      const there = standingOrNone(factors.reduce(change, s), account, timestamp);
      return {
        move,
        volatility,
        ...there,
        profit: there.equity === null ? null : there.equity - before,
      };
    }),
  );
}

const NONE = { equity: null, maintenance: null, health: null };

function standingOrNone(s: Snapshot, account: AccountId, timestamp: number) {
  try {
    const { equity, maintenance, health } = accountHealthOf(s, account, timestamp);
    return { equity, maintenance, health };
  } catch (error) {
    if (error instanceof OutOfBounds) return NONE;
    throw error;
  }
}
