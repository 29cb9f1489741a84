import { BallastError } from "../errors/BallastError.ts";
import type { Outcome } from "./World.ts";

/** A record of an outcome that every logger can write: bigints as decimal texts, errors as words. */
export function describe(outcome: Outcome): Readonly<Record<string, unknown>> {
  return { ...plain(outcome.step), ...plain(resultOf(outcome)) };
}

function resultOf(outcome: Outcome): object {
  if ("failed" in outcome) return { failed: wordsOf(outcome.failed) };
  return "done" in outcome ? { done: outcome.done } : {};
}

/** A revert in full; of another error the first line, without what clients append. */
function wordsOf(error: Error): string {
  return error instanceof BallastError ? error.message : error.message.split("\n")[0]!;
}

function plain(value: object): Record<string, unknown> {
  const text = JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v));
  return JSON.parse(text) as Record<string, unknown>;
}
