import { expect } from "chai";
import * as AuctionMath from "../../sdk/math/AuctionMath.ts";
import * as CashMath from "../../sdk/math/CashMath.ts";
import * as CurveMath from "../../sdk/math/CurveMath.ts";
import * as ExpMath from "../../sdk/math/ExpMath.ts";
import * as FuseMath from "../../sdk/math/FuseMath.ts";
import * as LossMath from "../../sdk/math/LossMath.ts";
import * as MarginMath from "../../sdk/math/MarginMath.ts";
import * as NormalMath from "../../sdk/math/NormalMath.ts";
import * as OptionMath from "../../sdk/math/OptionMath.ts";
import * as OracleMath from "../../sdk/math/OracleMath.ts";
import * as PerpMath from "../../sdk/math/PerpMath.ts";
import * as PriceMath from "../../sdk/math/PriceMath.ts";
import * as RateMath from "../../sdk/math/RateMath.ts";
import * as RampMath from "../../sdk/math/RampMath.ts";
import * as ScenarioMath from "../../sdk/math/ScenarioMath.ts";
import * as SettlementMath from "../../sdk/math/SettlementMath.ts";
import * as ThrottleMath from "../../sdk/math/ThrottleMath.ts";
import * as TradeMath from "../../sdk/math/TradeMath.ts";
import * as VolatilityMath from "../../sdk/math/VolatilityMath.ts";
import * as WadMath from "../../sdk/math/WadMath.ts";
import { read } from "../walls/source.ts";
import { solidityTwin } from "../walls/twin/solidity.ts";
import { isRefusal, type Harness } from "./harness.ts";
import { auctionDraws } from "./draws/AuctionMath.ts";
import { cashDraws } from "./draws/CashMath.ts";
import { curveDraws } from "./draws/CurveMath.ts";
import { expDraws } from "./draws/ExpMath.ts";
import { fuseDraws } from "./draws/FuseMath.ts";
import { lossDraws } from "./draws/LossMath.ts";
import { marginDraws } from "./draws/MarginMath.ts";
import { normalDraws } from "./draws/NormalMath.ts";
import { optionDraws } from "./draws/OptionMath.ts";
import { oracleDraws } from "./draws/OracleMath.ts";
import { perpDraws } from "./draws/PerpMath.ts";
import { priceDraws } from "./draws/PriceMath.ts";
import { rateDraws } from "./draws/RateMath.ts";
import { rampDraws } from "./draws/RampMath.ts";
import { scenarioDraws } from "./draws/ScenarioMath.ts";
import { settlementDraws } from "./draws/SettlementMath.ts";
import { throttleDraws } from "./draws/ThrottleMath.ts";
import { tradeDraws } from "./draws/TradeMath.ts";
import { volatilityDraws } from "./draws/VolatilityMath.ts";
import { wadDraws } from "./draws/WadMath.ts";

// Both sides of every file of math, what to ask them, and how their answers compare.

export type Twin = (...args: unknown[]) => unknown;
export type File = [twin: object, draws: object];

export const FILES: Record<string, File> = {
  AuctionMath: [AuctionMath, auctionDraws],
  CashMath: [CashMath, cashDraws],
  CurveMath: [CurveMath, curveDraws],
  ExpMath: [ExpMath, expDraws],
  FuseMath: [FuseMath, fuseDraws],
  LossMath: [LossMath, lossDraws],
  MarginMath: [MarginMath, marginDraws],
  NormalMath: [NormalMath, normalDraws],
  OptionMath: [OptionMath, optionDraws],
  OracleMath: [OracleMath, oracleDraws],
  PerpMath: [PerpMath, perpDraws],
  PriceMath: [PriceMath, priceDraws],
  RampMath: [RampMath, rampDraws],
  RateMath: [RateMath, rateDraws],
  ScenarioMath: [ScenarioMath, scenarioDraws],
  SettlementMath: [SettlementMath, settlementDraws],
  ThrottleMath: [ThrottleMath, throttleDraws],
  TradeMath: [TradeMath, tradeDraws],
  VolatilityMath: [VolatilityMath, volatilityDraws],
  WadMath: [WadMath, wadDraws],
};

export const functionsOf = (file: string) =>
  solidityTwin(read(`contracts/math/${file}.sol`))
    .declarations.filter(({ kind }) => kind === "function")
    .map(({ name }) => name);

/** What TypeScript answers, in the chain's words. */
function answerOf(harness: Harness, name: string, twin: Twin, args: unknown[]): string {
  try {
    return harness.answer(name, twin(...args));
  } catch (error) {
    const refusal = harness.refusal(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

const show = (value: unknown) =>
  JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}` : part));

/** Asks both sides; returns how many of the draws both refused. */
export async function compare(
  harness: Harness,
  name: string,
  twin: Twin,
  draws: unknown[][],
): Promise<number> {
  const answers = await harness.ask(draws.map((args) => harness.question(name, args)));
  for (const [i, args] of draws.entries()) {
    const expected = answerOf(harness, name, twin, args);
    if (answers[i] === expected) continue;
    const [sol, ts] = [harness.read(name, answers[i]!), harness.read(name, expected)].map(show);
    expect.fail(`${name}(${args.map(show).join(", ")})\n  sol: ${sol}\n  ts:  ${ts}`);
  }
  return answers.filter(isRefusal).length;
}
