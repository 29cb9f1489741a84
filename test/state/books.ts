import { divDown, max, mulDown, WAD } from "../../sdk/math/WadMath.ts";
import type { Random } from "../../sdk/sim/random.ts";
import type { Holding, Position, Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { accountOf, EMPTY, withAccount } from "../../sdk/logic/accounts.ts";
import { accrue, change, reprice, withCash } from "../../sdk/logic/ledger.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { changeInterest } from "../../sdk/logic/openInterest.ts";
import { indexOf, isOption, spotOf } from "../../sdk/logic/positions.ts";
import { assetId, type AccountId, factorOf, instrumentFactorOf } from "../../sdk/types/Ids.ts";
import { kindOf, Kind, type InstrumentId } from "../../sdk/types/Ids.ts";

// Books put into a snapshot without a chain, as if their owners had traded at the prices of now.

const SPOT = [assetId(1, 0), assetId(2, 0), assetId(2, 1), assetId(4, 0)];
const HALF = WAD / 2n;

/** Of what, about how many dollars' worth; positions signed. */
export interface Book {
  readonly spot: readonly (readonly [asset: number, dollars: number])[];
  readonly positions: readonly (readonly [instrument: InstrumentId, dollars: number])[];
}

/** Up to two assets, and up to five instruments of up to two factors; never nothing. */
export function drawBook(random: Random, instruments: readonly InstrumentId[]): Book {
  const worth = () => 10 ** (2.5 + 2.3 * random.uniform());
  const sign = () => (random.integer(2) === 0 ? -1 : 1);
  const held = random.shuffle(SPOT).slice(0, random.integer(3));
  const traded = random.shuffle(instruments).slice(0, random.pick([0, 1, 2, 3, 5]));
  const perps = instruments.filter((id) => kindOf(id) === Kind.Perp);
  const some = held.length + traded.length === 0 ? [random.pick(perps)] : traded;
  return {
    spot: held.map((asset) => [asset, worth()] as const),
    positions: some.map((instrument) => [instrument, sign() * worth()] as const),
  };
}

/** Who holds a book, and who has the other side of each position. */
export interface Holders {
  readonly owner: AccountId;
  readonly other: AccountId;
  readonly timestamp: number;
}

/** The snapshot with a book in it, and the other side of it elsewhere. */
export function withBook(s: Snapshot, book: Book, holders: Holders): Snapshot {
  const { owner, other, timestamp } = holders;
  const unitsOf = (factor: number, dollars: number) =>
    divDown(BigInt(Math.round(dollars * 1e6)) * 10n ** 12n, spotOf(s, factor, timestamp));
  const holdings: Holding[] = book.spot.map(([asset, dollars]) => {
    return { asset, amount: unitsOf(factorOf(asset), dollars) };
  });
  const positions: Position[] = book.positions.map(([instrument, dollars]) => {
    const size = unitsOf(instrumentFactorOf(instrument), dollars);
    return { instrument, size, entry: indexOf(s, instrument, timestamp) };
  });
  const against = positions.map((one) => ({ ...one, size: -one.size }));
  const made = withAccount(s, owner, { ...EMPTY, holdings, positions });
  const both = withAccount(made, other, { ...EMPTY, positions: against });
  return positions.reduce(
    (state, { instrument, size }) =>
      changeInterest(state, instrument, size > 0n ? size : -size, deltaOf(instrument), timestamp),
    both,
  );
}

function deltaOf(instrument: InstrumentId): bigint {
  return isOption(instrument) ? HALF : WAD;
}

/** The snapshot with cash put into an account, or lent to it if below zero. */
export function withCashOf(
  s: Snapshot,
  id: AccountId,
  amount: bigint,
  timestamp: number,
): Snapshot {
  const accrued = accrue(s, timestamp);
  const booked = withCash(accrued, { booked: accrued.cash.booked + amount });
  return reprice(change(booked, id, amount));
}

/** The snapshot with just so much cash in an account, or owed by it, that its health is at most this. */
export function atHealth(s: Snapshot, id: AccountId, health: number, timestamp: number): Snapshot {
  const wanted = BigInt(Math.round(health * 1e6)) * 10n ** 12n;
  const healthWith = (cash: bigint) => {
    const { equity, maintenance } = accountHealthOf(
      withCashOf(s, id, cash, timestamp),
      id,
      timestamp,
    );
    return equity - mulDown(wanted, maintenance);
  };
  let [low, high] = [-1_000_000n * WAD, 2_000_000n * WAD];
  while (high - low > 10n ** 12n) {
    const middle = (low + high) / 2n;
    if (healthWith(middle) > 0n) high = middle;
    else low = middle;
  }
  return withCashOf(s, id, low, timestamp);
}

/** What there is of an account: assets, positions, and cash owed. */
export function isEmpty(s: Snapshot, id: AccountId): boolean {
  const { holdings, positions, principal } = accountOf(s, id);
  return holdings.length === 0 && positions.length === 0 && max(0n, -principal) === 0n;
}
