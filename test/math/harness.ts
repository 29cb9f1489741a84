import { artifacts } from "hardhat";
import { decodeErrorResult, decodeFunctionResult, toFunctionSelector, type Hex } from "viem";
import type { Abi, AbiFunction } from "viem";
import { openAnvil } from "../fixtures/anvil.ts";
import { decodeBytesList, encodeBytesList, encoderFor, word } from "./abi.ts";

type AbiError = Extract<Abi[number], { type: "error" }>;

/** The deployed harness of one math file. Texts are hexadecimal without a leading 0x. */
export interface Harness {
  /** Calldata of a call. */
  question(name: string, args: unknown[]): string;
  /** What the chain would answer, were this its result. */
  answer(name: string, result: unknown): string;
  /** What the chain would answer, were this its error; undefined for one it cannot give. */
  refusal(error: unknown): string | undefined;
  /** What the chain does answer, question by question. */
  ask(questions: string[]): Promise<string[]>;
  /** An answer in words. */
  read(name: string, answer: string): unknown;
}

const PANIC = "4e487b71";
const DIVISION_BY_ZERO = 0x12;
const MOST_QUESTIONS = 100;
const MOST_DIGITS = 16_000;
const REFUSAL = 8; // digits that an error has beyond whole words

export const isRefusal = (answer: string) => answer.length % 64 === REFUSAL;

const selectorOf = (item: AbiFunction | AbiError) =>
  toFunctionSelector({ ...item, type: "function" } as AbiFunction).slice(2);

/** Encoders of every item of a kind, by name, each after its selector. */
function encoders<T extends AbiFunction | AbiError>(abi: Abi, kind: T["type"]) {
  const items = abi.filter((item) => item.type === kind) as T[];
  return new Map(items.map((item) => [item.name, { item, selector: selectorOf(item) }]));
}

function refusalEncoder(abi: Abi): Harness["refusal"] {
  const errors = encoders<AbiError>(abi, "error");
  return (error) => {
    if (error instanceof RangeError && /zero/.test(error.message)) {
      return PANIC + word(DIVISION_BY_ZERO);
    }
    const found = error instanceof Error ? errors.get(error.name) : undefined;
    if (!found) return undefined;
    const values = found.item.inputs.map(({ name }) => (error as never)[name!]);
    return found.selector + encoderFor(found.item.inputs)(values);
  };
}

function reader(abi: Abi): Harness["read"] {
  return (functionName, answer) => {
    const data: Hex = `0x${answer}`;
    if (isRefusal(answer)) {
      const { errorName, args = [] } = decodeErrorResult({ abi, data });
      return `${errorName}(${args.join(", ")})`;
    }
    return answer === "" ? "nothing" : decodeFunctionResult({ abi, functionName, data });
  };
}

/** Questions in calls of a few. */
function* calls(questions: string[]): Generator<string[]> {
  let start = 0;
  for (let end = 1, digits = 0; end <= questions.length; end++) {
    digits += questions[end - 1]!.length;
    if (end < questions.length && end - start < MOST_QUESTIONS && digits < MOST_DIGITS) continue;
    yield questions.slice(start, end);
    start = end;
    digits = 0;
  }
}

type Chain = Awaited<ReturnType<typeof openAnvil>>;

async function openHarness(chain: Chain, name: string): Promise<Harness> {
  const { abi } = await artifacts.readArtifact(`${name}Harness`);
  const { address: to } = await chain.viem.deployContract(`${name}Harness`);
  const functions = new Map(
    [...encoders<AbiFunction>(abi, "function")].map(([called, { item, selector }]) => {
      const [inputs, outputs] = [encoderFor(item.inputs), encoderFor(item.outputs)];
      return [called, { selector, inputs, outputs }];
    }),
  );
  return {
    question: (called, args) => {
      const { selector, inputs } = functions.get(called)!;
      return selector + inputs(args);
    },
    answer: (called, result) => functions.get(called)!.outputs([result]),
    refusal: refusalEncoder(abi),
    read: reader(abi),
    ask: async (questions) => {
      const answers: string[] = [];
      for (const few of calls(questions)) {
        const data = `0x${functions.get("ask")!.selector}${encodeBytesList(few)}`;
        const call = { method: "eth_call", params: [{ to, data }, "latest"] };
        answers.push(...decodeBytesList(((await chain.provider.request(call)) as Hex).slice(2)));
      }
      return answers;
    },
  };
}

/** The harnesses of these math files, on a chain of their own. */
export async function openHarnesses(names: string[]): Promise<Map<string, Harness>> {
  const chain = await openAnvil();
  const harnesses = new Map<string, Harness>();
  for (const name of names) harnesses.set(name, await openHarness(chain, name));
  return harnesses;
}
