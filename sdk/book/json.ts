import { decimalText } from "../decimal.ts";
import type { Pair } from "../types/Portfolio.ts";
import { ADD_ONS, type AddOn, type BookMargin, type FactorMargin } from "./explain.ts";

/** A figure in both modes, exact decimal texts. */
export interface PairJson {
  readonly mm: string;
  readonly im: string;
}

export interface FactorJson {
  readonly shock: PairJson;
  readonly ladder: { readonly mm: readonly string[]; readonly im: readonly string[] };
  readonly worst: PairJson;
}

/** A book's margin as JSON: exact decimal texts, by the names of DESIGN §7. */
export interface MarginJson {
  readonly equity: string;
  readonly mm: string;
  readonly im: string;
  readonly health: string;
  readonly rm: PairJson;
  readonly factors: Readonly<Record<string, FactorJson>>;
  readonly addOns: Readonly<Record<AddOn, PairJson>>;
  readonly standalone: PairJson;
}

export function marginJson(book: BookMargin): MarginJson {
  const addOns = ADD_ONS.map((name) => [name, pairJson(book.addOns[name])]);
  return {
    equity: decimalText(book.equity),
    mm: decimalText(book.required[0]),
    im: decimalText(book.required[1]),
    health: decimalText(book.health),
    rm: pairJson(book.risk),
    factors: Object.fromEntries(book.factors.map((factor) => [factor.name, factorJson(factor)])),
    addOns: Object.fromEntries(addOns) as Record<AddOn, PairJson>,
    standalone: pairJson(book.standalone),
  };
}

function factorJson({ shock, ladder, worst }: FactorMargin): FactorJson {
  return {
    shock: pairJson(shock),
    ladder: { mm: ladder[0].profit.map(decimalText), im: ladder[1].profit.map(decimalText) },
    worst: pairJson(worst),
  };
}

function pairJson([maintenance, initial]: Pair): PairJson {
  return { mm: decimalText(maintenance), im: decimalText(initial) };
}
