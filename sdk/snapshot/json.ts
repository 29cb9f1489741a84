import { NotASnapshot } from "./errors.ts";
import { freeze } from "./freeze.ts";
import type { Snapshot } from "./Snapshot.ts";

const INTEGER = /^-?\d+$/; // no other text of a snapshot looks so: the rest begins with 0x
const MEMBERS: Readonly<Record<Exclude<keyof Snapshot, "losses">, string>> = {
  pool: "string",
  vault: "string",
  chainId: "number",
  block: "object",
  version: "bigint",
  cash: "object",
  cashParams: "object",
  tiers: "object",
  liquidation: "object",
  keeper: "object",
  keeperDay: "object",
  factors: "object",
  assets: "object",
  feeds: "object",
  trade: "object",
  lock: "object",
  interests: "object",
  orders: "object",
  accounts: "object",
};

/** A snapshot as JSON: wads as decimal texts, times as numbers. */
export function stringifySnapshot(snapshot: Snapshot, space?: number): string {
  return JSON.stringify(snapshot, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v), space);
}

/**
 * The frozen snapshot that `stringifySnapshot` wrote.
 *
 * @throws NotASnapshot if a member is missing; SyntaxError if it is no JSON
 */
export function parseSnapshot(text: string): Snapshot {
  const read: unknown = JSON.parse(text, (_, value: unknown) => revived(value));
  return freeze(checked(read));
}

function revived(value: unknown): unknown {
  return typeof value === "string" && INTEGER.test(value) ? BigInt(value) : value;
}

function checked(value: unknown): Snapshot {
  if (typeof value !== "object" || value === null) throw new NotASnapshot("itself");
  for (const [member, type] of Object.entries(MEMBERS)) {
    const held: unknown = Reflect.get(value, member);
    if (typeof held !== type || held === null) throw new NotASnapshot(member);
  }
  return value as Snapshot;
}
