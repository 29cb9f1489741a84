import { expect } from "chai";
import fc from "fast-check";
import { concat, createClient, custom, encodeEventTopics, numberToHex, pad } from "viem";
import type { AbiEvent, Hex } from "viem";

import * as actions from "../../sdk/actions/index.ts";
import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { FUND } from "../../sdk/types/Ids.ts";

const POOL = `0x${"ab".repeat(20)}` as const;
const INTERVAL = 2; // milliseconds

/** A margin call in a transaction of this number. */
interface Event {
  readonly transaction: number;
  readonly block: number;
}

/** A node that knows no filters. Its chain may be rewritten, its answers refused. */
function createNode() {
  const node = {
    head: 100,
    events: [] as Event[],
    refuse: (_method: string, _blocks: number): void => {},
    asked: [] as string[],
  };
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    node.asked.push(method);
    const [{ fromBlock, toBlock } = {} as never] = (params ?? []) as [
      { fromBlock: Hex; toBlock: Hex },
    ];
    node.refuse(method, method === "eth_getLogs" ? Number(toBlock) - Number(fromBlock) + 1 : 0);
    if (method === "eth_blockNumber") return numberToHex(node.head);
    if (method !== "eth_getLogs") throw refusal(-32601, "the method does not exist");
    const [low, high] = [Number(fromBlock), Number(toBlock)];
    return node.events.filter(({ block }) => low <= block && block <= high).map(logOf);
  };
  const client = createClient({ transport: custom({ request }, { retryCount: 0 }) });
  return { node, client };
}

function logOf({ transaction, block }: Event, index: number) {
  const event = { abi: clearinghouseAbi, eventName: "Call" } as const;
  const item = clearinghouseAbi.find((one) => one.type === "event" && one.name === "Call")!;
  const inputs = (item as AbiEvent).inputs.filter(({ indexed }) => !indexed);
  return {
    address: POOL,
    topics: encodeEventTopics({ ...event, args: { account: FUND } } as never),
    data: concat(inputs.map(() => pad("0x00"))),
    blockNumber: numberToHex(block),
    blockHash: pad(numberToHex(block)),
    transactionHash: pad(numberToHex(transaction)),
    transactionIndex: "0x0",
    logIndex: numberToHex(index),
    removed: false,
  };
}

function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Watches until `work` has been done; the transactions that were told of, and the errors. */
async function watched(
  work: (node: ReturnType<typeof createNode>["node"], looks: Looks) => Promise<void>,
) {
  const { node, client } = createNode();
  const told: number[] = [];
  const errors: Error[] = [];
  const looks = looksOf(node);
  const unwatch = actions.watchCalls(client as never, {
    pool: { clearinghouse: POOL },
    pollingInterval: INTERVAL,
    onLogs: (logs) => told.push(...logs.map(({ transactionHash }) => Number(transactionHash))),
    onError: (error) => errors.push(error),
  });
  try {
    await looks(2);
    await work(node, looks);
    return { told, errors, node };
  } finally {
    unwatch();
  }
}

type Looks = (count: number) => Promise<void>;

/** Waits until a node's head was asked for so many times more. */
function looksOf(node: { readonly asked: readonly string[] }): Looks {
  const heads = () => node.asked.filter((method) => method === "eth_blockNumber").length;
  return async (count) => {
    const wanted = heads() + count;
    while (heads() < wanted) await new Promise((resolve) => setTimeout(resolve, 1));
  };
}

