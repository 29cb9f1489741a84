import type { Change } from "../../sdk/preview/Change.ts";
import { preview, type Preview } from "../../sdk/preview/preview.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { SKIPPABLE } from "../../sdk/math/OracleMath.ts";
import { withFactor } from "../../sdk/logic/factors.ts";
import { withRounds } from "../../sdk/logic/rounds.ts";
import { type AccountId, type AssetId, assetId, ownerOf } from "../../sdk/types/Ids.ts";
import type { Order } from "../../sdk/types/Order.ts";
import { sign } from "../fixtures/market.ts";
import { follow } from "../preview/follow.ts";
import { sendBatch } from "../preview/send.ts";
import { SLOT, type Windows } from "./pools.ts";

// A pool in the twin's memory, its feeds, and the time. On a chain each round is sent as well, and each act is
// foretold by the memory and then compared with it: so the memory of the feeds is compared, too.

/** A price, and the time of its round. */
export interface Round {
  readonly time: number;
  readonly price: bigint;
}

/** The last good price. */
export function lastOf(rounds: readonly Round[]): bigint {
  return rounds.findLast(({ price }) => price > 0n)!.price;
}

/** One act: what is sent, and for which account it is sent as reducing. */
export interface Act {
  readonly changes: readonly Change[];
  readonly reducing?: AccountId;
}

export class World {
  now: number;
  readonly quoted: Round[]; // of the underlying, as it was last said; zero for nothing good
  readonly counted: Round[]; // the rounds that a settlement may count, zeros among them
  private passed = false; // were slots skipped since the last one told?

  constructor(
    readonly windows: Windows,
    public state: Snapshot,
    private readonly chain: boolean,
  ) {
    const { market, pending } = state.factors[windows.factor]!;
    const walked = { time: market.seen, price: market.price };
    const waiting = pending.map(({ updated, price }) => ({ time: updated, price }));
    const { price, updated } = state.feeds[assetId(windows.factor, 0)]!.price;
    this.now = state.block.timestamp;
    this.quoted = [{ time: updated, price }];
    this.counted = [walked, ...waiting];
  }

  /** Of Pyth's rounds somebody has to tell those that count. */
  get isTold(): boolean {
    return this.told !== null;
  }

  /** The slot that is to be told next. */
  get slot(): number {
    return this.told?.closed ?? Infinity;
  }

  private get told() {
    return this.state.factors[this.windows.factor]!.told;
  }

  /** A round of a feed, a second later; a price of zero says nothing good. */
  async say(asset: AssetId, price: bigint): Promise<void> {
    const time = ++this.now;
    if (this.chain) await this.windows.hands.say(asset, price, time);
    if (asset === assetId(this.windows.factor, 0)) return this.quote({ time, price });
    this.state = withRounds(this.state, { timestamp: time, rounds: { [asset]: price } });
  }

  /** A price of the underlying; of Chainlink's each is a round, too. */
  private quote({ time, price }: Round): void {
    const { factors } = this.state;
    const rounds = { [assetId(this.windows.factor, 0)]: price };
    const said = withRounds(this.state, { timestamp: time, rounds });
    this.state = this.isTold ? { ...said, factors } : said;
    this.quoted.push({ time, price });
    if (!this.isTold) this.counted.push({ time, price });
  }

  /** What the underlying was last said to be worth at a time. */
  priceAt(time: number): bigint {
    return this.quoted.findLast((one) => one.time <= time)?.price ?? this.quoted[0]!.price;
  }

  /** Tells slots that are due, each by the first price since. Returns how many. */
  async tell(most: number): Promise<number> {
    let told = 0;
    for (; told < most && this.slot < this.now; ++told) await this.tellOne(this.slot);
    return told;
  }

  private async tellOne(slot: number): Promise<void> {
    const [time, price] = [slot + 1, this.priceAt(slot + 1)];
    if (this.chain) await this.windows.hands.tell(price, slot, ++this.now);
    if (time > this.quoted.at(-1)!.time) this.quote({ time, price }); // Pyth keeps what is newer
    this.state = withTold(this.state, this.windows.factor, { time, price }, this.passed);
    this.passed = false;
    this.counted.push({ time, price });
  }

  /** Passes over the slots that nobody told within the hour. Were there any? */
  async skip(): Promise<boolean> {
    if (this.now + 1 < this.slot + Number(SKIPPABLE)) return false;
    const time = ++this.now;
    if (this.chain) await this.windows.hands.skip(time);
    const closed = (Math.floor((time - Number(SKIPPABLE)) / SLOT) + 1) * SLOT;
    const told = { ...this.told!, closed };
    this.state = withFactor(this.state, this.windows.factor, { told });
    this.passed = true;
    return true;
  }

  /** An order with the signature that a chain would ask for. */
  async signed(order: Order) {
    if (!this.chain) return { order, signature: "0x" as const };
    const { local } = this.windows;
    const is = ({ account }: typeof local.alice) =>
      account.address.toLowerCase() === ownerOf(order.account);
    return sign(local, [local.alice, local.bob].find(is)!, order);
  }

  /** Does an act a second later; the state moves if it is accepted. */
  async act(act: Act, where: string): Promise<Preview> {
    const timestamp = ++this.now;
    if (this.chain) return this.followed(act, timestamp, where);
    const { changes, reducing } = act;
    const proof = reducing === undefined ? { batch: changes.length > 1 } : { reducing };
    const done = preview(this.state, changes, { timestamp, ...proof });
    if (done.ok) this.state = done.state;
    return done;
  }

  private async followed({ changes, reducing }: Act, timestamp: number, where: string) {
    const { market } = this.windows;
    const step = { snapshot: this.state, changes, timestamp, where };
    const account = changes[0]!.by?.address as `0x${string}`;
    const send = () => sendBatch(market, changes, { account, timestamp, reducing });
    const batch = reducing === undefined ? { send } : { send, reducing };
    const done = await follow(market, changes.length > 1 ? { ...step, ...batch } : step);
    this.state = done.snapshot;
    return done.preview;
  }
}

/** The state once a slot is told; the newest price stays as it is. */
export function withTold(s: Snapshot, factor: number, round: Round, skipped: boolean): Snapshot {
  const rounds = { [assetId(factor, 0)]: round.price };
  const told = withRounds(s, { timestamp: round.time, rounds });
  const { pending } = told.factors[factor]!;
  const last = { ...pending.at(-1)!, skipped };
  return {
    ...withFactor(told, factor, { pending: [...pending.slice(0, -1), last] }),
    feeds: s.feeds,
  };
}
