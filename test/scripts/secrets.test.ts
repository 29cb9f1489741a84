import { expect } from "chai";
import fc from "fast-check";

import { writePool } from "../../scripts/deploy/poolRecord.ts";
import { withoutKeys } from "../../sdk/secrets.ts";
import type { Pool } from "../../sdk/types/Pool.ts";
import { scratch, start } from "./spawn.ts";

const KEY = "9aa3d95b3bc440fa88ea12eaa4456161";
// Of Hardhat's public mnemonic: account 3.
const SIGNER = "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6";

const SOMEWHERE = `0x${"11".repeat(20)}` as const;
const POOL: Pool = {
  ...{ clearinghouse: SOMEWHERE, vault: SOMEWHERE, lens: SOMEWHERE, oracle: SOMEWHERE },
  ...{ oracles: {}, authority: SOMEWHERE, tokens: {}, feeds: {}, sources: {} },
};

/** Addresses that hold a key, some of which no parser takes. */
const ADDRESSES = [
  `https://mainnet.infura.io/v3/${KEY}`,
  `https://rpc.example.org/?apikey=${KEY}`,
  `https://user:${KEY}@node.example.org`,
  `https://${KEY}.rpc.example.org/`,
  `wss://node.example.org/${KEY}/ws`,
  `mainnet.infura.io/v3/${KEY}`,
  `https:/mainnet.infura.io/v3/${KEY}`,
  `http//mainnet.infura.io/v3/${KEY}`,
  `htps://mainnet.infura.io/v3/${KEY}`,
  `https://mainnet.infura.io:port/v3/${KEY}`,
  `https://exa mple.org/${KEY}`,
  ` https://127.0.0.1:9/${KEY}`,
  KEY,
];

describe("the key of a node's address", () => {
  it("is taken out of any text about it, whatever stands around, parsed or not", () => {
    const around = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...ADDRESSES), around, around, (address, before, after) => {
        const texts = [`${before}${address}${after}`, JSON.stringify({ before, address })];
        for (const text of texts) expect(withoutKeys(text, [address])).to.not.contain(KEY);
      }),
    );
  });

  it("is taken out escaped, cut into its words, and without being known", () => {
    const secret = `https://node.example.org/${KEY}%2Bkey`;
    expect(withoutKeys(`path /${KEY}+key refused`, [secret])).to.equal("path /***+key refused");
    expect(withoutKeys(`URL: https://mainnet.infura.io/v3/${KEY}`)).to.equal(
      "URL: https://***.infura.io/***",
    );
  });

  it("takes nothing else with it", () => {
    for (const text of ["http://127.0.0.1:8545", "the node said no", "https://example.org"]) {
      expect(withoutKeys(text, ["http://127.0.0.1:8545"])).to.equal(text);
    }
  });
});

describe("a program given an address with a key", () => {
  const place = scratch("secrets");
  before(() => writePool(`${place.folder}/pool.json`, POOL));
  after(() => place.remove());

  const pool = ["--pool", `${place.folder}/pool.json`];
  const where = ["--network", "localhost", "--params", place.params, "--records", place.records];
  const programs: [script: string, args: string[]][] = [
    ["keeper", [...pool, "--once"]],
    ["deploy", [...where, "--no-build"]],
    ["params", where],
  ];
  for (const [script, args] of programs) {
    for (const address of [ADDRESSES[5]!, ADDRESSES[9]!, `http://127.0.0.1:9/${KEY}`]) {
      it(`${script} does not say it: ${address.replace(KEY, "KEY")}`, async () => {
        const { ended, said } = start(script, ["--rpc", address, ...args], { KEEPER_KEY: SIGNER });
        expect(await ended).to.not.equal(0);
        expect(said()).to.not.equal("");
        expect(said()).to.not.contain(KEY);
      }).timeout(60_000);
    }
  }

  it("does not say one of the environment, nor one in a slip of the pen", async () => {
    const env = { KEEPER_KEY: SIGNER, SEPOLIA_RPC_URL: ADDRESSES[5]!, SEPOLIA_PRIVATE_KEY: SIGNER };
    const slips: [string, string[]][] = [
      ["deploy", ["--network", "sepolia", "--params", place.params, "--no-build"]],
      ["keeper", [`--rcp=${ADDRESSES[0]!}`, ...pool]],
      ["keeper", [`--rpc=${ADDRESSES[5]!}`, ...pool, "--interval", "none"]],
    ];
    for (const [script, args] of slips) {
      const { ended, said } = start(script, args, env);
      expect(await ended, said()).to.not.equal(0);
      expect(said()).to.not.contain(KEY);
    }
  }).timeout(120_000);
});
