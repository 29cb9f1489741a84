import { before, describe, it } from "mocha";
import { getAddress } from "viem";

import { assetId, CASH } from "../../../sdk/types/Ids.ts";
import { type Local } from "../../fixtures/margin.ts";
import { localPool } from "../../fixtures/pool.ts";
import { refuses } from "../../fixtures/refusal.ts";

const BILLION = 1_000_000_000;

describe("attack: parameters", () => {
  let local: Local;
  let eth: `0x${string}`;

  before(async () => {
    local = await localPool();
    eth = local.pool.tokens["ETH"]!;
  });

  /** Every setter with the parameters in force, but for what is given. */
  async function setters(from: `0x${string}`) {
    const { clearinghouse } = local;
    const account = from;
    const [factor] = await clearinghouse.read.factorOf([2n]);
    const [, cash, tiers, liquidation] = await clearinghouse.read.ledger();
    const [keeper] = await clearinghouse.read.keeper();
    const [, market, depth] = await clearinghouse.read.marketOf([2n]);
    const [trade, recipient] = await clearinghouse.read.trade();
    const oracle = await local.viem.getContractAt("ChainlinkOracle", local.pool.oracle);
    const charges = { chargeMaintenance: 0, chargeInitial: 0 };
    return {
      setFactor: (change = {}, id = 2n) =>
        clearinghouse.write.setFactor([id, { ...factor, ...change }], { account }),
      setAsset: (change = {}, id = assetId(2, 0), token = eth) =>
        clearinghouse.write.setAsset([id, token, { ...charges, ...change }], { account }),
      setListing: (cap = 1n) => clearinghouse.write.setListing([eth, false, cap], { account }),
      setCash: (change = {}) => clearinghouse.write.setCash([{ ...cash, ...change }], { account }),
      setTiers: (change = {}) =>
        clearinghouse.write.setTiers([[{ ...tiers[0], ...change }, tiers[1], tiers[2], tiers[3]]], {
          account,
        }),
      setLiquidation: (change = {}) =>
        clearinghouse.write.setLiquidation([{ ...liquidation, ...change }], { account }),
      setKeeper: (change = {}) =>
        clearinghouse.write.setKeeper([{ ...keeper, ...change }], { account }),
      setMarket: (change = {}, deeper = {}) =>
        clearinghouse.write.setMarket([2n, { ...market, ...change }, { ...depth, ...deeper }], {
          account,
        }),
      setTrade: (change = {}) =>
        clearinghouse.write.setTrade([{ ...trade, ...change }, recipient], { account }),
      setExit: (share = 50_000_000) => clearinghouse.write.setExit([share], { account }),
      unlock: () => clearinghouse.write.unlock([0], { account }),
      setFeed: (heartbeat = 3_600, deviation = 0, volatility = 0) =>
        oracle.write.setFeed([CASH, local.pool.feeds["ETH"]!, heartbeat, deviation, volatility], {
          account,
        }),
    };
  }

  it("are set by no stranger", async () => {
    const stranger = getAddress(local.bob.account.address);
    for (const set of Object.values(await setters(stranger))) {
      await refuses(local, () => set(), "AccessManagedUnauthorized", [stranger]);
    }
  });

  it("are set by no stranger through a batch", async () => {
    const stranger = local.bob.account.address;
    const { encodeFunctionData } = await import("viem");
    const data = encodeFunctionData({
      abi: local.clearinghouse.abi,
      functionName: "setListing",
      args: [eth, true, 0n],
    });
    const act = () => local.clearinghouse.write.batch([[data]], { account: stranger });
    await refuses(local, act, "AccessManagedUnauthorized", [getAddress(stranger)]);
  });

  it("keep their bounds", async () => {
    const set = await setters(local.admin.account.address);
    const cases: [() => Promise<unknown>, string, bigint, bigint, bigint][] = [
      [() => set.setFactor({}, 0n), "factor", 0n, 1n, 254n],
      [() => set.setFactor({}, 255n), "factor", 255n, 1n, 254n],
      [
        () => set.setFactor({ shockFloor: 9_999_999 }),
        "shockFloor",
        9_999_999n,
        10n ** 7n,
        4n * 10n ** 8n,
      ],
      [
        () => set.setFactor({ correlation: BILLION + 1 }),
        "correlation",
        1_000_000_001n,
        0n,
        10n ** 9n,
      ],
      [
        () => set.setFactor({ volatilityStress: 1, volatilityFloor: 50_000_000 }),
        ...(["volatilityStress", 1n, 50_000_000n, 4n * 10n ** 9n] as const),
      ],
      [
        () => set.setFactor({ exitMaintenance: 20_000_000, exitInitial: 19_999_999 }),
        ...(["exitInitial", 19_999_999n, 20_000_000n, 150_000_000n] as const),
      ],
      [
        () => set.setAsset({ chargeMaintenance: 100_000_001 }),
        ...(["chargeMaintenance", 100_000_001n, 0n, 10n ** 8n] as const),
      ],
      [() => set.setListing(10n ** 33n + 1n), "cap", 10n ** 33n + 1n, 0n, 10n ** 33n],
      [() => set.setCash({ kink: 1 }), "kink", 1n, 10n ** 8n, 10n ** 9n],
      [() => set.setCash({ spread: 500_000_001 }), "spread", 500_000_001n, 0n, 5n * 10n ** 8n],
      [
        () => set.setCash({ borrowCap: 10 ** 11 + 1 }),
        "borrowCap",
        10n ** 11n + 1n,
        0n,
        10n ** 11n,
      ],
      [() => set.setTiers({ longest: 299 }), "longest", 299n, 300n, 86_400n],
      [() => set.setTiers({ longest: 1_801 }), "longest", 1_800n, 1_801n, 86_400n], // the next tier
      [
        () => set.setTiers({ multiplier: BILLION - 1 }),
        ...(["multiplier", 999_999_999n, 10n ** 9n, 3n * 10n ** 9n] as const),
      ],
      [() => set.setLiquidation({ dust: 100_001 }), "dust", 100_001n, 0n, 100_000n],
      [() => set.setExit(9_999_999), "exit", 9_999_999n, 10n ** 7n, 5n * 10n ** 8n],
      [() => set.setExit(500_000_001), "exit", 500_000_001n, 10n ** 7n, 5n * 10n ** 8n],
      [() => set.setKeeper({ roundFee: 1_000_001 }), "roundFee", 1_000_001n, 0n, 1_000_000n],
      [() => set.setKeeper({ dailyCap: 100_001 }), "dailyCap", 100_001n, 0n, 100_000n],
      [() => set.setKeeper({ finderShare: 5_000_001 }), "finderShare", 5_000_001n, 0n, 5_000_000n],
      [() => set.setKeeper({ finderCap: 10_001 }), "finderCap", 10_001n, 0n, 10_000n],
    ];
    for (const [act, ...numbers] of cases) {
      await refuses(local, act, "ParameterOutOfBounds", numbers);
    }
    const feed = [CASH, "heartbeat", 59n, 60n, 604_800n];
    await refuses(local, () => set.setFeed(59), "FeedOutOfBounds", feed);
    const wide = [CASH, "deviation", 100_000_001n, 0n, 100_000_000n];
    await refuses(local, () => set.setFeed(60, 100_000_001), "FeedOutOfBounds", wide);
  });

  it("of markets and trade keep theirs", async () => {
    const set = await setters(local.admin.account.address);
    const { makerFee, surfaceStep, surfaceDrift } = (await local.clearinghouse.read.trade())[0];
    const bounds = {
      setMarket: {
        ...{ perpMaintenance: [1_000_000, 100_000_000], expiryBase: [0, 50_000_000] },
        ...{ expirySlope: [0, 500_000_000], expiryCap: [5_000_000, 200_000_000] },
        ...{ fundingCap: [0, 50_000_000], tolerance: [5_000_000, 200_000_000] },
      },
      setTrade: {
        ...{ takerFee: [makerFee, 10_000_000], insuranceShare: [0, BILLION] },
        ...{ surfaceAge: [60, 86_400], surfaceStep: [1_000_000, 500_000_000] },
        ...{ surfaceWait: [1, 3_600], surfaceDrift: [surfaceStep, BILLION] },
        ...{ surfaceDriftLocked: [0, surfaceDrift] },
      },
    };
    for (const setter of ["setMarket", "setTrade"] as const) {
      for (const [name, range] of Object.entries(bounds[setter])) {
        const [low, high] = range as [number, number];
        for (const value of [low - 1, high + 1].filter((one) => one >= 0)) {
          const act = () => set[setter]({ [name]: value });
          const numbers = [name, value, low, high].map((n) =>
            typeof n === "number" ? BigInt(n) : n,
          );
          await refuses(local, act, "ParameterOutOfBounds", numbers);
        }
      }
    }
    const deep = () => set.setMarket({}, { onePercent: 10n ** 19n + 1n });
    const depths = ["onePercent", 10n ** 19n + 1n, 0n, 10n ** 19n];
    await refuses(local, deep, "ParameterOutOfBounds", depths);
    const crowd = ["high", 1n, 2n, 10n ** 19n];
    await refuses(
      local,
      () => set.setMarket({}, { low: 2n, high: 1n }),
      "ParameterOutOfBounds",
      crowd,
    );
  });

  it("give a token one asset, and an asset one token, for good", async () => {
    const set = await setters(local.admin.account.address);
    const link = local.pool.tokens["LINK"]!;
    const args = [link, assetId(2, 0)];
    await refuses(local, () => set.setAsset({}, assetId(2, 0), link), "AlreadyListed", args);
    const twice = [eth, assetId(3, 0)];
    await refuses(local, () => set.setAsset({}, assetId(3, 0), eth), "AlreadyListed", twice);
  });
});
