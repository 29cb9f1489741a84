import { expect } from "chai";
import fc from "fast-check";
import {
  ContractFunctionRevertedError,
  createPublicClient,
  custom,
  decodeFunctionData,
  encodeFunctionResult,
  parseAbi,
  RpcRequestError,
  zeroAddress,
  type Hex,
} from "viem";
import { decimalText } from "../../../sdk/decimal.ts";
import { EmptyTape } from "../../../sdk/sim/tape/errors.ts";
import { loadRounds, type RoundsClient } from "../../../sdk/sim/tape/rounds.ts";

const FEED = "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419";
const PHASE = 2n ** 64n;
/** One round in a phase: [time, answer in 8 decimals]; null was never answered. */
type Answer = readonly [time: number, answer: bigint] | null;

/** A proxy over phases 1, 2, ...; each list is the rounds 1, 2, ... of an aggregator. */
class Feed {
  calls = 0;
  constructor(
    readonly phases: readonly (readonly Answer[] | null)[],
    readonly decimals = 8,
    readonly first = 1n,
  ) {}

  get client(): RoundsClient {
    const readContract = async (call: unknown) => this.answer(call as Call);
    return { readContract } as RoundsClient;
  }

  private answer({ functionName, address, args = [] }: Call): unknown {
    if (functionName === "decimals") return this.decimals;
    if (functionName === "description") return "ETH / USD";
    if (functionName === "phaseAggregators") return this.aggregator(Number(args[0]));
    if (functionName === "latestRound") return BigInt(this.phases[Number(address) - 1]!.length);
    if (functionName === "latestRoundData") return [this.latest];
    return this.round(args[0] as bigint);
  }

  get latest(): bigint {
    return (
      (this.first + BigInt(this.phases.length - 1)) * PHASE + BigInt(this.phases.at(-1)!.length)
    );
  }

  private aggregator(phase: number): string {
    return this.phases[phase - 1] === null
      ? zeroAddress
      : `0x${phase.toString(16).padStart(40, "0")}`;
  }

  private round(id: bigint): unknown {
    this.calls++;
    const phase = this.phases[Number(id / PHASE - this.first)]!;
    const answer = phase[Number(id % PHASE) - 1];
    if (answer === undefined) throw new Error(`no round ${id}: asked outside the phase`);
    if (answer === null) throw new ContractFunctionRevertedError(REVERT);
    return [id, answer[1], 0n, BigInt(answer[0]), id];
  }
}

interface Call {
  functionName: string;
  address: string;
  args?: readonly unknown[];
}

const REVERT = {
  abi: parseAbi(["function getRoundData(uint80) view"]),
  functionName: "getRoundData",
  message: "No data present",
};

const usd = (time: number, dollars: number): Answer => [time, BigInt(dollars) * 10n ** 8n];

async function told(feed: Feed, from: number, to: number): Promise<string[]> {
  const tape = await loadRounds(feed.client, { feed: FEED, from, to, symbol: "ETH" });
  return tape.points.map(({ time, prices }) => `${time} ${decimalText(prices["ETH"]!)}`);
}

const ABI = parseAbi([
  "function decimals() view returns (uint8)",
  "function description() view returns (string)",
  "function latestRound() view returns (uint256)",
  "function phaseAggregators(uint16) view returns (address)",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
  "function getRoundData(uint80) view returns (uint80, int256, uint256, uint256, uint80)",
]);

/** As `told`, but every call goes through viem's own encoding. */
async function toldOverRpc(feed: Feed, from: number, to: number): Promise<string[]> {
  const request = async ({ params }: { params: [{ to: Hex; data: Hex }] }) => {
    const [{ to: address, data }] = params;
    const { functionName, args = [] } = decodeFunctionData({ abi: ABI, data });
    try {
      const call = { address, functionName, args } as never;
      const result = await feed.client.readContract(call);
      const filled = functionName === "latestRoundData" ? [feed.latest, 1n, 0n, 1n, 1n] : result;
      return encodeFunctionResult({ abi: ABI, functionName, result: filled } as never);
    } catch {
      const error = { code: 3, message: "execution reverted: No data present" };
      throw new RpcRequestError({ body: {}, url: "", error });
    }
  };
  const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) });
  const tape = await loadRounds(client, { feed: FEED, from, to, symbol: "ETH" });
  return tape.points.map(({ time, prices }) => `${time} ${decimalText(prices["ETH"]!)}`);
}

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("did not throw"),
    (error: unknown) => error,
  );
}

