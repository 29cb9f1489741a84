import { writeFileSync } from "node:fs";

import { expect } from "chai";
import fc from "fast-check";
import { getAddress, zeroAddress, type Address } from "viem";

import { readPool, writePool } from "../../scripts/deploy/poolRecord.ts";
import { Invalid } from "../../sdk/params/errors.ts";
import { readJson } from "../../sdk/files/json.ts";
import { parseParams } from "../../sdk/params/params.ts";
import { PARAMS_FILE, thrown } from "../book/asked.ts";
import { scratch } from "../scripts/spawn.ts";

const SOUND = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const MISTYPED = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92267"; // the last digit

type Json = { [key: string]: Json };

/** Every entry that holds an address, or asks a local chain for one. */
const ENTRIES = [
  "governance.governor",
  "governance.poster",
  "governance.guardian",
  "trade.feeRecipient",
  "pyth",
  "sequencer.feed",
  "listings.ETH.token",
  "listings.ETH.feed.aggregator",
];

function paramsWith(entry: string, value: string): unknown {
  const json = readJson(PARAMS_FILE) as Json;
  json["governance"] ??= { delayHours: 24 as never };
  json["sequencer"] ??= { feed: "mock" as never, grace: 600 as never };
  const keys = entry.split(".");
  const last = keys.pop()!;
  keys.reduce((at, key) => at[key]!, json)[last] = value as never;
  return json;
}

describe("an address in params.json", () => {
  for (const entry of ENTRIES) {
    it(`is taken in lower case or with its checksum, and refused with another: ${entry}`, () => {
      for (const good of [SOUND, SOUND.toLowerCase()]) {
        expect(() => parseParams(paramsWith(entry, good))).to.not.throw();
      }
      const bad = [MISTYPED, zeroAddress, SOUND.slice(0, -1), "vitalik.eth", SOUND.slice(2)];
      for (const value of bad) {
        const error = thrown(() => parseParams(paramsWith(entry, value)));
        expect(error, value).to.be.instanceOf(Invalid);
        expect((error as Invalid).path).to.equal(`params.${entry}`);
      }
    });
  }

  it("says that a checksum does not fit, where it does not", () => {
    const error = thrown(() => parseParams(paramsWith("governance.governor", MISTYPED)));
    expect(error.message).to.equal(
      `params.governance.governor: expected an address, whose checksum fits its digits, not "${MISTYPED}"`,
    );
  });

  it("is refused with any letter of it in the other case", () => {
    const address = fc
      .uint8Array({ minLength: 20, maxLength: 20 })
      .map((bytes) => getAddress(`0x${Buffer.from(bytes).toString("hex")}`));
    fc.assert(
      fc.property(address, fc.integer({ min: 2, max: 41 }), (good, at) => {
        const letter = good[at]!;
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        const bad = `${good.slice(0, at)}${other}${good.slice(at + 1)}`;
        fc.pre(bad !== good && bad !== bad.toLowerCase());
        expect(() => parseParams(paramsWith("trade.feeRecipient", bad))).to.throw(Invalid);
      }),
      { numRuns: 30 },
    );
  });
});

describe("an address in pool.json", () => {
  const place = scratch("addresses");
  after(() => place.remove());

  it("is refused with a wrong checksum, by its name", () => {
    const file = `${place.folder}/pool.json`;
    const all = { clearinghouse: SOUND, vault: SOUND, lens: SOUND, oracle: SOUND } as const;
    const maps = { oracles: {}, tokens: {}, feeds: {}, sources: {} };
    writePool(file, { ...all, ...maps, authority: SOUND });
    expect(readPool(file).vault).to.equal(SOUND);
    const record = { ...all, ...maps, authority: SOUND, tokens: { ETH: MISTYPED as Address } };
    writeFileSync(file, JSON.stringify(record));
    expect(thrown(() => readPool(file)).message).to.match(/^pool\.tokens\.ETH: .*checksum/);
  });
});
