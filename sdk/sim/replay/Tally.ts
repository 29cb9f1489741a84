import { parseEventLogs, type Log } from "viem";

import { clearinghouseAbi } from "../../abi.ts";
import type { AccountId } from "../../types/Ids.ts";

const WAD = 10n ** 18n;

/** What happened to a pool, counted from its events. Money in wads of cash or USD. */
export interface Tally {
  readonly calls: number;
  readonly cured: number; // calls that ended before any slice was sold
  readonly auctions: number;
  readonly bids: number;
  readonly takeOvers: number;
  readonly liquidated: ReadonlySet<AccountId>; // accounts that lost at least a slice
  readonly ownerCost: bigint; // discounts that owners paid
  readonly insuranceDraw: bigint;
  readonly badDebt: bigint; // what accounts could not pay themselves: the fund's and the lenders' part
  readonly lenderLoss: bigint;
  readonly inSale: ReadonlySet<AccountId>; // a slice was sold and the account is not cured yet
}

export const emptyTally: Tally = {
  ...{ calls: 0, cured: 0, auctions: 0, bids: 0, takeOvers: 0 },
  ...{ ownerCost: 0n, insuranceDraw: 0n, badDebt: 0n, lenderLoss: 0n },
  liquidated: new Set(),
  inSale: new Set(),
};

type Event = ReturnType<typeof parse>[number];

function parse(logs: Log[]) {
  return parseEventLogs({ abi: clearinghouseAbi, logs });
}

/** The tally after these logs, in order. */
export function count(tally: Tally, logs: Log[]): Tally {
  return parse(logs).reduce(add, tally);
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
    case "DeficitBooked":
      return { ...t, badDebt: t.badDebt + event.args.amount };
    case "LendersCharged":
      return { ...t, lenderLoss: t.lenderLoss + event.args.amount };
    default:
      return t;
  }
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
