import { parseEventLogs, type Log } from "viem";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import type { InstrumentKind } from "../../sdk/orders/kinds.ts";
import { describeInstrument } from "../../sdk/orders/instrument.ts";
import { isOption } from "../../sdk/logic/positions.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";

const WAD = 10n ** 18n;

/** What happened to a pool, counted from its events. Money in wads of cash or USD. */
export interface Tally {
  readonly calls: number;
  readonly cured: number; // calls that ended before any slice was sold
  readonly auctions: number;
  readonly bids: number;
  readonly takeOvers: number;
  readonly liquidated: ReadonlySet<AccountId>; // accounts that lost at least a slice
  readonly withDerivatives: ReadonlySet<AccountId>; // of those, with positions
  readonly ownerCost: bigint; // discounts that owners paid
  readonly insuranceDraw: bigint;
  readonly badDebt: bigint; // what accounts could not pay themselves: fund's, winners' and lenders' part
  readonly payoutCut: bigint; // what who won it gave up
  readonly lenderLoss: bigint;
  readonly inSale: ReadonlySet<AccountId>; // a slice was sold and the account is not cured yet
  readonly fills: Readonly<Record<InstrumentKind, number>>;
  readonly refusedFills: number;
  readonly expiriesSettled: number;
  readonly exercised: bigint; // what settled options paid their longs
}

export const emptyTally: Tally = {
  ...{ calls: 0, cured: 0, auctions: 0, bids: 0, takeOvers: 0 },
  ...{ ownerCost: 0n, insuranceDraw: 0n, badDebt: 0n, payoutCut: 0n, lenderLoss: 0n },
  ...{ refusedFills: 0, expiriesSettled: 0, exercised: 0n },
  fills: { perp: 0, future: 0, call: 0, put: 0 },
  liquidated: new Set(),
  withDerivatives: new Set(),
  inSale: new Set(),
};

/** Fills of every kind. */
export function allFills({ fills }: Tally): number {
  return Object.values(fills).reduce((sum, one) => sum + one);
}

type Event = ReturnType<typeof parse>[number];

function parse(logs: Log[]) {
  return parseEventLogs({ abi: clearinghouseAbi, logs });
}

/** The tally after these logs, in order. `holders` held positions when they came. */
export function count(tally: Tally, logs: Log[], holders: ReadonlySet<AccountId>): Tally {
  return parse(logs).reduce((t, event) => noteHolder(add(t, event), event, holders), tally);
}

/** Who lost a slice of a book with positions in it. */
function noteHolder(t: Tally, { eventName, args }: Event, holders: ReadonlySet<AccountId>): Tally {
  if (eventName !== "Bid" && eventName !== "TakeOver") return t;
  if (!holders.has(args.account)) return t;
  return { ...t, withDerivatives: new Set(t.withDerivatives).add(args.account) };
}

function add(t: Tally, event: Event): Tally {
  switch (event.eventName) {
    case "Call":
      return { ...t, calls: t.calls + 1 };
    case "Cured":
      return cure(t, event.args.account);
    case "AuctionOpened":
      return { ...t, auctions: t.auctions + 1 };
    case "Bid":
      return sell(
        { ...t, bids: t.bids + 1 },
        event.args.account,
        (event.args.slice.discount * event.args.slice.fraction) / WAD,
      );
    case "TakeOver":
      return sell({ ...t, takeOvers: t.takeOvers + 1 }, event.args.account, 0n);
    case "InsurancePaid":
      return {
        ...t,
        insuranceDraw: t.insuranceDraw + event.args.amount,
        badDebt: t.badDebt + event.args.amount,
      };
    case "PayoutCut":
      return {
        ...t,
        payoutCut: t.payoutCut + event.args.amount,
        badDebt: t.badDebt + event.args.amount,
      };
    case "DeficitBooked":
      return { ...t, badDebt: t.badDebt + event.args.amount };
    case "LendersCharged":
      return { ...t, lenderLoss: t.lenderLoss + event.args.amount };
    case "Filled":
      return fill(t, describeInstrument(event.args.instrument).kind);
    case "FillFailed":
      return { ...t, refusedFills: t.refusedFills + 1 };
    case "ExpirySettled":
      return { ...t, expiriesSettled: t.expiriesSettled + 1 };
    case "Settled":
      return exercise(t, event.args);
    default:
      return t;
  }
}

function fill(t: Tally, kind: InstrumentKind): Tally {
  return { ...t, fills: { ...t.fills, [kind]: t.fills[kind] + 1 } };
}

/** An option earns nothing until it has settled, and its long then no less than nothing. */
function exercise(t: Tally, { instrument, earned }: { instrument: bigint; earned: bigint }): Tally {
  if (!isOption(instrument) || earned <= 0n) return t;
  return { ...t, exercised: t.exercised + earned };
}

function cure(t: Tally, account: AccountId): Tally {
  const inSale = new Set(t.inSale);
  const sold = inSale.delete(account);
  return { ...t, inSale, cured: t.cured + (sold ? 0 : 1) };
}

function sell(t: Tally, account: AccountId, cost: bigint): Tally {
  return {
    ...t,
    ownerCost: t.ownerCost + cost,
    liquidated: new Set(t.liquidated).add(account),
    inSale: new Set(t.inSale).add(account),
  };
}
