import { expect } from "chai";

import * as abis from "../../sdk/generated/index.ts";
import * as errors from "../../sdk/errors/index.ts";
import { FUND } from "../../sdk/types/Ids.ts";

type Input = { readonly name: string; readonly type: string };
type Item = { readonly type: string; readonly name: string; readonly inputs: readonly Input[] };

const declared = Object.values(abis)
  .flat()
  .filter((item): item is Item & (typeof abis.clearinghouseAbi)[number] => item.type === "error");

/** An argument that no other argument equals. */
function sample({ type }: Input, i: number): unknown {
  if (type === "string") return `text ${i}`;
  return type.startsWith("bytes") || type === "address" ? `0x${i}` : BigInt(i);
}

describe("error classes", () => {
  it("there is one of the same name for every error of every ABI", () => {
    expect(declared).to.have.length.greaterThan(50);
    for (const { name } of declared) expect(errors, name).to.have.property(name);
  });

  it("each has the arguments of its Solidity error, in order", () => {
    for (const { name, inputs } of declared) {
      const { signature } = errors[name as keyof typeof errors] as { signature?: string };
      const list = inputs.map((input) => `${input.type} ${input.name}`).join(", ");
      expect(signature).to.equal(`${name}(${list})`);
    }
  });

  it("each carries its arguments as fields, under its own name", () => {
    for (const { name, inputs } of declared) {
      const values = inputs.map(sample);
      const error = new (
        errors[name as keyof typeof errors] as never as new (
          ...values: unknown[]
        ) => errors.BallastError & { args: object }
      )(...values);
      const args = Object.fromEntries(inputs.map((input, i) => [input.name, values[i]]));
      expect(error.args, name).to.deep.equal(args);
      expect(error, name).to.include({ ...args, name });
      expect(error).to.be.instanceOf(errors.BallastError);
    }
  });

  it("say their numbers", () => {
    const error = new errors.AccountHealthy(FUND, 120n, 100n);
    expect(error.message).to.equal(
      `AccountHealthy(account: ${FUND}, equity: 120, maintenance: 100)`,
    );
  });

  it("are typed as their Solidity arguments are", () => {
    const error = new errors.NotAuthorized(FUND, "0xabc", 4, 17n);
    const typed: { account: `0x${string}`; caller: `0x${string}`; scope: number; expiry: bigint } =
      error;
    // @ts-expect-error a scope is a number
    new errors.NotAuthorized(FUND, "0xabc", 4n, 17n);
    // @ts-expect-error nothing is left out
    new errors.NotAuthorized(FUND, "0xabc", 4);
    // @ts-expect-error it has no such field
    void error.equity;
    expect(typed).to.include({ scope: 4, expiry: 17n });
  });

  it("keep an argument called `name` in args alone", () => {
    const error = new errors.ParameterOutOfBounds("kink", 5n, 1n, 4n);
    expect(error.name).to.equal("ParameterOutOfBounds");
    expect(error.args.name).to.equal("kink");
  });
});
