import type { Hash, Hex } from "viem";

/** Blocks from one to another, both included. */
export interface Range {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
}

/** What of a log tells it from others. */
export interface Told {
  readonly transactionHash: Hash;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** Where logs come from, and where they go. */
export interface Polling<Log> {
  readonly head: () => Promise<bigint>;
  readonly logsIn: (range: Range) => Promise<readonly Log[]>;
  readonly onLogs: (logs: readonly Log[]) => void;
  readonly onError: (thrown: unknown) => void;
  readonly interval: number; // milliseconds
}

const REPLACED = 64n; // blocks before the head that are asked for again
const SPAN = 500n; // blocks asked for at once
const LONGEST = 60_000; // milliseconds between two looks at a node that fails
const CALM = 50; // looks without an error, after which a span may grow again

/**
 * Tells of every log that was not there at the beginning, each once. Looks at once, then after each
 * interval. Returns what ends it.
 */
export function poll<Log extends Told>(polling: Polling<Log>): () => void {
  const { head, onError, interval } = polling;
  const unseen = createUnseen<Log>();
  const spans = createSpans();
  const alarm = guarded(onError);
  let first: bigint | undefined; // the head at the beginning
  let next: bigint | undefined; // the first block that was never asked for; none before the beginning
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  async function look(): Promise<void> {
    try {
      const last = await head();
      first ??= last;
      if (next === undefined) await begin(first);
      else await advance(heldBack(next, last), last);
      spans.calm();
      failures = 0;
    } catch (thrown) {
      failures += 1;
      if (!ended) alarm(thrown);
    }
    if (!ended) timer = setTimeout(() => void look(), pauseOf(interval, failures));
  }

  /** What is there already is seen, and not told of. */
  async function begin(last: bigint): Promise<void> {
    let at = max(0n, last + 1n - REPLACED);
    while (at <= last) {
      const { logs, to } = await read(at, last);
      unseen(logs);
      at = to + 1n;
    }
    next = last + 1n;
  }

  async function advance(from: bigint, last: bigint): Promise<void> {
    next = from;
    let at = max(0n, from - REPLACED);
    while (at <= last && !ended) {
      const { logs, to } = await read(at, last);
      if (!ended) tell(unseen(logs));
      at = to + 1n;
      next = max(next, at);
    }
  }

  /** Half as many blocks where the node refuses: some give ten at most. */
  async function read(at: bigint, last: bigint) {
    for (;;) {
      const to = min(last, at + spans.now() - 1n);
      try {
        return { logs: await polling.logsIn({ fromBlock: at, toBlock: to }), to };
      } catch (thrown) {
        if (ended || !spans.halve(to - at + 1n)) throw thrown;
      }
    }
  }

  function tell(logs: readonly Log[]): void {
    if (logs.length === 0) return;
    try {
      polling.onLogs(logs);
    } catch (thrown) {
      alarm(thrown);
    }
  }

  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/** A chain far behind what it was has been set back, or is another: from its head on, all is new. */
function heldBack(next: bigint, last: bigint): bigint {
  return last < next - REPLACED ? last + 1n : next;
}

function pauseOf(interval: number, failures: number): number {
  return Math.min(interval * 2 ** Math.min(failures, 16), Math.max(interval, LONGEST));
}

/** How many blocks to ask for at once. */
function createSpans() {
  let span = SPAN;
  let looks = 0;
  return {
    now: () => span,
    /** Whether there was anything to halve. */
    halve: (asked: bigint) => {
      if (asked <= 1n) return false;
      span = asked / 2n;
      looks = 0;
      return true;
    },
    calm: () => {
      looks += 1;
      if (looks % CALM === 0) span = min(SPAN, span * 2n);
    },
  };
}

/**
 * Keeps those logs that were not seen: by transaction and content, since a transaction that is mined
 * again in another block has the same. Equal logs of one transaction are counted.
 */
function createUnseen<Log extends Told>() {
  const seen = new Set<string>(); // the latest last
  return (logs: readonly Log[]): Log[] => {
    const keys = keysOf(logs);
    const fresh = logs.filter((_, i) => !seen.has(keys[i]!));
    for (const key of keys) {
      seen.delete(key);
      seen.add(key);
    }
    forget(seen);
    return fresh;
  };
}

function keysOf(logs: readonly Told[]): string[] {
  const counts = new Map<string, number>();
  return logs.map(({ transactionHash, topics, data }) => {
    const content = `${transactionHash} ${topics.join()} ${data}`;
    const count = (counts.get(content) ?? 0) + 1;
    counts.set(content, count);
    return `${content} ${count}`;
  });
}

const KEPT = 10_000; // logs remembered at least: more than the blocks asked for again hold

function forget(seen: Set<string>): void {
  if (seen.size <= 2 * KEPT) return;
  for (const key of [...seen].slice(0, seen.size - KEPT)) seen.delete(key);
}

/** An alarm that throws is not heard: its error goes uncaught, and nothing else ends. */
function guarded(onError: (thrown: unknown) => void): (thrown: unknown) => void {
  return (thrown) => {
    try {
      onError(thrown);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  };
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
