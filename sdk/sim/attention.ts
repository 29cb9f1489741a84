import type { Margin } from "../types/Portfolio.ts";

// When an owner worries, and what it then pays in.

const WAD = 10n ** 18n;
const WORRY = (115n * WAD) / 100n; // health at which an owner starts to look
const COMFORT = (130n * WAD) / 100n; // health it pays up to
const LEAST = 50; // USD: less is not worth the gas

/** What an owner looks at. */
type Seen = Pick<Margin, "equity" | "maintenance">;

/** Is health so low that an owner would act if it looked? */
export function isWorrying({ equity, maintenance }: Seen): boolean {
  return equity * WAD < maintenance * WORRY;
}

/** What an owner pays in to be at ease, as far as its reserve goes, USD; zero for nothing. */
export function topUpOf({ equity, maintenance }: Seen, reserve: number): number {
  const wanted = Number((maintenance * COMFORT) / WAD - equity) / 1e18;
  const paid = Math.min(wanted, reserve);
  return paid < LEAST ? 0 : Math.ceil(paid);
}
