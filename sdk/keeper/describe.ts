import { BaseError } from "viem";

import type { Outcome } from "./World.ts";

/** A record of an outcome that every logger can write: bigints as decimal texts, errors as words. */
export function describe(outcome: Outcome): Readonly<Record<string, unknown>> {
  return { ...plain(outcome.step), ...plain(resultOf(outcome)) };
}

function resultOf(outcome: Outcome): object {
  if ("failed" in outcome) return { failed: wordsOf(outcome.failed) };
  return "done" in outcome ? { done: outcome.done } : {};
}

/** What an error says, without the request and the node's address that clients append. */
export function wordsOf(error: Error): string {
  if (!(error instanceof BaseError)) return error.message;
  return `${error.shortMessage} ${error.details}`.trim();
}

function plain(value: object): Record<string, unknown> {
  const text = JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v));
  return JSON.parse(text) as Record<string, unknown>;
}
