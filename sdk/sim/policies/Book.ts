import { initialMargin, requirementOf } from "../../math/MarginMath.ts";
import * as FuseMath from "../../math/FuseMath.ts";
import { maintenanceMode } from "../../math/ScenarioMath.ts";
import { abs, max, mulDown, mulUp, WAD } from "../../math/WadMath.ts";
import type { Exposure, Pair, Portfolio, Stable, AccountHealth } from "../../types/Portfolio.ts";

// What an account holds, and the waist of it: what sdk/logic/portfolio.ts makes of a snapshot, for books
// of spot, followers, perps and one loan. Units and cash are wads; arrays stand in the order of the factors.

/** An account's holdings. */
export interface Book {
  readonly spot: readonly bigint[];
  readonly followers: readonly bigint[]; // units of the underlying
  readonly perps: readonly bigint[];
  readonly cash: bigint; // less what the perps were entered at; negative for a loan
}

/** The market as margin sees it at one time. */
export interface ConditionCheck {
  readonly time: number;
  readonly prices: readonly bigint[]; // USD
  readonly exposures: readonly Exposure[]; // with nothing held
  readonly followed: readonly Pair[]; // charge on followers
  readonly cashCharge: Pair;
}

/** A standing, and the requirement it was cut to. */
export interface Judged extends AccountHealth {
  readonly own: bigint; // before min(own, IM/1.2)
  readonly owed: bigint; // debt + perps' notional: the account's share of open interest
}

/** Units of each factor, spot and derivatives together. */
export function netOf({ spot, followers, perps }: Book): bigint[] {
  return spot.map((units, i) => units + followers[i]! + perps[i]!);
}

/** Equity, USD. */
export function equityOf(book: Book, prices: readonly bigint[]): bigint {
  return netOf(book).reduce((sum, units, i) => sum + mulDown(units, prices[i]!), book.cash);
}

/** What is left of a book when a fraction of all units is gone, and equity is `equity`. */
export function remains(
  book: Book,
  fraction: bigint,
  equity: bigint,
  prices: readonly bigint[],
): Book {
  const kept = (units: readonly bigint[]) => units.map((one) => mulDown(one, WAD - fraction));
  const [spot, followers, perps] = [kept(book.spot), kept(book.followers), kept(book.perps)];
  const left = { spot, followers, perps, cash: 0n };
  return { ...left, cash: equity - equityOf(left, prices) };
}

/** The waist. A loan or a perp is margined by `multiplier`; who owes nothing waits for free. */
export function portfolioOf(book: Book, sight: ConditionCheck, multiplier: bigint): Portfolio {
  const { prices } = sight;
  let [face, gross] = [book.cash, 0n];
  let owes = false;
  const exposures: Exposure[] = [];
  for (let i = 0; i < prices.length; ++i) {
    const [perps, followed] = [book.perps[i]!, mulDown(book.followers[i]!, prices[i]!)];
    const spot = mulDown(book.spot[i]!, prices[i]!) + followed;
    if (spot === 0n && perps === 0n) continue;
    face += mulDown(perps, prices[i]!);
    gross += spot;
    owes ||= perps !== 0n;
    const charge = sight.followed[i]!;
    const lst = [mulUp(followed, charge[0]), mulUp(followed, charge[1])] as const;
    exposures.push({ ...sight.exposures[i]!, spot, perps, lst });
  }
  const equity = face + gross;
  const debt = max(0n, -face);
  const graceMultiplier = owes || face < 0n ? multiplier : WAD;
  const stables = face === 0n ? [] : [cashFace(face, sight)];
  const all = { equity, initialEquity: equity, gross, debt, doubt: 0n };
  return { ...all, graceMultiplier, stables, exposures };
}

function cashFace(face: bigint, { cashCharge }: ConditionCheck): Stable {
  return { face, price: WAD, bandRate: 0n, longRate: face < 0n ? [0n, 0n] : cashCharge };
}

/** An account as margin calls see it. */
export function judge(book: Book, sight: ConditionCheck, multiplier: bigint): Judged {
  const portfolio = portfolioOf(book, sight, multiplier);
  const own = requirementOf(portfolio, maintenanceMode());
  const measure = FuseMath.measureOf(portfolio, own, initialMargin(portfolio));
  return {
    ...FuseMath.accountHealthOf(measure),
    own: own.required,
    owed: portfolio.debt + own.notional,
  };
}

/** Signed USD of each factor. */
export function deltasOf(book: Book, prices: readonly bigint[]): number[] {
  return netOf(book).map((units, i) => usd(mulDown(units, prices[i]!)));
}

/** USD of each factor whatever its side: what is held, and every perp beside it. */
export function weightOf({ spot, followers, perps }: Book, i: number): bigint {
  return spot[i]! + followers[i]! + abs(perps[i]!);
}

/** A wad as a number. */
export function usd(wad: bigint): number {
  return Number(wad) / 1e18;
}

/** A number of dollars as a wad, to a millionth. */
export function wad(dollars: number): bigint {
  return BigInt(Math.round(dollars * 1e6)) * 10n ** 12n;
}
