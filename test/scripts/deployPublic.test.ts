import { writeFileSync } from "node:fs";

import { expect } from "chai";
import { network } from "hardhat";
import { privateKeyToAddress } from "viem/accounts";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { readPool } from "../../scripts/deploy/poolRecord.ts";
import { aggregatorOf } from "../../sdk/params/feeds.ts";
import { readParams } from "../../sdk/files/params.ts";
import { serve } from "./serve.ts";
import { scratch, start } from "./spawn.ts";

const SEPOLIA = 11_155_111;
// Of Hardhat's public mnemonic: account 5.
const KEY = "0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba";

describe("npm run deploy on a public network", () => {
  const place = scratch("public");
  let chain: Awaited<ReturnType<typeof serve>>;

  before(async () => (chain = await serve(SEPOLIA)));
  after(async () => {
    await chain.close();
    place.remove();
  });

  /** Tokens and feeds that are there already, named in the parameters. */
  async function listThem() {
    const connection = await network.create({
      network: "localhost",
      override: { url: chain.rpc },
    });
    const params = readParams(place.params);
    for (const [symbol, listing] of Object.entries(params.listings)) {
      const { feed, decimals } = listing;
      const token = await connection.viem.deployContract("Token", [symbol, decimals]);
      const chainlink = aggregatorOf(feed);
      const args = [chainlink.decimals!, BigInt(feed.price! * 1e8)] as const;
      const aggregator = await connection.viem.deployContract("MockV3Aggregator", [...args]);
      [listing.token, chainlink.aggregator] = [token.address, aggregator.address];
    }
    writeFileSync(place.params, JSON.stringify(params));
    return params.listings;
  }

  it("signs with the key of the environment, and takes the tokens and feeds that are named", async () => {
    const { ETH, USDC } = await listThem();
    const from = ["--params", place.params, "--records", place.records, "--no-build"];
    const { ended, said } = start("deploy", ["--network", "sepolia", ...from], {
      SEPOLIA_RPC_URL: chain.rpc,
      SEPOLIA_PRIVATE_KEY: KEY,
    });
    expect(await ended, said()).to.equal(0);
    expect(said()).to.not.contain(KEY.slice(2));
    const pool = readPool(`${place.folder}/pool.json`);
    const named = [ETH!.token, USDC!.token].map((token) => token.toLowerCase());
    expect(Object.values(pool.tokens).map((token) => token.toLowerCase())).to.deep.equal(named);
    const { client } = chain;
    const address = privateKeyToAddress(KEY);
    expect(await client.getTransactionCount({ address })).to.be.greaterThan(15);
    const clearinghouse = { address: pool.clearinghouse, abi: clearinghouseAbi } as const;
    const listed = await client.readContract({
      ...{ ...clearinghouse, functionName: "listingOf", args: [pool.tokens["ETH"]!] },
    });
    expect(listed).to.include({ asset: 0x0200, decimals: 18 });
  });
});
