import { expect } from "chai";
import type { Hex } from "viem";

import { approve, deposit } from "../../../sdk/actions/index.ts";
import * as errors from "../../../sdk/errors/index.ts";
import { stage } from "../../actions/stage.ts";

type Class = typeof errors.BallastError;
type Bomb = { readonly code: Hex; readonly deposit: unknown; readonly approve: unknown };

const { LongRevert, OutOfGas, SafeERC20FailedOperation, SilentRevert } = errors;

/** Runtime code in the place of USDC's, and what the vault's call and one's own then throw. */
const BOMBS: Readonly<Record<string, Bomb>> = {
  // MSTORE at 2^32 - 1. The vault's caller keeps a sixty-fourth of the gas.
  "wants more memory than gas pays": {
    ...{ code: "0x600063ffffffff52", deposit: SilentRevert, approve: OutOfGas },
  },
  "uses up its gas at once": { code: "0xfe", deposit: SilentRevert, approve: SilentRevert },
  "reverts and says nothing": {
    code: "0x60006000fd",
    deposit: SilentRevert,
    approve: SilentRevert,
  },
  "reverts with a million bytes": {
    code: "0x620f42406000fd",
    deposit: LongRevert,
    approve: LongRevert,
  },
  "returns a million zeros": {
    ...{ code: "0x620f42406000f3", deposit: SafeERC20FailedOperation },
    approve: undefined, // nothing is asked of what it answers: some tokens give none
  },
};

describe("a token that", () => {
  let s: Awaited<ReturnType<typeof stage>>;
  let clean: { restore: () => Promise<void> };
  before(async () => {
    s = await stage();
    clean = await s.networkHelpers.takeSnapshot();
  });
  afterEach(() => clean.restore());

  for (const [name, bomb] of Object.entries(BOMBS)) {
    it(`${name} is refused by a class of its own, in few words, before anything is sent`, async () => {
      const { carol, receiver, pool, client, networkHelpers } = s;
      const token = pool.tokens["USDC"]!;
      const { address } = carol.account;
      await networkHelpers.setCode(token, bomb.code);
      const count = await client.getTransactionCount({ address });
      const paid = deposit(carol, { pool, account: receiver, token, amount: 5n });
      await refuses(paid, bomb.deposit as Class);
      expect(await client.getTransactionCount({ address })).to.equal(count);
      if (bomb.approve === undefined) return;
      await refuses(approve(carol, { pool, token, amount: 5n }), bomb.approve as Class);
      expect(await client.getTransactionCount({ address })).to.equal(count);
    });
  }

  async function refuses(act: Promise<unknown>, Wanted: Class) {
    const error = await act.catch((e: unknown) => e);
    expect(error, String(error)).to.be.instanceOf(Wanted);
    expect((error as Error).name).to.equal(Wanted.name);
    expect((error as Error).message.length).to.be.lessThan(400);
  }
});
