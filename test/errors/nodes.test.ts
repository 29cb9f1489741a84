import { expect } from "chai";
import fc from "fast-check";
import { encodeErrorResult, parseAbi, stringToHex, type Hex } from "viem";
import { createClient, custom } from "viem";
import { simulateContract } from "viem/actions";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { BadAddress, NoCode } from "../../sdk/errors/index.ts";
import * as errors from "../../sdk/errors/index.ts";
import { FUND } from "../../sdk/types/Ids.ts";

const TEXT = parseAbi(["error Error(string reason)"]);
const POOL = `0x${"ab".repeat(20)}` as const;
const house = encodeErrorResult({
  abi: clearinghouseAbi,
  errorName: "ReservedAccount",
  args: [FUND],
});
const short = encodeErrorResult({ abi: TEXT, errorName: "Error", args: ["not enough"] });
const bare = stringToHex("Amount must be less than total");

/** What a node answers, and the class that it means. */
type Answer = { readonly code: number; readonly message: string; readonly data?: unknown };
type Case = readonly [node: string, answer: Answer, name: string];

const VM = "VM Exception while processing transaction";

const CASES: readonly Case[] = [
  ["Geth", { code: 3, message: "execution reverted", data: house }, "ReservedAccount"],
  ["Geth, with a text", { code: 3, message: "execution reverted: no", data: short }, "Reverted"],
  ["Geth, its data lost", { code: -32000, message: "execution reverted: not enough" }, "Reverted"],
  ["Geth, all lost", { code: -32000, message: "execution reverted" }, "SilentRevert"],
  ["Nethermind", vmError(`Reverted ${house}`), "ReservedAccount"],
  ["Nethermind, bare bytes", vmError(`Reverted ${bare}`), "Reverted"],
  ["Nethermind, a text", vmError("revert: not enough"), "Reverted"],
  ["Nethermind, nothing", vmError("Reverted 0x"), "SilentRevert"],
  ["Nethermind, only a word", vmError("revert"), "SilentRevert"],
  ["OpenEthereum, in words", { code: -32015, message: `Reverted ${house}` }, "ReservedAccount"],
  ["a gateway", { code: -32000, message: `execution reverted: ${house}` }, "ReservedAccount"],
  ["a gateway, quoted", quoted(house), "ReservedAccount"],
  ["Anvil", anvil(`custom error ${house.slice(0, 10)}: ${house.slice(10)}`), "ReservedAccount"],
  [
    "Anvil, earlier",
    anvil(`custom error ${house.slice(2, 10)}:${house.slice(10)}`),
    "ReservedAccount",
  ],
  ["Hardhat", hardhat(`an unrecognized custom error (return data: ${house})`), "ReservedAccount"],
  ["Hardhat, by name", hardhat(`custom error 'ReservedAccount("${FUND}")'`), "ReservedAccount"],
  ["Hardhat, a text", hardhat("reason string 'not enough'"), "Reverted"],
  ["Hardhat, a panic", hardhat("panic code 0x11 (Arithmetic operation overflowed)"), "Panic"],
  ["Ganache", { code: -32000, message: `${VM}: revert not enough` }, "Reverted"],
  ["Ganache, by hash", ganache(), "ReservedAccount"],
  ["polygon-edge", { code: -32600, message: "execution was reverted" }, "SilentRevert"],
  ["MetaMask", metaMask(), "ReservedAccount"],
  ["Geth, too poor", poor("insufficient funds for gas * price + value"), "InsufficientFunds"],
  ["Geth, no ether at all", poor("gas required exceeds allowance (0)"), "InsufficientFunds"],
  ["Hardhat, too poor", poor("Sender doesn't have enough funds to send tx."), "InsufficientFunds"],
  ["Besu, too poor", poor("Upfront cost exceeds account balance"), "InsufficientFunds"],
  ["Reth, too poor", poor("lack of funds (0) for max fee (21000)"), "InsufficientFunds"],
  ["Geth, out of gas", { code: -32000, message: "out of gas" }, "OutOfGas"],
  ["Geth, estimating", poor("gas required exceeds allowance (30000000)"), "OutOfGas"],
  ["Anvil, out of gas", { code: -32603, message: "EVM error OutOfGas" }, "OutOfGas"],
  ["Hardhat, out of gas", poor("Transaction ran out of gas"), "OutOfGas"],
];

function vmError(data: string): Answer {
  return { code: -32015, message: "VM execution error.", data };
}

function quoted(data: Hex): Answer {
  return { code: -32603, message: `execution reverted, data: "${data}"` };
}

function anvil(more: string): Answer {
  return { code: -32603, message: `execution reverted: ${more}` };
}

function hardhat(more: string): Answer {
  return {
    code: -32603,
    message: `VM Exception while processing transaction: reverted with ${more}`,
  };
}