describe("loadRounds", function () {
  this.timeout(20_000);

  it("walks a phase back to from, both ends included", async () => {
    const feed = new Feed([[usd(10, 1), usd(20, 2), usd(30, 3), usd(40, 4)]]);
    expect(await told(feed, 20, 30)).to.deep.equal(["20 2", "30 3"]);
    expect(await told(feed, 0, 99)).to.deep.equal(["10 1", "20 2", "30 3", "40 4"]);
  });

  it("walks through phases, without those that have no aggregator", async () => {
    const feed = new Feed([[usd(10, 1), usd(20, 2)], null, [usd(30, 3)], [usd(40, 4)]]);
    expect(await told(feed, 15, 99)).to.deep.equal(["20 2", "30 3", "40 4"]);
  });

  it("lets the new phase stand where the old one ran on beside it", async () => {
    const feed = new Feed([
      [usd(10, 1), usd(30, 666), usd(50, 666)],
      [usd(30, 3), usd(40, 4)],
    ]);
    expect(await told(feed, 0, 99)).to.deep.equal(["10 1", "30 3", "40 4"]);
  });

  it("leaves out rounds without an answer, and answers of zero or less", async () => {
    const feed = new Feed([[usd(10, 1), null, [20, 0n], [25, -5n], [0, 7n], usd(30, 3)]]);
    expect(await told(feed, 0, 99)).to.deep.equal(["10 1", "30 3"]);
  });

  it("keeps the later of two rounds in one second", async () => {
    const feed = new Feed([[usd(10, 1), usd(20, 2), usd(20, 3)]]);
    expect(await told(feed, 0, 99)).to.deep.equal(["10 1", "20 3"]);
  });

  it("finds an old window without reading every round since", async () => {
    const feed = new Feed([Array.from({ length: 5000 }, (_, i) => usd(i * 10 + 10, i + 1))]);
    expect(await told(feed, 1000, 1020)).to.deep.equal(["1000 100", "1010 101", "1020 102"]);
    expect(feed.calls).to.be.below(80);
  });

  it("loses no round of any window, with gaps and rounds of one second", async () => {
    const gap = fc.integer({ min: 0, max: 3 });
    const answered = fc.tuple(gap, fc.boolean());
    const ends = fc.tuple(fc.nat(150), fc.nat(150));
    await fc.assert(
      fc.asyncProperty(
        fc.array(answered, { minLength: 40, maxLength: 120 }),
        ends,
        async (all, two) => {
          let time = 1;
          const phase = all.map(([after, isAnswered], i) => {
            time += after;
            return isAnswered ? usd(time, i + 1) : null;
          });
          const [from, to] = [Math.min(...two), Math.max(...two)];
          const inside = phase.filter((one) => one !== null && from <= one[0] && one[0] <= to);
          const expected = new Map(inside.map((one) => [one![0], one![1] / 10n ** 8n]));
          if (expected.size === 0) return;
          expect(await told(new Feed([phase]), from, to)).to.deep.equal(
            [...expected].map(([at, dollars]) => `${at} ${dollars}`),
          );
        },
      ),
    );
  });

  it("reads a feed without phases, as a mock is", async () => {
    const feed = new Feed([[usd(10, 1), usd(20, 2)]], 8, 0n);
    expect(await told(feed, 0, 99)).to.deep.equal(["10 1", "20 2"]);
  });

  it("scales any decimals to a wad", async () => {
    expect(await told(new Feed([[[10, 1234n]]], 2), 0, 99)).to.deep.equal(["10 12.34"]);
    expect(await told(new Feed([[[10, 5n * 10n ** 20n]]], 20), 0, 99)).to.deep.equal(["10 5"]);
  });

  it("tells its progress", async () => {
    const feed = new Feed([Array.from({ length: 120 }, (_, i) => usd(i * 10 + 10, 1))]);
    const seen: object[] = [];
    const onProgress = (progress: object) => seen.push(progress);
    await loadRounds(feed.client, { feed: FEED, from: 0, to: 9999, symbol: "ETH", onProgress });
    expect(seen).to.deep.equal([
      { rounds: 50, oldest: 710 },
      { rounds: 100, oldest: 210 },
      { rounds: 120, oldest: 10 },
    ]);
  });

  it("names the feed in the tape, and in the error of an empty one", async () => {
    const feed = new Feed([[usd(10, 1), usd(20, 2)]]);
    const tape = await loadRounds(feed.client, { feed: FEED, from: 0, to: 99, symbol: "ETH" });
    expect(tape.source).to.equal(`Chainlink ETH / USD ${FEED}`);
    expect(tape.symbols).to.deep.equal(["ETH"]);
    const error = await refusal(told(feed, 12, 18));
    expect(error)
      .to.be.instanceOf(EmptyTape)
      .with.deep.include({ asked: { from: 12, to: 18 } });
  });

  it("speaks the feed's ABI through a client, and takes a node's revert for no answer", async () => {
    const feed = new Feed([[usd(10, 1), null, usd(20, 2)], [usd(30, 3)]]);
    expect(await toldOverRpc(feed, 0, 99)).to.deep.equal(["10 1", "20 2", "30 3"]);
  });

  it("says so where a feed never answered", async () => {
    const error = await refusal(told(new Feed([[null, null]]), 0, 99));
    expect(error).to.be.instanceOf(EmptyTape).with.property("message").that.contains("none at all");
  });

  it("passes on what a node refuses", async () => {
    const feed = new Feed([[usd(10, 1), undefined as unknown as Answer, usd(20, 2)]]);
    expect(await refusal(told(feed, 0, 99)))
      .to.have.property("message")
      .that.contains("no round");
  });
});
