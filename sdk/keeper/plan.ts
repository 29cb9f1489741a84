import { BallastError } from "../errors/BallastError.ts";
import { abs, max } from "../math/WadMath.ts";
import { Phase, type Snapshot } from "../snapshot/Snapshot.ts";
import { observed, takeOver } from "../logic/index.ts";
import { priceAt } from "../snapshot/price.ts";
import { isNews, observeRate } from "../logic/rates.ts";
import { type AccountId, accountId, type AssetId } from "../types/Ids.ts";
import { bestBid, type Bidding, usd } from "./bidding.ts";
import { poking } from "./poking.ts";
import type { Pass, Policy, Step } from "./World.ts";

// What to do about a pool at one moment. Each step is decided in the state that the steps before it
// leave behind, reckoned by the twin: a call that opens an auction is bid on in the same plan.

const ROUNDS = 64; // observed in one transaction
const MOVED = 1_000n; // a rate is noted once it is off by one part in so many
const DAY = 86_400; // seconds, or once a day
const HEIR = accountId(`0x${"00".repeat(20)}`, 2n ** 96n - 1n); // a stand-in: the chain names it

/** What is planned so far, and the state it leaves. */
interface Draft {
  readonly state: Snapshot;
  readonly steps: readonly (Step | Pass)[];
  readonly capital: bigint;
}

/** Who plans, and for when. */
interface Planner {
  readonly policy: Policy;
  readonly timestamp: number;
}

/**
 * What a keeper should do now, in order: observe the factors with rounds waiting and the rates that moved, call or poke the
 * accounts that it moves forward, bid where it pays, and hand to the house what no one wants. Auctions
 * it leaves alone are in it too, with the reason. `timestamp` is the next block's, in Unix seconds.
 */
export function plan(snapshot: Snapshot, policy: Policy, timestamp: number): (Step | Pass)[] {
  const planner = { policy, timestamp };
  const start: Draft = { state: snapshot, steps: [], capital: policy.capital };
  const accounts = Object.keys(snapshot.accounts) as AccountId[];
  const looked = planRates(planObserves(start, planner), planner);
  const called = accounts.reduce((draft, id) => planCall(draft, id, planner), looked);
  const bought = planBids(called, planner);
  return [...accounts.reduce((draft, id) => planTakeOver(draft, id, planner), bought).steps];
}

function planObserves(draft: Draft, { policy, timestamp }: Planner): Draft {
  const waiting = Object.entries(draft.state.factors).filter(
    ([, { pending }]) => pending.length >= policy.observeFrom && pending.length > 0,
  );
  const steps = waiting.map(([factor, { pending }]): Step => {
    const rounds = Math.min(pending.length, ROUNDS);
    return {
      verb: "observe",
      factor: Number(factor),
      rounds,
      why: `rounds waiting: ${pending.length}`,
    };
  });
  const factors = waiting.map(([factor]) => Number(factor));
  const state = observed(draft.state, { timestamp, factors, maxRounds: ROUNDS });
  return { ...draft, state, steps: [...draft.steps, ...steps] };
}

/** Rates whose last round is news: a thousandth off what is known, or a day after it. */
function planRates(draft: Draft, { timestamp }: Planner): Draft {
  const due = Object.keys(draft.state.assets)
    .map(Number)
    .filter((asset) => isDue(draft.state, asset, timestamp));
  const steps = due.map((asset): Step => ({
    verb: "observeRate",
    asset,
    why: "its rate has moved",
  }));
  const state = due.reduce((s, asset) => observeRate(s, asset, timestamp), draft.state);
  return { ...draft, state, steps: [...draft.steps, ...steps] };
}

function isDue(s: Snapshot, asset: AssetId, timestamp: number): boolean {
  const { rate } = s.assets[asset]!;
  const price = priceAt(s, asset, timestamp);
  if (rate.sound === 0n || !isNews(rate, price)) return false;
  const apart = max(abs(price.price - rate.sound), abs(price.price - rate.heard));
  return apart * MOVED >= rate.sound || price.updated >= rate.heardAt + DAY;
}

function planCall(draft: Draft, account: AccountId, { policy, timestamp }: Planner): Draft {
  const found = attempt(() => poking(draft.state, account, policy.pokeAfter, timestamp));
  if (found === undefined) return draft;
  if (found instanceof BallastError) return passed(draft, account, found.message);
  const step: Step = { verb: "call", account, why: found.why };
  return { ...draft, state: found.state, steps: [...draft.steps, step] };
}

/** The most profitable first: what it spends, the next cannot. */
function planBids(draft: Draft, planner: Planner): Draft {
  const ranked = inAuction(draft.state)
    .map((account) => ({ account, profit: profitOf(lookAt(draft, account, planner)) }))
    .sort((a, b) => (a.profit < b.profit ? 1 : -1));
  return ranked.reduce((d, { account }) => planBid(d, account, planner), draft);
}

function planBid(draft: Draft, account: AccountId, planner: Planner): Draft {
  const found = lookAt(draft, account, planner);
  if (found instanceof BallastError) return passed(draft, account, found.message);
  if ("why" in found) return passed(draft, account, found.why);
  const { offer, slice, profit, state } = found;
  const why = `${slice.waterfall > 0n ? "backed" : "discounted"}: earns ${usd(profit)}`;
  const step: Step = { verb: "bid", account, offer, slice, profit, why };
  const capital = draft.capital - (slice.price > 0n ? slice.price : 0n);
  return { state, capital, steps: [...draft.steps, step] };
}

function planTakeOver(draft: Draft, account: AccountId, { timestamp }: Planner): Draft {
  if (draft.state.accounts[account]!.phase !== Phase.Auction) return draft;
  const state = attempt(() => takeOver(draft.state, { account, backstopAccount: HEIR }, timestamp));
  if (state === undefined || state instanceof BallastError) return draft;
  const step: Step = { verb: "takeOver", account, why: "backed, and unsold for half an hour" };
  return { ...draft, state, steps: [...draft.steps.filter((s) => !isPass(s, account)), step] };
}

function lookAt(draft: Draft, account: AccountId, { policy, timestamp }: Planner) {
  const bidder = { ...policy, capital: draft.capital };
  return attempt(() => bestBid(draft.state, account, bidder, timestamp));
}

function profitOf(found: Bidding | BallastError): bigint {
  return "profit" in found ? found.profit : 0n;
}

function inAuction({ accounts }: Snapshot): AccountId[] {
  const ids = Object.keys(accounts) as AccountId[];
  return ids.filter((id) => accounts[id]!.phase === Phase.Auction);
}

function passed(draft: Draft, account: AccountId, why: string): Draft {
  return { ...draft, steps: [...draft.steps, { verb: "pass", account, why }] };
}

function isPass(step: Step | Pass, account: AccountId): boolean {
  return step.verb === "pass" && step.account === account;
}

/** One account that cannot be reckoned must not hide the others. */
function attempt<T>(reckon: () => T): T | BallastError {
  try {
    return reckon();
  } catch (error) {
    if (error instanceof BallastError) return error;
    throw error;
  }
}
