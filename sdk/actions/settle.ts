import type { Fill } from "../types/Order.ts";
import {
  send,
  type PoolAddress,
  type ContractCall,
  type Sent,
  type WriteClient,
} from "./contract.ts";

/** Pairs of signed orders. */
export interface Settle {
  readonly pool: PoolAddress;
  readonly fills: readonly Fill[];
  readonly atomic: boolean; // all or none; otherwise what may not be is left out, and no error is thrown
}

/** `settle` as an act, for `simulate` and `batch`. */
export function settleAct({ pool, fills, atomic }: Settle): ContractCall<"settle"> {
  return { pool, verb: "settle", args: [fills, atomic] };
}

/**
 * Fills pairs of signed orders, each proved by itself; anyone may. Unless `atomic`, a fill that may not be
 * is left out, and told of by `FillFailed`.
 *
 * @throws Reentered, and if atomic: InstrumentsDiffer, NotOneMaker, SameSide, AmountZero, NotNamed,
 * PriceOutsideLimit, ReservedAccount, OrderExpired, CounterTooLow, NotAuthorized, OrderCancelled, Overfilled,
 * BadSignature, UnknownInstrument, InstrumentExpired, SurfaceStale, PriceNotOk, PriceOutsideBand, InCall,
 * WouldGrow, TooManyPositions, TooManyTerms, TooManyFactors, OpenInterestCapExceeded, StrikeOutOfReach, FeeTooHigh,
 * DailyLossExceeded, MarginTooLow, NotReducing, EstimateBehind, OutOfBounds
 */
export async function settle(client: WriteClient, args: Settle): Promise<Sent> {
  const { hash } = await send(client, settleAct(args));
  return { hash };
}
