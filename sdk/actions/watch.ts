import type { ContractEventName, WatchContractEventOnLogsParameter } from "viem";
import { getBlockNumber, getContractEvents } from "viem/actions";

import { clearinghouseAbi } from "../generated/clearinghouseAbi.ts";
import { decodeError } from "../errors/decodeError.ts";
import { requireAddress, requireWord } from "../types/addresses.ts";
import type { AccountId } from "../types/Ids.ts";
import type { PoolAddress, ReadClient } from "./contract.ts";
import { poll, type Range, type Told } from "./poll.ts";

type EventName = ContractEventName<typeof clearinghouseAbi>;

/** Logs of one of the clearinghouse's events, their arguments decoded. */
export type Logs<E extends EventName> = WatchContractEventOnLogsParameter<
  typeof clearinghouseAbi,
  E,
  true
>;

/** What to watch, and whom to tell. */
export interface Watch<E extends EventName> {
  readonly pool: PoolAddress;
  readonly account?: AccountId; // every account, unless said
  readonly onLogs: (logs: Logs<E>) => void; // of one or several blocks, in order
  readonly onError?: (error: Error) => void; // of the node, or thrown by `onLogs`; the watch goes on
  readonly pollingInterval?: number; // milliseconds; the client's own, unless said
}

/** Ends a watch. */
export type Unwatch = () => void;

/**
 * Tells of every log of an event from now on, each once: asks for logs by ranges of blocks, so there
 * is no filter that a node could lose. A range is asked for again while its last blocks may still be
 * replaced; a log whose transaction moved to another block is not told again. While the node fails it
 * asks more and more rarely, a minute apart at most, and then goes on where it was.
 *
 * @throws BadAddress, BadWord
 */
export function watch<E extends EventName>(
  client: ReadClient,
  eventName: E,
  { pool, account, onLogs, onError, pollingInterval = client.pollingInterval }: Watch<E>,
): Unwatch {
  requireAddress("pool.clearinghouse", pool.clearinghouse);
  if (account !== undefined) requireWord("account", account);
  const event = { address: pool.clearinghouse, abi: clearinghouseAbi, eventName, strict: true };
  const args = account === undefined ? {} : { args: { account } };
  return poll({
    head: () => getBlockNumber(client, { cacheTime: 0 }),
    logsIn: (range: Range) =>
      getContractEvents(client, {
        ...event,
        ...args,
        ...range,
      } as never) as Promise<unknown> as Promise<Told[]>,
    onLogs: (logs) => onLogs(logs as never),
    onError: (thrown) => onError?.(decodeError(thrown)),
    interval: pollingInterval,
  });
}
