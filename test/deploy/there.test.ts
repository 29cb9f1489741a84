import { expect } from "chai";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import type { Address } from "viem";

import { deployPool } from "../../scripts/deploy/deployPool.ts";
import { NotThere, OtherDecimals } from "../../scripts/deploy/errors.ts";
import { requireReal } from "../../scripts/deploy/requireReal.ts";
import { Invalid } from "../../sdk/params/errors.ts";
import { aggregatorOf } from "../../sdk/params/feeds.ts";
import { readParams } from "../../sdk/files/params.ts";
import type { Params } from "../../sdk/params/params.ts";
import { serve } from "../scripts/serve.ts";

const NOBODY = `0x${"d0".repeat(20)}` as Address; // no contract

describe("what parameters name", () => {
  let connection: NetworkConnection;
  let params: Params;

  beforeEach(async () => {
    connection = (await network.create()) as NetworkConnection;
    params = readParams("deployments/local/params.json");
    const deployed = await connection.viem.deployContract("Token", ["ETH", 18]);
    params.listings["ETH"]!.token = deployed.address;
  });

  const refusal = () => requireReal(connection, params).catch((e: unknown) => e);

  it("may be there, and be what is said", async () => {
    expect(await refusal()).to.equal(undefined);
  });

  it("is refused where no contract stands, before anything is sent", async () => {
    aggregatorOf(params.listings["ETH"]!.feed).aggregator = NOBODY;
    const block = await connection.networkHelpers.time.latestBlock();
    const error = await deployPool(connection, params).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(NotThere);
    expect(error).to.include({ entry: "params.listings.ETH.feed.aggregator", address: NOBODY });
    expect(await connection.networkHelpers.time.latestBlock()).to.equal(block);
  });

  it("is refused if the token has other decimals, or none at all", async () => {
    params.listings["ETH"]!.decimals = 8;
    const error = await refusal();
    expect(error).to.be.instanceOf(OtherDecimals).and.to.include({ named: 8, found: 18 });
    const lens = await connection.viem.deployContract("Lens");
    params.listings["ETH"]!.token = lens.address;
    expect(await refusal()).to.include({ name: "NotThere", expected: "a token" });
  });

  it("has to say who governs, on a chain that others use", async () => {
    const chain = await serve(1);
    const real = await network.create({ network: "localhost", override: { url: chain.rpc } });
    for (const listing of Object.values(params.listings)) {
      listing.token = NOBODY;
      aggregatorOf(listing.feed).aggregator = NOBODY;
    }
    delete params.governance;
    const error = await requireReal(real, params).catch((e: unknown) => e);
    await chain.close();
    expect(error).to.be.instanceOf(Invalid).and.to.include({ path: "params.governance" });
  });
});
