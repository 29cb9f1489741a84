import { expect } from "chai";

import { decodeError } from "../../sdk/errors/index.ts";
import type { BallastError } from "../../sdk/errors/index.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import type { Margins } from "../../sdk/preview/margins.ts";
import { preview, type Accepted, type Preview } from "../../sdk/preview/preview.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import type { AccountId } from "../../sdk/types/Ids.ts";
import { expectAlike, plain } from "../parity/plain.ts";
import type { Market } from "./openMarket.ts";
import { send, sendBatch } from "./send.ts";
import { stateOf } from "./stateOf.ts";

export type Thrown = BallastError & { readonly args?: unknown };

/** What is done, on which state, when; and how an error names it. */
export interface Step {
  readonly snapshot: Snapshot;
  readonly changes: readonly Change[];
  readonly timestamp: number;
  readonly where: string;
  readonly reducing?: AccountId; // the account that a batch is sent as reducing for
  readonly send?: () => Promise<unknown>; // sends it, if that is not left to `follow`
}

/** What was foretold and came true, and the chain's state after it. */
export interface Followed {
  readonly preview: Preview;
  readonly snapshot: Snapshot;
}

/** Previews one change, or a batch of alice's, sends it, and compares all there is to compare. */
export async function follow(market: Market, step: Step): Promise<Followed> {
  const { snapshot, changes, timestamp, where, reducing } = step;
  const proof = reducing === undefined ? { batch: changes.length > 1 } : { reducing };
  const expected = preview(snapshot, changes, { timestamp, ...proof });
  const refusal = await refusalOf(market, step);
  const after = await market.snapshot(Object.keys(snapshot.accounts) as AccountId[]);
  if (expected.ok) {
    expect(refusal, `${where}: ${refusal?.message}`).to.equal(null);
    await expectDone(market, expected, after, step);
  } else {
    const { name, args } = expected.error as Thrown;
    expect(plain([refusal?.name, refusal?.args]), where).to.deep.equal(plain([name, args]));
  }
  return { preview: expected, snapshot: after };
}

async function refusalOf(market: Market, step: Step): Promise<Thrown | null> {
  const { changes, timestamp, reducing, send: sends } = step;
  const account = market.alice.account.address;
  try {
    if (sends !== undefined) await sends();
    else if (changes.length > 1) await sendBatch(market, changes, { account, timestamp, reducing });
    else await send(market, changes[0]!, timestamp);
    return null;
  } catch (thrown) {
    return decodeError(thrown) as Thrown;
  }
}

async function expectDone(
  market: Market,
  { state, after: margins }: Accepted,
  after: Snapshot,
  { timestamp, where }: Step,
): Promise<void> {
  expectAlike(stateOf(state, timestamp), stateOf(after, timestamp), where);
  await expectMargins(market, margins, where);
}

async function expectMargins({ lens, pool }: Market, margins: Margins, where: string) {
  const ids = Object.keys(margins) as AccountId[];
  const mine = Object.values(margins).map(({ health: _, ...margin }) => margin);
  expectAlike(mine, await lens.read.margins([pool.clearinghouse, ids]), where);
}
