import { accrue } from "./accrue.ts";
import { approve } from "./approve.ts";
import { batch } from "./batch.ts";
import { batchReducing } from "./batchReducing.ts";
import { bid } from "./bid.ts";
import { borrow } from "./borrow.ts";
import { call } from "./call.ts";
import { cancel } from "./cancel.ts";
import { cancelBelow } from "./cancelBelow.ts";
import { deposit } from "./deposit.ts";
import { getAccount } from "./getAccount.ts";
import { getCash } from "./getCash.ts";
import { getFilled } from "./getFilled.ts";
import { getLock } from "./getLock.ts";
import { getMargin } from "./getMargin.ts";
import { getMarket } from "./getMarket.ts";
import { getNonce } from "./getNonce.ts";
import { getPermission } from "./getPermission.ts";
import { getPortfolio } from "./getPortfolio.ts";
import { getPositions } from "./getPositions.ts";
import { getQuote } from "./getQuote.ts";
import { getSlice } from "./getSlice.ts";
import { getExpiryState } from "./getExpiryState.ts";
import { lock } from "./lock.ts";
import { observe } from "./observe.ts";
import { observeRate } from "./observeRate.ts";
import { repay } from "./repay.ts";
import { setGrace } from "./setGrace.ts";
import { setOperator } from "./setOperator.ts";
import { setOperatorBySignature } from "./setOperatorBySignature.ts";
import { setSponsor } from "./setSponsor.ts";
import { settle } from "./settle.ts";
import { settleExpired } from "./settleExpired.ts";
import { settleExpiries } from "./settleExpiries.ts";
import { takeOver } from "./takeOver.ts";
import { transfer } from "./transfer.ts";
import { unlock } from "./unlock.ts";
import { watchAuctions } from "./watchAuctions.ts";
import { watchBids } from "./watchBids.ts";
import { watchCalls } from "./watchCalls.ts";
import { watchFills } from "./watchFills.ts";
import { withdraw } from "./withdraw.ts";
import type { ReadClient, WriteClient } from "./contract.ts";

// Actions that know their client. Who counts bytes imports the functions instead. Not for viem's
// `client.extend`: a client has a `batch` and an `account` of its own.

const READS = {
  getAccount,
  getCash,
  getFilled,
  getLock,
  getMargin,
  getMarket,
  getNonce,
  getPermission,
  getPortfolio,
  getPositions,
  getQuote,
  getSlice,
  getExpiryState,
  watchAuctions,
  watchBids,
  watchCalls,
  watchFills,
};
const WRITES = {
  accrue,
  approve,
  batch,
  batchReducing,
  bid,
  borrow,
  call,
  cancel,
  cancelBelow,
  deposit,
  lock,
  observe,
  observeRate,
  repay,
  setGrace,
  setOperator,
  setOperatorBySignature,
  setSponsor,
  settle,
  settleExpired,
  settleExpiries,
  takeOver,
  transfer,
  unlock,
  withdraw,
};

type Action = (client: never, args: never) => unknown;
type Bound<Actions extends Record<string, Action>> = {
  [Name in keyof Actions]: Actions[Name] extends (client: never, args: infer Args) => infer Result
    ? (args: Args) => Result
    : never;
};

/** Every read of a pool. */
export type ReadActions = Bound<typeof READS>;

/** Every verb of a pool. */
export type WriteActions = Bound<typeof WRITES>;

/** The reads, asked of this client. */
export function readActions(client: ReadClient): ReadActions {
  return bind(client, READS);
}

/** The verbs, signed by this client's account. */
export function writeActions(client: WriteClient): WriteActions {
  return bind(client, WRITES);
}

function bind<Actions extends Record<string, Action>>(client: unknown, actions: Actions) {
  const entries = Object.entries(actions).map(([name, action]) => [
    name,
    (args: never) => action(client as never, args),
  ]);
  return Object.fromEntries(entries) as Bound<Actions>;
}
