import { preview } from "../../sdk/preview/preview.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { withAccount, withCall } from "../../sdk/logic/accounts.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { isLow, isThin } from "../../sdk/logic/poke.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import type { Slice } from "../../sdk/types/Offer.ts";
import type { AccountHealth } from "../../sdk/types/Portfolio.ts";
import { offer } from "../fixtures/margin.ts";
import type { TradingMarket } from "../preview/openTrading.ts";
import { atHealth, drawBook, isEmpty, withBook, withCashOf } from "./books.ts";

const WAD = 10n ** 18n;

/** What a bid made of an account that was for sale. */
export interface Sale {
  readonly before: AccountHealth;
  readonly after: AccountHealth;
  readonly slice: Slice;
  readonly backed: boolean; // was its bidder paid
  readonly empty: boolean; // nothing is left
  readonly cured: boolean;
}

/** Where sales are held, and who takes part. */
export interface Hall {
  readonly market: TradingMarket;
  readonly base: Snapshot;
  readonly random: Random;
}

/** Sells a part of a random book at a random moment of its auction; none if the bid is refused. */
export function sellOne({ market, base, random }: Hall, fraction: bigint): Sale | undefined {
  const [owner, other, bidder] = market.owned as [AccountId, AccountId, AccountId];
  const timestamp = base.block.timestamp + 1;
  const book = drawBook(random, market.instruments);
  const opened = withBook(base, book, { owner, other, timestamp });
  const rich = withCashOf(opened, bidder, 3_000_000n * WAD, timestamp);
  const tiered = withAccount(rich, owner, { tier: random.integer(4) });
  const health = random.pick([1, 1, 0.3]) * random.uniform() - random.pick([0, 0, 0.4]);
  const short = atHealth(tiered, owner, health, timestamp);
  const s = inAuction(short, owner, timestamp, random);
  const done = preview(s, [{ verb: "bid", offer: offer(owner, bidder, fraction) }], { timestamp });
  if (!done.ok) return undefined;
  const empty = isEmpty(done.state, owner);
  return {
    before: accountHealthOf(s, owner, timestamp),
    after: accountHealthOf(done.state, owner, timestamp),
    slice: done.steps[0]!.slice!,
    backed: s.accounts[owner]!.call.backed !== 0,
    empty,
    cured: !empty && done.state.accounts[owner]!.phase === Phase.Clear,
  };
}

/** The account as pokes would have left it, some time into its auction. */
function inAuction(s: Snapshot, id: AccountId, timestamp: number, random: Random): Snapshot {
  const now = accountHealthOf(s, id, timestamp);
  const since = () => timestamp - random.integer(2_400);
  return withCall(withAccount(s, id, { phase: Phase.Auction, poked: timestamp }), id, {
    ...{ opened: since(), health: now.health, certain: true },
    ...{ low: isLow(now) ? since() : 0, backed: isThin(now) ? since() : 0 },
  });
}
