import { mulDown } from "../math/WadMath.ts";
import {
  type Factor,
  Stage,
  type Feed,
  type Snapshot,
  type ExpiryState,
} from "../snapshot/Snapshot.ts";
import { accountOf } from "../logic/accounts.ts";
import { volatilityAt } from "../logic/estimates.ts";
import { factorAt } from "../logic/factors.ts";
import { factorPriceAt } from "../snapshot/price.ts";
import { type AccountId, assetId } from "../types/Ids.ts";

// A snapshot as it would be under other prices and surfaces, and nothing else.

/** One account, and factors whose estimates are as they are read at a time: no step is due. */
export function heldStill(
  s: Snapshot,
  account: AccountId,
  factors: readonly number[],
  timestamp: number,
): Snapshot {
  const still = factors.map((id): [number, Factor] => {
    const factor = factorAt(s, id);
    const v = volatilityAt(factor, factorPriceAt(s, id, timestamp), timestamp);
    return [id, { ...factor, estimate: { ...factor.estimate, ...v, time: timestamp } }];
  });
  return {
    ...s,
    accounts: { [account]: accountOf(s, account) },
    factors: { ...s.factors, ...Object.fromEntries(still) },
  };
}

/** The snapshot with another price of a factor, as old as the present one. */
export function atPrice(s: Snapshot, factor: number, price: bigint): Snapshot {
  const asset = assetId(factor, 0);
  const feed = s.feeds[asset];
  if (feed === undefined || feed.price.price === price) return s;
  return { ...s, feeds: { ...s.feeds, [asset]: repriced(feed, price) } };
}

function repriced(feed: Feed, price: bigint): Feed {
  const share = (part: bigint) => (part * price) / feed.price.price;
  const { band, deviation } = feed.price;
  return {
    ...feed,
    price: { ...feed.price, price, band: share(band), deviation: share(deviation) },
  };
}

/** The snapshot with a factor's prices moved by a share of themselves; a dead feed stays dead. */
export function moved(s: Snapshot, factor: number, move: bigint): Snapshot {
  const price = s.feeds[assetId(factor, 0)]?.price.price ?? 0n;
  return price === 0n ? s : atPrice(s, factor, price + mulDown(price, move));
}

/** The snapshot with a factor's surfaces higher or lower by a share of themselves. */
export function withVolatility(s: Snapshot, id: number, change: bigint): Snapshot {
  const factor = s.factors[id]!;
  const terms = Object.entries(factor.terms).map(([expiry, term]) => [
    expiry,
    scaled(term, change),
  ]);
  return {
    ...s,
    factors: { ...s.factors, [id]: { ...factor, terms: Object.fromEntries(terms) } },
  };
}

const LEAST = 1n; // of a surface

function scaled(term: ExpiryState, change: bigint): ExpiryState {
  if (term.stage === Stage.Settled) return term;
  const atm = term.surface.atm + mulDown(term.surface.atm, change);
  return { ...term, surface: { ...term.surface, atm: atm > LEAST ? atm : LEAST } };
}
