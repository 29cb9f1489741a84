import { expect } from "chai";
import { network } from "hardhat";

import { LocalOnly } from "../../scripts/deploy/errors.ts";
import { requireReal } from "../../scripts/deploy/requireReal.ts";
import { serve } from "../scripts/serve.ts";
import { paramsOfEveryKind } from "./kinds.ts";

const ADDRESS = `0x${"22".repeat(20)}`;

describe("parameters for a chain that others use", () => {
  it("have to name everything that a local chain would make up", async () => {
    const chain = await serve(1);
    const connection = await network.create({
      network: "localhost",
      override: { url: chain.rpc },
    });
    const params = paramsOfEveryKind();
    params.sequencer = { feed: "mock", grace: 600 };
    for (const listing of Object.values(params.listings)) listing.token = ADDRESS;
    const refused: string[] = [];
    for (;;) {
      const error = await requireReal(connection, params).catch((e: unknown) => e);
      if (!(error instanceof LocalOnly)) break;
      refused.push(error.entry);
      name(params, error.entry.replace("SOL.feed", "SOL.feed.chainlink"));
    }
    await chain.close();
    expect(refused).to.deep.equal([
      "params.sequencer.feed",
      "params.pyth",
      "params.listings.ETH.feed.aggregator",
      "params.listings.SOL.feed.aggregator",
      "params.listings.wstETH.feed.source",
      "params.listings.wstETH.feed.aggregator",
      "params.listings.DAI.feed.source",
    ]);
  });

  /** Puts an address where `path` leads; a rate's aggregator is its market's. */
  function name(params: object, path: string) {
    const keys = path.replace("wstETH.feed.aggregator", "wstETH.feed.market.aggregator").split(".");
    const last = keys.pop()!;
    type Room = { [key: string]: Room };
    const room = keys.slice(1).reduce((at, key) => at[key]!, params as Room);
    room[last] = ADDRESS as never;
  }
});
