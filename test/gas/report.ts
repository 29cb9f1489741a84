import { columns } from "../../sdk/sim/report/table.ts";
import type { Gas } from "./scenarios.ts";

/** What the best lending protocols need, measured the same way with static haircuts: Morpho for
 * deposits, Compound III for the rest; and what the only peer that nets options and perps needs (23
 * scenarios, one underlying); and what we aim at, as a multiple of it. */
const PEERS: Readonly<Record<string, readonly [gas: number, aim: number]>> = {
  "deposit.first": [70_457, 1.3],
  "deposit.topUp": [53_357, 1.3],
  "borrow.more.1": [94_971, 1.2],
  "borrow.more.3": [116_134, 1.4],
  "borrow.more.5": [137_396, 1.6],
  "withdraw.debt.1": [87_314, 1.2],
  "withdraw.debt.3": [108_480, 1.4],
  "withdraw.debt.5": [129_744, 1.6],
  "health.view.1": [30_142, 1.2],
  "health.view.3": [51_304, 1.7],
  "health.view.5": [72_564, 1.9],
  "margin.view.perp+spot": [375_531, 0.25],
  "margin.view.5options.1expiry": [1_428_037, 0.133],
  "margin.view.10options.2expiries": [2_615_738, 0.134],
  "margin.view.32options.4expiries": [7_575_416, 0.139],
  "margin.view.4options+perp": [1_346_262, 0.141],
  "call.5options": [1_257_768, 0.278], // 350 000
  "bid.5options": [1_735_515, 0.403], // 700 000
  "settle.perp": [1_095_811, 0.301],
  "settle.5options": [3_412_371, 0.161],
};

/** The figures beside those of the peers. */
export function gasTable(list: readonly Gas[]): string {
  const rows = list.map(({ name, gas }) => {
    const peer = PEERS[name];
    if (!peer) return [name, String(gas), "", "", ""];
    const ratio = (gas / peer[0]).toFixed(2);
    return [name, String(gas), String(peer[0]), ratio, String(peer[1])];
  });
  const align = ["left", "right", "right", "right", "right"] as const;
  return columns(["scenario", "gas", "peer", "ratio", "aim"], rows, align);
}

/** A figure that grew past the snapshot, or is missing from it. */
export interface Regression {
  readonly name: string;
  readonly gas: number;
  readonly was: number | undefined;
}

const TOLERANCE = 1.01;

/** The committed snapshot: a line a scenario. */
export function snapshotText(list: readonly Gas[]): string {
  return list.map(({ name, gas }) => `${name} ${gas}\n`).join("");
}

/** What a snapshot does not allow: more than one per cent above it, or what it does not know. */
export function regressions(list: readonly Gas[], snapshot: string): Regression[] {
  const known = new Map(snapshot.split("\n").map((line) => line.split(" ") as [string, string]));
  return list.flatMap(({ name, gas }) => {
    const was = known.has(name) ? Number(known.get(name)) : undefined;
    return was !== undefined && gas <= was * TOLERANCE ? [] : [{ name, gas, was }];
  });
}