function ganache(): Answer {
  const data = { [`0x${"11".repeat(32)}`]: { error: "revert", return: house }, name: "c" };
  return { code: -32000, message: "VM Exception while processing transaction: revert", data };
}

function metaMask(): Answer {
  const originalError = { code: 3, data: house, message: "execution reverted" };
  return { code: -32603, message: "Internal JSON-RPC error.", data: { originalError } };
}

/** Beside words that say all, an empty revert. */
function poor(message: string): Answer {
  return { code: -32603, message, data: "0x" };
}

/** What viem throws when a node answers so. */
async function through(answer: Answer): Promise<unknown> {
  const request = () => Promise.reject(Object.assign(new Error(answer.message), answer));
  const client = createClient({ transport: custom({ request }, { retryCount: 0 }) });
  const call = {
    address: POOL,
    abi: clearinghouseAbi,
    functionName: "call",
    args: [FUND],
  } as const;
  return simulateContract(client as never, call as never).catch((e: unknown) => e);
}

describe("a refusal by another node", () => {
  for (const [node, answer, name] of CASES) {
    it(`of ${node} is a ${name}`, async () => {
      expect(errors.decodeError(answer).name).to.equal(name);
      expect(
        errors.decodeError({ error: { body: JSON.stringify({ error: answer }) } }).name,
      ).to.equal(name);
      expect(errors.decodeError(await through(answer)).name).to.equal(name);
    });
  }

  it("keeps a text as it was said", () => {
    const said = CASES.filter(([, , name]) => name === "Reverted").map(
      ([, answer]) => (errors.decodeError(answer) as errors.Reverted).reason,
    );
    expect(new Set(said)).to.deep.equal(new Set(["not enough", "Amount must be less than total"]));
  });

  it("is found at any depth, beside a request whose data is none", () => {
    const keys = fc.constantFrom("cause", "error", "info", "data", "originalError", "value");
    const leaf = fc.constantFrom<object>(
      { data: house },
      { data: `Reverted ${house}` },
      { message: `execution reverted: ${house}` },
    );
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 8 }), leaf, (path, inner) => {
        const request = {
          transaction: { data: `0x12345678${"00".repeat(64)}` },
          code: "CALL_EXCEPTION",
        };
        const thrown = path.reduce<object>((held, key) => ({ [key]: held, ...request }), inner);
        expect(errors.decodeError(thrown)).to.be.instanceOf(errors.ReservedAccount);
      }),
    );
  });

  it("that is none stays what it was: a node that is down, a wallet that says no, a used nonce", () => {
    for (const message of [
      "fetch failed",
      "User rejected the request.",
      "nonce too low",
      "header not found",
    ]) {
      const thrown = Object.assign(new Error(message), { code: -32603 });
      expect(errors.decodeError(thrown)).to.equal(thrown);
    }
  });

  it("with an address in its text is that text", () => {
    const text = `AccessControl: account 0x${"cd".repeat(20)} is missing a role`;
    const error = errors.decodeError({ message: `execution reverted: ${text}` });
    expect((error as errors.Reverted).reason).to.equal(text);
  });

  it("about the sender's ether says so, though its text is a contract's when that reverts with it", () => {
    const contract = errors.decodeError({
      message: "execution reverted: insufficient funds",
      data: "0x",
    });
    expect(contract).to.be.instanceOf(errors.Reverted);
    const funds = errors.decodeError(poor("err: insufficient funds for transfer"));
    expect(funds.message).to.contain("insufficient funds for transfer");
  });

  it("by the SDK itself is found behind what viem makes of it", () => {
    const inner = new NoCode(POOL);
    const thrown = new Error("wrapped", { cause: new Error("twice", { cause: inner }) });
    expect(errors.decodeError(thrown)).to.equal(inner);
    expect(new BadAddress("token", "0x1", "short")).to.be.instanceOf(errors.BallastError);
  });

  it("with a million bytes is told in a line", () => {
    const error = errors.decodeError({ data: `0x${"ee".repeat(1_000_000)}` });
    expect(error).to.be.instanceOf(errors.LongRevert).and.to.be.instanceOf(errors.UnknownRevert);
    const text = encodeErrorResult({ abi: TEXT, errorName: "Error", args: ["no".repeat(50_000)] });
    expect(errors.decodeError(text).message.length).to.be.lessThan(300);
    expect(error.message.length).to.be.lessThan(300);
    expect((error as errors.UnknownRevert).data).to.have.length(2_000_002);
  });

  it("carries the name of its class, also a plain text's", () => {
    const error = errors.decodeError(short);
    expect(error.name).to.equal("Reverted");
    expect(error.message).to.equal("Reverted(reason: not enough)");
  });
});
