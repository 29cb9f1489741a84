import { expect } from "chai";
import { BaseError, encodeErrorResult, parseAbi, toHex, type Hex } from "viem";
import { simulateContract } from "viem/actions";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import * as errors from "../../sdk/errors/index.ts";
import { FUND } from "../../sdk/types/Ids.ts";
import { IClearinghouse__factory } from "../../types/ethers-contracts/index.js";
import { stage } from "../actions/stage.ts";

const REASON = parseAbi(["error Error(string reason)", "error Panic(uint256 code)"]);
const foreign = parseAbi(["error NobodyKnows(uint256 number)"]);
const tooLow = encodeErrorResult({
  abi: clearinghouseAbi,
  errorName: "MarginTooLow",
  args: [FUND, 5n, 7n, 1n],
});

/** What `act` throws. */
async function thrownBy(act: () => Promise<unknown>): Promise<unknown> {
  return act().then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

describe("decodeError", () => {
  it("makes the class of raw revert data", () => {
    const error = errors.decodeError(tooLow);
    expect(error).to.be.instanceOf(errors.MarginTooLow);
    expect(error).to.include({ account: FUND, equity: 5n, required: 7n, uncounted: 1n });
  });

  it("finds it in what viem throws, whichever ABI viem was given", async () => {
    const { client, pool } = await stage();
    const args = [FUND] as const;
    const call = { address: pool.clearinghouse, functionName: "call", args } as const;
    for (const abi of [clearinghouseAbi, parseAbi(["function call(bytes32 account)"])]) {
      const thrown = await thrownBy(() => simulateContract(client, { ...call, abi } as never));
      expect(thrown).to.be.instanceOf(BaseError);
      const error = errors.decodeError(thrown);
      expect(error).to.be.instanceOf(errors.ReservedAccount);
      expect(error).to.include({ account: FUND, cause: thrown });
    }
  });

  it("finds it in what ethers throws, from a contract and from a plain call", async () => {
    const { connection, pool } = await stage();
    const { provider } = connection.ethers;
    const clearinghouse = IClearinghouse__factory.connect(pool.clearinghouse, provider as never);
    const data = clearinghouse.interface.encodeFunctionData("call", [FUND]);
    for (const ask of [
      () => clearinghouse.call.staticCall(FUND),
      () => provider.call({ to: pool.clearinghouse, data }),
      () => provider.send("eth_call", [{ to: pool.clearinghouse, data }, "latest"]),
    ]) {
      expect(errors.decodeError(await thrownBy(ask))).to.be.instanceOf(errors.ReservedAccount);
    }
  });

  it("finds it wherever nodes put it", () => {
    const nested = { code: 3, data: { message: "reverted", data: tooLow } };
    for (const thrown of [
      { data: tooLow },
      { cause: { cause: { raw: tooLow } } },
      { info: { error: nested } },
      { error: { data: nested.data } },
    ]) {
      expect(errors.decodeError(thrown)).to.be.instanceOf(errors.MarginTooLow);
    }
  });

  it("keeps the data of an error that no one knows", () => {
    const data = encodeErrorResult({ abi: foreign, errorName: "NobodyKnows", args: [9n] });
    const error = errors.decodeError({ data });
    expect(error).to.be.instanceOf(errors.UnknownRevert);
    expect((error as errors.UnknownRevert).data).to.equal(data);
  });

  it("takes a known selector with other arguments for unknown", () => {
    const cut = tooLow.slice(0, 50) as Hex;
    expect(errors.decodeError(cut)).to.be.instanceOf(errors.UnknownRevert);
  });

  it("knows a revert without data, a text and a panic", () => {
    const text = encodeErrorResult({ abi: REASON, errorName: "Error", args: ["no"] });
    const panic = encodeErrorResult({ abi: REASON, errorName: "Panic", args: [0x11n] });
    expect((errors.decodeError("0x") as errors.UnknownRevert).data).to.equal("0x");
    expect((errors.decodeError(text) as errors.Reverted).reason).to.equal("no");
    expect((errors.decodeError(panic) as errors.Panic).code).to.equal(0x11n);
  });

  it("returns what is no revert as it is", () => {
    const down = new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") });
    expect(errors.decodeError(down)).to.equal(down);
    expect(errors.decodeError("refused").message).to.equal("refused");
    const mine = new errors.UnknownRevert("0x12345678");
    expect(errors.decodeError(mine)).to.equal(mine);
  });

  it("ends on an error that is its own cause", () => {
    const loop = new Error("round and round");
    loop.cause = { error: loop, info: loop, data: { cause: loop } };
    expect(errors.decodeError(loop)).to.equal(loop);
    expect(errors.decodeError({ cause: loop, data: toHex(1, { size: 4 }) })).to.be.instanceOf(
      errors.UnknownRevert,
    );
  });
});
