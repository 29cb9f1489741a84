import { expect } from "chai";
import { createClient, custom } from "viem";
import { privateKeyToAccount } from "viem/accounts";

import * as actions from "../../sdk/actions/index.ts";
import { chainWorld } from "../../sdk/keeper/index.ts";
import { NotAuthorized } from "../../sdk/errors/index.ts";
import { stage } from "./stage.ts";

const KEY = `0x${"77".repeat(32)}` as const;

describe("a node without a pending block", () => {
  let s: Awaited<ReturnType<typeof stage>>;
  before(async () => (s = await stage()));

  /** A client that asks for the pending block, at a node that has none; what it was asked. */
  async function keeper(refusal: { readonly code: number; readonly message: string }) {
    const { provider } = s.connection;
    const asked: string[] = [];
    const request = async ({ method, params = [] }: { method: string; params?: unknown }) => {
      const pending = (params as unknown[]).includes("pending");
      asked.push(`${method}${pending ? " pending" : ""}`);
      if (pending) throw Object.assign(new Error(refusal.message), refusal);
      return provider.request({ method, params: params as unknown[] });
    };
    const account = privateKeyToAccount(KEY);
    await s.networkHelpers.setBalance(account.address, 10n ** 18n);
    const transport = custom({ request }, { retryCount: 0 });
    const client = createClient({ account, transport, experimental_blockTag: "pending" });
    return { client, asked };
  }

  for (const refusal of [
    { code: -32602, message: "invalid block tag: pending" },
    { code: -32000, message: "pending block is not available" },
    { code: -32603, message: "unknown block" },
  ]) {
    it(`is read, simulated and sent to at the latest: ${refusal.message}`, async () => {
      const { pool, account, networkHelpers } = s;
      const { client, asked } = await keeper(refusal);
      await networkHelpers.time.increase(3_600);
      const cash = await actions.getCash(client, { pool, account });
      expect(cash < 0n).to.equal(true);
      const { hash } = await actions.accrue(client, { pool });
      expect((await s.client.getTransactionReceipt({ hash })).status).to.equal("success");
      expect(asked.filter((one) => one === "eth_call pending")).to.have.length(1);
    });
  }

  it("still refuses an act with the chain's own class, and asks once", async () => {
    const { pool, account } = s;
    const { client } = await keeper({ code: -32602, message: "invalid block tag: pending" });
    const act = { pool, account, tier: 1 };
    const error = await actions.setGrace(client, act).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(NotAuthorized);
  });

  it("is a keeper's, which then goes by its clock", async () => {
    const { client } = await keeper({ code: -32602, message: "invalid block tag: pending" });
    const given = { pool: s.pool, writer: client, clock: () => 1_234 };
    const reader = { getBlock: () => Promise.reject(new Error("no such block")) };
    const world = chainWorld({ ...given, reader } as never);
    expect(await world.now()).to.equal(1_234);
  });
});
