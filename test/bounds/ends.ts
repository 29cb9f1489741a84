import type { Local } from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";

// Every number that a margin counts, with both ends of its bound as the contract itself says them when it
// refuses what lies outside. Wads, but for the daily volume in USD and depths in units, which are wads too.

const PART = 10n ** 9n;
const MILLIONTH = 10n ** 12n;
const WAD = 10n ** 18n;

export type Setter = "setFactor" | "setMarket" | "setDepth" | "setAsset" | "setTiers" | "setCash";

/** A parameter, and between which numbers it may lie, in the contract's own units. */
export interface Bound {
  readonly name: string;
  readonly setter: Setter;
  readonly low: bigint;
  readonly high: bigint;
  readonly unit: bigint; // wads
}

const U32 = 2n ** 32n - 1n;

const ASKED: readonly (readonly [Setter, bigint, bigint, readonly string[]])[] = [
  [
    ...(["setFactor", PART, U32] as const),
    [
      ...["shockFloor", "volatilityFloor", "volatilityStress", "correlation"],
      ...["exitMaintenance", "exitInitial"],
    ],
  ],
  ["setFactor", WAD, 2n ** 48n - 1n, ["dailyVolume"]],
  [
    ...(["setMarket", PART, U32] as const),
    [
      ...["perpMaintenance", "perpInitial", "expiryBase", "expirySlope", "expiryCap"],
      ...["fundingCap", "tolerance"],
    ],
  ],
  ["setDepth", MILLIONTH, 2n ** 64n - 1n, ["low", "high", "cap", "onePercent"]],
  ["setAsset", PART, U32, ["chargeMaintenance", "chargeInitial"]],
  ["setTiers", PART, U32, ["multiplier"]],
  ["setCash", PART, U32, ["base", "slopeLow", "slopeHigh", "kink", "spread"]],
  ["setCash", WAD, 2n ** 48n - 1n, ["borrowCap", "minimumIdle"]],
];

/** What is set to no more than another: the other moves with it. */
const ABOVE: Readonly<Record<string, string>> = {
  ...{ exitMaintenance: "exitInitial", perpMaintenance: "perpInitial" },
  ...{ chargeMaintenance: "chargeInitial", volatilityFloor: "volatilityStress", low: "high" },
};

export type Values = Readonly<Record<string, number | bigint>>;

/** Sets some parameters of ETH, or of the pool, all others as they stand. */
export async function set(local: Local, setter: Setter, change: Values): Promise<unknown> {
  const { clearinghouse, pool } = local;
  const [factor] = await clearinghouse.read.factorOf([2n]);
  const [, cash, tiers] = await clearinghouse.read.ledger();
  const [, market, depth] = await clearinghouse.read.marketOf([2n]);
  switch (setter) {
    case "setFactor":
      return clearinghouse.write.setFactor([2n, { ...factor, ...change }]);
    case "setMarket":
      return clearinghouse.write.setMarket([2n, { ...market, ...change }, depth]);
    case "setDepth":
      return clearinghouse.write.setMarket([2n, market, { ...depth, ...change }]);
    case "setAsset":
      return clearinghouse.write.setAsset([
        ...([0x0201, pool.tokens["wstETH"]!] as const),
        { chargeMaintenance: 0, chargeInitial: 0, ...change },
      ]);
    case "setTiers":
      return clearinghouse.write.setTiers([
        tiers.map((one) => ({ ...one, multiplier: 1e9, ...change })) as never,
      ]);
    case "setCash":
      return clearinghouse.write.setCash([{ ...cash, ...change }]);
  }
}

/** A number as the clearinghouse takes it. */
function typed(value: bigint): number | bigint {
  return value < 2n ** 53n ? Number(value) : value;
}

async function endOf(local: Local, setter: Setter, name: string, value: bigint) {
  const snapshot = await local.networkHelpers.takeSnapshot();
  const big = setter === "setDepth";
  try {
    await set(local, setter, { [name]: big ? value : typed(value) });
  } catch {
    const act = () => set(local, setter, { [name]: big ? value : typed(value) });
    const [said, , low, high] = await refuses(local, act, "ParameterOutOfBounds");
    if (said === name) return { low: low as bigint, high: high as bigint };
    if (said === ABOVE[name]) return { low: 0n, high: high as bigint }; // as high as what bounds it
    throw new Error(`${String(said)} was refused for ${name}`);
  } finally {
    await snapshot.restore();
  }
  return { low: value, high: value };
}

/** All bounds, as the pool says them. */
export async function boundsOf(local: Local): Promise<Bound[]> {
  const bounds: Bound[] = [];
  for (const [setter, unit, most, names] of ASKED) {
    for (const name of names) {
      const { high } = await endOf(local, setter, name, most);
      // No line leads to no size charge (`FixedOnceListed`): a volume is at least a dollar.
      const least = name === "dailyVolume" ? 1n : 0n;
      const { low } = await endOf(local, setter, name, least);
      bounds.push({ name, setter, low, high, unit });
    }
  }
  return bounds;
}

/** The same values, but that no initial figure is below the one for maintenance. */
export function ordered(values: Readonly<Record<string, bigint>>): Record<string, bigint> {
  const out = { ...values };
  for (const [low, high] of Object.entries(ABOVE)) {
    if (out[low] !== undefined && out[high] !== undefined && out[high]! < out[low]!)
      out[high] = out[low]!;
  }
  return out;
}
