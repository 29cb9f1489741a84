import { expect } from "chai";
import { artifacts } from "hardhat";
import { encodeAbiParameters, type AbiFunction } from "viem";
import { createRandom } from "../../sdk/sim/random.ts";
import { decodeBytesList, encodeBytesList, encoderFor } from "./abi.ts";
import { marginDraws } from "./draws/MarginMath.ts";
import { priceDraws } from "./draws/PriceMath.ts";

/** Numbers as viem wants them for 256 bits. */
function widened(value: unknown): unknown {
  if (typeof value === "number") return BigInt(value);
  if (Array.isArray(value)) return value.map(widened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, widened(part)]));
}

async function inputsOf(contract: string, name: string) {
  const { abi } = await artifacts.readArtifact(contract);
  const items = abi as readonly { type: string; name?: string }[];
  return (items.find((item) => item.name === name) as AbiFunction).inputs;
}

describe("the small encoder", () => {
  const random = createRandom(1);
  const cases = [
    ["MarginMathHarness", "marginOf", () => marginDraws.marginOf(random)],
    ["MarginMathHarness", "portfolioRisk", () => marginDraws.portfolioRisk(random)],
    ["MarginMathHarness", "laddersOf", () => marginDraws.laddersOf(random)],
    ["PriceMathHarness", "quoteOf", () => priceDraws.quoteOf(random)],
  ] as const;
  for (const [contract, name, draw] of cases) {
    it(`writes the arguments of ${name} as viem does`, async () => {
      const inputs = await inputsOf(contract, name);
      const encode = encoderFor(inputs);
      for (let i = 0; i < 50; i++) {
        const args = draw();
        const expected = encodeAbiParameters(inputs, widened(args) as unknown[]);
        expect(`0x${encode(args)}`).to.equal(expected);
      }
    });
  }

  it("writes lists of bytes as viem does, and reads them back", () => {
    for (const list of [[], [""], ["ab"], ["00".repeat(32), "", "12".repeat(33)]]) {
      const bytes = list.map((item): `0x${string}` => `0x${item}`);
      const expected = encodeAbiParameters([{ type: "bytes[]" }], [bytes]);
      expect(`0x${encodeBytesList(list)}`).to.equal(expected);
      expect(decodeBytesList(encodeBytesList(list))).to.deep.equal(list);
    }
  });
});
