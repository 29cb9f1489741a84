import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { marginOf } from "../../sdk/logic/margin.ts";
import { portfolioOf } from "../../sdk/logic/portfolio.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import type { Market } from "../preview/openMarket.ts";
import { expectAlike } from "./plain.ts";

const TWINS = {
  margins: marginOf,
  portfolios: (s: Snapshot, id: AccountId, timestamp: number) =>
    portfolioOf(s, id, { timestamp, view: "conservative" }),
};

/** What is asked of both sides, of whom, when; and how an error names it. */
export interface Question {
  readonly what: keyof typeof TWINS;
  readonly ids: readonly AccountId[];
  readonly timestamp: number;
  readonly page: number; // accounts of one call, by gas
  readonly where: string;
}

/** The Lens and the SDK say the same of every account, to the wei. */
export async function expectSame(market: Market, s: Snapshot, question: Question): Promise<void> {
  const { what, ids, timestamp, page, where } = question;
  for (let from = 0; from < ids.length; from += page) {
    const some = ids.slice(from, from + page);
    const theirs = await market.lens.read[what]([market.pool.clearinghouse, some]);
    const mine = some.map((id) => TWINS[what](s, id, timestamp));
    expectAlike(mine, theirs, `${where}, ${what} at ${timestamp}`);
  }
}
