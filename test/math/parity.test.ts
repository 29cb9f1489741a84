import { expect } from "chai";
import * as AuctionMath from "../../sdk/math/AuctionMath.ts";
import * as CashMath from "../../sdk/math/CashMath.ts";
import * as ExpMath from "../../sdk/math/ExpMath.ts";
import * as FuseMath from "../../sdk/math/FuseMath.ts";
import * as MarginMath from "../../sdk/math/MarginMath.ts";
import * as NormalMath from "../../sdk/math/NormalMath.ts";
import * as OptionMath from "../../sdk/math/OptionMath.ts";
import * as OracleMath from "../../sdk/math/OracleMath.ts";
import * as PriceMath from "../../sdk/math/PriceMath.ts";
import * as ScenarioMath from "../../sdk/math/ScenarioMath.ts";
import * as VolatilityMath from "../../sdk/math/VolatilityMath.ts";
import * as WadMath from "../../sdk/math/WadMath.ts";
import { createRandom, seedFor, type Random } from "../../sdk/sim/random.ts";
import { read } from "../walls/source.ts";
import { MATH } from "../walls/doors.ts";
import { solidityTwin } from "../walls/twin/solidity.ts";
import { isRefusal, openDoors, type Door } from "./door.ts";
import { auctionDraws } from "./draws/AuctionMath.ts";
import { cashDraws } from "./draws/CashMath.ts";
import type { Draw } from "./draws/Draw.ts";
import { expDraws } from "./draws/ExpMath.ts";
import { fuseDraws } from "./draws/FuseMath.ts";
import { marginDraws } from "./draws/MarginMath.ts";
import { normalDraws } from "./draws/NormalMath.ts";
import { optionDraws } from "./draws/OptionMath.ts";
import { oracleDraws } from "./draws/OracleMath.ts";
import { priceDraws } from "./draws/PriceMath.ts";
import { scenarioDraws } from "./draws/ScenarioMath.ts";
import { volatilityDraws } from "./draws/VolatilityMath.ts";
import { wadDraws } from "./draws/WadMath.ts";

// Every function of contracts/math and its twin in sdk/math on the same draws, bit for bit, errors
// too. SEED repeats a run; DRAWS makes it longer.

const SEED = Number(process.env["SEED"] ?? 20_240_805);
const DRAWS = Number(process.env["DRAWS"] ?? 10_000);
const BATCH = 500;
const LIMIT = 120_000; // milliseconds for one function

type Twin = (...args: unknown[]) => unknown;
type File = [twin: object, draws: object];

const FILES: Record<string, File> = {
  AuctionMath: [AuctionMath, auctionDraws],
  CashMath: [CashMath, cashDraws],
  ExpMath: [ExpMath, expDraws],
  FuseMath: [FuseMath, fuseDraws],
  MarginMath: [MarginMath, marginDraws],
  NormalMath: [NormalMath, normalDraws],
  OptionMath: [OptionMath, optionDraws],
  OracleMath: [OracleMath, oracleDraws],
  PriceMath: [PriceMath, priceDraws],
  ScenarioMath: [ScenarioMath, scenarioDraws],
  VolatilityMath: [VolatilityMath, volatilityDraws],
  WadMath: [WadMath, wadDraws],
};

const functionsOf = (file: string) =>
  solidityTwin(read(`contracts/math/${file}.sol`))
    .declarations.filter(({ kind }) => kind === "function")
    .map(({ name }) => name);

/** What TypeScript answers, in the chain's words. */
function answerOf(door: Door, name: string, twin: Twin, args: unknown[]): string {
  try {
    return door.answer(name, twin(...args));
  } catch (error) {
    const refusal = door.refusal(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

const show = (value: unknown) =>
  JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}` : part));

/** Asks both sides; returns how many of the draws both refused. */
async function compare(door: Door, name: string, twin: Twin, draws: unknown[][]): Promise<number> {
  const answers = await door.ask(draws.map((args) => door.question(name, args)));
  for (const [i, args] of draws.entries()) {
    const expected = answerOf(door, name, twin, args);
    if (answers[i] === expected) continue;
    const [sol, ts] = [door.read(name, answers[i]!), door.read(name, expected)].map(show);
    expect.fail(`${name}(${args.map(show).join(", ")})\n  sol: ${sol}\n  ts:  ${ts}`);
  }
  return answers.filter(isRefusal).length;
}

async function compareAll(
  door: Door,
  name: string,
  twin: Twin,
  draw: Draw<unknown[]>,
  random: Random,
) {
  let refused = 0;
  for (let done = 0; done < DRAWS; done += BATCH) {
    const draws = Array.from({ length: Math.min(BATCH, DRAWS - done) }, () => draw(random));
    refused += await compare(door, name, twin, draws);
  }
  return refused;
}

describe("parity", function () {
  this.timeout(LIMIT);
  const table: string[] = [];
  let doors: Map<string, Door>;

  before(async () => {
    doors = await openDoors(MATH);
  });

  it("knows every file of math, and draws for every function of it", () => {
    expect(Object.keys(FILES)).to.deep.equal(MATH);
    for (const [file, [, draws]] of Object.entries(FILES)) {
      expect(Object.keys(draws).sort(), file).to.deep.equal(functionsOf(file).sort());
    }
  });

  for (const [file, [twins, draws]] of Object.entries(FILES)) {
    for (const [name, draw] of Object.entries<Draw<unknown[]>>(draws as never)) {
      it(`says the same of ${file}.${name} here and there`, async () => {
        const start = performance.now();
        const random = createRandom(seedFor(SEED, name));
        const twin = (twins as Record<string, Twin>)[name]!;
        const refused = await compareAll(doors.get(file)!, name, twin, draw, random);
        const took = ((performance.now() - start) / 1_000).toFixed(1);
        table.push(
          `${`${file}.${name}`.padEnd(36)}${`${DRAWS}`.padStart(9)}${`${refused}`.padStart(9)}${took.padStart(8)}`,
        );
        expect(refused, "refused").to.be.below(DRAWS / 2);
      });
    }
  }

  after(() => {
    console.log(`\n    seed ${SEED}\n    ${"".padEnd(36)}    draws  refused  seconds`);
    for (const line of table) console.log(`    ${line}`);
  });
});
