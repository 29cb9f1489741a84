import { zeroAddress, type Address, type Hex } from "viem";

import { ETH, openStage, type Stage } from "./stage.ts";

export const FEED: Hex = `0x${"e7".repeat(32)}`;
export const SLOT = 300n;
export const FEE = 5n; // wei an update

/** One update as Pyth would sign it: price and confidence in units of 10^expo, and of when it is. */
export interface Update {
  readonly price: bigint;
  readonly confidence?: bigint;
  readonly exponent?: number;
  readonly time: bigint;
  readonly before: bigint; // time of the update before it
}

const TRUST = {
  heartbeat: 60,
  deviation: 1_000_000, // 0.1 %
  volatility: 1_000_000_000,
  confidence: 20_000_000, // 2 %
};

export type PythStage = Awaited<ReturnType<typeof openPyth>>;

/** A Pyth oracle of ETH over the package's own mock. */
export async function openPyth(given?: Stage, sequencer: Address = zeroAddress) {
  const stage = given ?? (await openStage());
  const pyth = await stage.viem.deployContract("MockPyth", [60n, FEE]);
  const args = [stage.authority, pyth.address, sequencer] as const;
  const oracle = await stage.viem.deployContract("PythOracle", [...args]);

  const name = (change: Partial<typeof TRUST> = {}, id = FEED) =>
    oracle.write.setFeed([ETH, id, { ...TRUST, ...change }]);

  /** An update as bytes. */
  const signed = ({ price, confidence = 0n, exponent = -8, time, before }: Update) =>
    pyth.read.createPriceFeedUpdateData([
      ...([FEED, price, confidence, exponent, price, confidence] as const),
      ...([time, before] as const),
    ]);

  /** Brings Pyth a newer price. */
  async function push(update: Omit<Update, "before" | "time"> & { time?: bigint }) {
    const time = update.time ?? (await stage.now());
    const bytes = await signed({ ...update, time, before: time - 1n });
    await pyth.write.updatePriceFeeds([[bytes]], { value: FEE });
  }

  /** Tells slots, one update each. */
  async function tell(updates: readonly Update[], from = stage.admin) {
    const slots = await Promise.all(updates.map(async (update) => [await signed(update)]));
    return oracle.write.tell([ETH, slots], {
      account: from,
      value: FEE * BigInt(updates.length),
    });
  }

  /** Time of the first slot that is neither told nor skipped. */
  const slot = async () => BigInt((await oracle.read.feedOf([ETH]))[2]) * SLOT;

  await name();
  return { stage, pyth, oracle, name, signed, push, tell, slot };
}
