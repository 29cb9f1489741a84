import type { Hash, PublicClient } from "viem";

import { bid } from "../actions/bid.ts";
import { call } from "../actions/call.ts";
import type { Sent, WriteClient } from "../actions/contract.ts";
import { observe } from "../actions/observe.ts";
import { observeRate } from "../actions/observeRate.ts";
import { takeOver } from "../actions/takeOver.ts";
import { BallastError } from "../errors/BallastError.ts";
import { getSnapshot } from "../snapshot/getSnapshot.ts";
import type { Pool } from "../types/Pool.ts";
import { type Checkpoint, discover } from "./discover.ts";
import type { World } from "./World.ts";

/** A transaction that was fine when simulated, and failed when mined. */
export class FailedWhenMined extends BallastError {
  override readonly name = "FailedWhenMined";

  constructor(readonly hash: Hash) {
    super(`FailedWhenMined: ${hash}`);
  }
}

/** What a keeper on a chain is given. */
export interface ChainWorld extends Pick<World, "policy" | "log"> {
  readonly pool: Pool;
  readonly reader: PublicClient;
  readonly writer: WriteClient;
  readonly clock: () => number; // seconds since 1970, where the node has no pending block
  readonly load: () => Checkpoint;
  readonly save: (checkpoint: Checkpoint) => void;
}

/** The world of a keeper on a chain: every verb waits until it is mined. */
export function chainWorld(given: ChainWorld): World {
  const { pool, reader, writer, policy, log } = given;
  const mined = (sent: Promise<Sent>) => waitFor(reader, sent);
  return {
    ...{ policy, log },
    snapshot: () => snapshotOf(given),
    now: () => pendingTime(given),
    observe: (factor, maxRounds) => mined(observe(writer, { pool, factor, maxRounds })),
    observeRate: (asset) => mined(observeRate(writer, { pool, asset })),
    call: (account) => mined(call(writer, { pool, account })),
    bid: (offer) => mined(bid(writer, { pool, ...offer })),
    takeOver: (account) => mined(takeOver(writer, { pool, account })),
  };
}

async function snapshotOf({ pool, reader, policy, load, save }: ChainWorld) {
  const found = await discover(reader, { pool, since: load() });
  save(found);
  const accounts = [...new Set([...found.accounts, policy.receiver])];
  return getSnapshot(reader, { pool, accounts });
}

async function pendingTime({ reader, clock }: ChainWorld): Promise<number> {
  const pending = await reader.getBlock({ blockTag: "pending" }).catch(() => undefined);
  return pending === undefined ? clock() : Number(pending.timestamp);
}

async function waitFor(reader: PublicClient, sending: Promise<Sent>): Promise<Sent> {
  const sent = await sending;
  const { status } = await reader.waitForTransactionReceipt({ hash: sent.hash });
  if (status === "reverted") throw new FailedWhenMined(sent.hash);
  return sent;
}
