import { decimalText } from "../decimal.ts";
import type { MarginParams } from "../params/params.ts";
import type { Position } from "./Book.ts";
import { cashName } from "./listed.ts";

/** What a trader calls a position. */
export function nameOf(position: Position, params: MarginParams): string {
  if (position.kind === "cash") return cashName(params);
  if (position.kind === "spot") return position.asset;
  if (position.kind === "perp") return `${position.factor} perp`;
  const expiry = `${position.factor} ${decimalText(position.expiryDays)} d`;
  if (position.kind === "future") return `${expiry} future`;
  return `${expiry} ${decimalText(position.strike)} ${position.type}`;
}

/** How much of it. */
export function amountOf(position: Position): bigint {
  return "amount" in position ? position.amount : position.size;
}
