import type { ContractEventName, WatchContractEventOnLogsParameter } from "viem";
import { watchContractEvent } from "viem/actions";

import { clearinghouseAbi } from "../abi.ts";
import { decodeError } from "../errors/decodeError.ts";
import type { AccountId } from "../types/Ids.ts";
import type { Door, ReadClient } from "./door.ts";

type EventName = ContractEventName<typeof clearinghouseAbi>;

/** Logs of one of the door's events, their arguments decoded. */
export type Logs<E extends EventName> = WatchContractEventOnLogsParameter<
  typeof clearinghouseAbi,
  E,
  true
>;

/** What to watch, and whom to tell. */
export interface Watch<E extends EventName> {
  readonly pool: Door;
  readonly account?: AccountId; // every account, unless said
  readonly onLogs: (logs: Logs<E>) => void; // of one or several blocks, in order
  readonly onError?: (error: Error) => void;
  readonly pollingInterval?: number; // milliseconds; the client's own, unless said
}

/** Ends a watch. */
export type Unwatch = () => void;

/** Tells of every log of an event from now on. */
export function watch<E extends EventName>(
  client: ReadClient,
  eventName: E,
  { pool, account, onLogs, onError, pollingInterval }: Watch<E>,
): Unwatch {
  return watchContractEvent(client, {
    ...{ address: pool.clearinghouse, abi: clearinghouseAbi, eventName, strict: true, onLogs },
    ...(account === undefined ? {} : { args: { account } }),
    ...(onError === undefined ? {} : { onError: (e: Error) => onError(decodeError(e)) }),
    ...(pollingInterval === undefined ? {} : { pollingInterval }),
  } as never);
}
