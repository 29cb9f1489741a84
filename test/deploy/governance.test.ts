import { expect } from "chai";
import { before, describe, it } from "mocha";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { createWalletClient, custom, encodeFunctionData, type Address, type Hex } from "viem";

import { authorityAbi } from "../../sdk/generated/authorityAbi.ts";
import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { deployPool } from "../../scripts/deploy/deployPool.ts";
import { decodeError } from "../../sdk/errors/index.ts";
import { changed } from "../fixtures/pool.ts";
import { halfHour } from "../fixtures/trading.ts";

const DAY = 86_400;

describe("a pool whose deployer is named as its governor", () => {
  it("is still governed by it", async () => {
    const connection = await network.create();
    const [deployer] = await connection.viem.getWalletClients();
    const governance = { delayHours: 24, governor: deployer!.account.address };
    const { authority } = await deployPool(
      connection,
      changed((p) => ({ ...p, governance })),
    );
    const manager = await connection.viem.getContractAt("AccessManager", authority);
    const [isAdmin, delay] = await manager.read.hasRole([0n, deployer!.account.address]);
    expect([isAdmin, delay]).to.deep.equal([true, DAY]);
  });
});

// Alice governs, with a day between her word and her act; bob posts; the deployer has left.
describe("a pool that its deployer handed over", () => {
  let pool: Awaited<ReturnType<typeof deployPool>>;
  let connection: NetworkConnection;
  let actors: Address[];

  before(async () => {
    connection = await network.create();
    const wallets = await connection.viem.getWalletClients();
    actors = wallets.map(({ account }) => account.address);
    const [, governor, poster] = actors;
    const governance = { delayHours: 24, governor: governor!, poster: poster! };
    pool = await deployPool(
      connection,
      changed((p) => ({ ...p, governance })),
    );
  });

  const dust = (units: number): Hex =>
    encodeFunctionData({
      ...{ abi: clearinghouseAbi, functionName: "setLiquidation", args: [{ dust: units }] },
    });

  /** Sends data to a contract. Returns the name of what refused it, or "done". */
  async function sent(by: number, to: Address, data: Hex): Promise<string> {
    const account = actors[by]!;
    const wallet = createWalletClient({ account, transport: custom(connection.provider as never) });
    try {
      await wallet.sendTransaction({ account, to, data, chain: null });
      return "done";
    } catch (error) {
      return decodeError(error).name;
    }
  }

  it("is changed by its governor, a day after it was scheduled", async () => {
    const { authority, clearinghouse } = pool;
    expect(await sent(0, clearinghouse, dust(50))).to.equal("AccessManagedUnauthorized");
    expect(await sent(1, clearinghouse, dust(50))).to.equal("AccessManagerNotScheduled");
    const ask = (functionName: "schedule" | "execute") =>
      encodeFunctionData({
        abi: authorityAbi,
        functionName,
        args: [clearinghouse, dust(50), ...(functionName === "schedule" ? [0] : [])],
      } as never);
    expect(await sent(1, authority, ask("schedule"))).to.equal("done");
    expect(await sent(1, authority, ask("execute"))).to.equal("AccessManagerNotReady");
    await connection.networkHelpers.time.increase(DAY);
    expect(await sent(1, authority, ask("execute"))).to.equal("done");
  });

  it("has its expiries listed by whom it names, who may do nothing else", async () => {
    const now = await connection.networkHelpers.time.latest();
    const expiry = BigInt(halfHour(now + 7 * DAY));
    const list = encodeFunctionData({
      ...{ abi: clearinghouseAbi, functionName: "listExpiry" },
      args: [2n, expiry, 650_000_000, 0, 0],
    });
    expect(await sent(1, pool.clearinghouse, list)).to.equal("AccessManagedUnauthorized");
    expect(await sent(2, pool.clearinghouse, list)).to.equal("done");
    expect(await sent(2, pool.clearinghouse, dust(60))).to.equal("AccessManagedUnauthorized");
  });
});
