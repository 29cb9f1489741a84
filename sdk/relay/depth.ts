import { ANYONE } from "../orders/buildOrder.ts";
import { total } from "../total.ts";
import type { InstrumentId } from "../types/Ids.ts";
import type { Book } from "./book.ts";
import type { Entry } from "./matching.ts";
import type { Depth, Level } from "./Relay.ts";

/** What makers that are `alive` offer to anyone, by price, best first. */
export function depthOf(
  book: Book,
  instrument: InstrumentId,
  alive: (entry: Entry) => boolean,
): Depth {
  const levels = (side: "bid" | "ask") =>
    levelsOf(book.makers(instrument, side).filter((entry) => isOpen(entry) && alive(entry)));
  return { bids: levels("bid"), asks: levels("ask") };
}

function isOpen({ order }: Entry): boolean {
  return order.taker === ANYONE;
}

/** A queue is in order of price already. */
function levelsOf(entries: readonly Entry[]): Level[] {
  const prices = [...new Set(entries.map(({ order }) => order.limitPrice))];
  return prices.map((price) => {
    const same = entries.filter(({ order }) => order.limitPrice === price);
    return { price, size: total(same.map(({ left }) => left)), orders: same.length };
  });
}