describe("a watch", () => {
  it("asks for no filter, and tells of each log once", async () => {
    const { told, node } = await watched(async (node, looks) => {
      node.events.push({ transaction: 1, block: 101 });
      node.head = 101;
      await looks(5);
      node.events.push({ transaction: 2, block: 103 }, { transaction: 3, block: 103 });
      node.head = 104;
      await looks(5);
    });
    expect(told).to.deep.equal([1, 2, 3]);
    expect(new Set(node.asked)).to.deep.equal(new Set(["eth_blockNumber", "eth_getLogs"]));
  });

  it("tells of what came, and not of what was there", async () => {
    const { node, client } = createNode();
    node.events.push({ transaction: 1, block: 99 }, { transaction: 2, block: 100 });
    const told: number[] = [];
    const unwatch = actions.watchCalls(client as never, {
      pool: { clearinghouse: POOL },
      pollingInterval: INTERVAL,
      onLogs: (logs) => told.push(...logs.map(({ transactionHash }) => Number(transactionHash))),
    });
    await looksOf(node)(3);
    node.events.push({ transaction: 3, block: 100 }); // in a block that replaced another
    await looksOf(node)(3);
    unwatch();
    expect(told).to.deep.equal([3]);
  });

  it("finds what a node behind the others did not know yet", async () => {
    const { told } = await watched(async (node, looks) => {
      node.head = 110; // told by a node that is ahead of the one that has the logs
      await looks(3);
      node.events.push({ transaction: 1, block: 108 });
      await looks(3);
    });
    expect(told).to.deep.equal([1]);
  });

  for (const code of [-32602, -32600, -32000, -32005]) {
    it(`goes on after ${code}, says so, and misses nothing`, async () => {
      const { told, errors } = await watched(async (node, looks) => {
        node.refuse = () => {
          throw refusal(code, "filter not found");
        };
        node.events.push({ transaction: 1, block: 101 });
        await looks(3);
        node.head = 300;
        node.events.push({ transaction: 2, block: 290 });
        node.refuse = () => {};
        await looks(3);
      });
      expect(told).to.deep.equal([1, 2]);
      expect(errors.length).to.be.within(2, 4);
    });
  }

  it("asks for a long silence in ranges that most nodes allow", async () => {
    const { told } = await watched(async (node, looks) => {
      node.refuse = (_, blocks) => {
        if (blocks > 500) throw refusal(-32602, `range ${blocks} exceeds limit of 500`);
      };
      node.events.push({ transaction: 1, block: 101 }, { transaction: 2, block: 5_000 });
      node.head = 5_000;
      await looks(2);
      const asked = node.asked.filter((method) => method === "eth_getLogs").length;
      expect(asked).to.be.below(20);
    });
    expect(told).to.deep.equal([1, 2]);
  });

  it("asks for fewer blocks where the node gives few", async () => {
    const { told, errors } = await watched(async (node, looks) => {
      node.refuse = (_, blocks) => {
        if (blocks > 10) throw refusal(-32602, `range ${blocks} exceeds limit of 10`);
      };
      for (let i = 0; i < 40; ++i) node.events.push({ transaction: 1 + i, block: 101 + 20 * i });
      node.head = 1_000;
      await looks(3);
    });
    expect(told).to.deep.equal(Array.from({ length: 40 }, (_, i) => 1 + i));
    expect(errors).to.deep.equal([]);
  });

  it("asks ever more rarely while the node is down", async () => {
    const { node } = await watched(async (node) => {
      node.refuse = () => {
        throw refusal(-32603, "down");
      };
      node.asked.length = 0;
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    // After 4, 8, 16, 32, 64 and 128 milliseconds, not every other one.
    expect(node.asked.length).to.be.within(3, 9);
  });

  it("outlives a listener that throws, and tells of its error", async () => {
    const { node, client } = createNode();
    const errors: string[] = [];
    let calls = 0;
    const unwatch = actions.watchCalls(client as never, {
      ...{ pool: { clearinghouse: POOL }, pollingInterval: INTERVAL },
      onLogs: () => {
        calls += 1;
        throw new Error(`listener ${calls}`);
      },
      onError: ({ message }) => errors.push(message),
    });
    const looks = looksOf(node);
    await looks(2);
    for (const block of [101, 102]) {
      node.events.push({ transaction: block, block });
      node.head = block;
      await looks(3);
    }
    unwatch();
    expect(errors).to.deep.equal(["listener 1", "listener 2"]);
  });

  it("says nothing more once it has ended", async () => {
    const { node, client } = createNode();
    let told = 0;
    const unwatch = actions.watchCalls(client as never, {
      ...{ pool: { clearinghouse: POOL }, pollingInterval: INTERVAL },
      onLogs: () => (told += 1),
    });
    await looksOf(node)(2);
    unwatch();
    const { length } = node.asked;
    node.events.push({ transaction: 1, block: 101 });
    node.head = 101;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).to.equal(0);
    expect(node.asked.length).to.be.at.most(length + 1);
  });

  it("over any reorganisation tells of each transaction that stays, once, and goes on", async () => {
    const step = fc.record({
      mined: fc.nat(3), // blocks, a transaction in each
      replaced: fc.nat(5), // blocks taken back first, whose transactions come again later
      failing: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        let count = 0;
        const { told } = await watched(async (node, looks) => {
          for (const { mined, replaced, failing } of steps) {
            node.refuse = () => {
              if (failing) throw refusal(-32603, "down");
            };
            const head = Math.max(100, node.head - replaced);
            const back = node.events.filter(({ block }) => block > head);
            node.events = node.events.filter(({ block }) => block <= head);
            node.head = head + 1 + mined;
            node.events.push(...back.map(({ transaction }) => ({ transaction, block: head + 1 })));
            for (let i = 0; i < mined; ++i)
              node.events.push({ transaction: ++count, block: head + 2 + i });
            await looks(1);
          }
          node.refuse = () => {};
          await looks(3);
        });
        expect(told.toSorted((a, b) => a - b)).to.deep.equal(
          Array.from({ length: count }, (_, i) => 1 + i),
        );
      }),
      { numRuns: 30 },
    );
  });
});
