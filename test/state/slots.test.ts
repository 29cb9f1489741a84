import { expect } from "chai";

import type { Params } from "../../sdk/params/params.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import { preview } from "../../sdk/preview/preview.ts";
import { decodeError } from "../../sdk/errors/index.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import { localPool } from "../fixtures/pool.ts";
import { expectAlike } from "../parity/plain.ts";
import type { Thrown } from "../preview/follow.ts";

const KINDS = Array.from({ length: 9 }, (_, i) => `F${i}`);
const SHARES = KINDS.map((name) => `${name}s`);

/** Nine factors of their own, and for each an asset that follows it. */
function widen(params: Params): Params {
  const feed = { kind: "chainlink", aggregator: "mock", decimals: 8, price: 10, heartbeat: 3_600 };
  const listing = {
    ...{ token: "mint", decimals: 18, cap: 1_000_000 },
    feed: { ...feed, deviation: 0.005, volatility: 1 },
  };
  const factors = KINDS.map(
    (name, i) => [name, { ...params.factors["SOL"]!, id: 20 + i }] as const,
  );
  const own = KINDS.map((name) => [name, { factor: name, index: 0 }] as const);
  const follow = SHARES.map((name, i) => {
    return [
      name,
      { factor: KINDS[i]!, index: 1, charge: [0.03, 0.05] as [number, number] },
    ] as const;
  });
  return {
    ...params,
    factors: { ...params.factors, ...Object.fromEntries(factors) },
    assets: { ...params.assets, ...Object.fromEntries([...own, ...follow]) },
    listings: {
      USDC: params.listings["USDC"]!,
      ...Object.fromEntries([...KINDS, ...SHARES].map((name) => [name, listing])),
    } as Params["listings"],
  };
}

describe("the slots of an account", () => {
  let market: Awaited<ReturnType<typeof localPool>>;
  let alice: AccountId;

  before(async function () {
    this.timeout(120_000);
    market = await localPool(widen);
    alice = accountId(market.alice.account.address);
    for (const name of [...KINDS, ...SHARES]) await market.fund(market.alice, name, 100);
  });

  const read = () => getSnapshot(market.client, { pool: market.pool, accounts: [alice] });

  /** Deposits or withdraws, on both sides. Returns the refusal both agree on. */
  async function take(verb: "deposit" | "withdraw", name: string, amount: bigint) {
    const snapshot = await read();
    const timestamp = snapshot.block.timestamp + 1;
    const token = market.pool.tokens[name]!;
    const change: Change = { verb, account: alice, token, amount };
    const expected = preview(snapshot, [change], { timestamp });
    await market.networkHelpers.time.setNextBlockTimestamp(timestamp);
    const how = { account: market.alice.account.address, gas: 5_000_000n };
    const sent =
      verb === "deposit"
        ? market.clearinghouse.write.deposit([alice, token, amount], how)
        : market.clearinghouse.write.withdraw([alice, token, amount, how.account], how);
    const refusal = await sent.then(() => null).catch((e: unknown) => decodeError(e) as Thrown);
    if (expected.ok) expectAlike(expected.state.accounts, (await read()).accounts, name);
    else expectAlike((expected.error as Thrown).args, refusal?.args, name);
    expect(expected.ok).to.equal(refusal === null);
    return refusal?.name;
  }

  it("hold eight factors, and no ninth", async () => {
    for (const name of KINDS.slice(0, 8))
      expect(await take("deposit", name, 10n)).to.equal(undefined);
    expect(await take("deposit", KINDS[8]!, 10n)).to.equal("TooManyFactors");
    expect(await take("deposit", SHARES[0]!, 10n)).to.equal(undefined);
  });

  it("are filled again from the last when one is emptied", async () => {
    expect(await take("withdraw", KINDS[2]!, 4n)).to.equal(undefined);
    expect(await take("withdraw", KINDS[2]!, 6n)).to.equal(undefined);
    const { holdings } = (await read()).accounts[alice]!;
    expect(holdings[2]!.asset).to.equal((20 << 8) | 1);
    expect(holdings).to.have.length(8);
  });

  it("are sixteen", async () => {
    for (const name of [KINDS[2]!, ...SHARES.slice(1, 8)]) {
      expect(await take("deposit", name, 10n)).to.equal(undefined);
    }
    expect((await read()).accounts[alice]!.holdings).to.have.length(16);
    expect(await take("deposit", SHARES[8]!, 1n)).to.equal("TooManyAssets");
  });
});
