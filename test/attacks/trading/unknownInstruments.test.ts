import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { getAddress } from "viem";

import { instrumentId, type InstrumentId } from "../../../sdk/types/Ids.ts";
import { calmMarket, pair, settle, sign } from "../../fixtures/market.ts";
import { refuses } from "../../fixtures/refusal.ts";
import { fillOf, perp, type Trading } from "../../fixtures/trading.ts";

const SURFACE = [650_000_000, 0, 0] as const;
const DAY = 86_400;

describe("attack: instruments that are none", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  const listAt = (expiry: number, factor = 2n) =>
    local.clearinghouse.write.listExpiry([factor, BigInt(expiry), ...SURFACE]);

  /** A fill of what may not be; the SDK would build no such order. */
  async function fill(instrument: InstrumentId) {
    const [sell, buy] = await pair(local, local.alice, local.bob, {
      ...{ instrument: perp(2), size: 1, price: 1 },
    });
    const [a, b] = [
      await sign(local, local.bob, { ...sell.order, instrument }),
      await sign(local, local.alice, { ...buy.order, instrument }),
    ];
    return () => settle(local, [fillOf(a, b)]);
  }

  it("expiries off the half-hour, too soon, too late, past, or listed twice", async () => {
    const { near, far } = local;
    const bad = "ParameterOutOfBounds";
    for (const off of [1, 60, 900, 1_799]) {
      const act = () => listAt(far + off);
      await refuses(local, act, bad, ["half-hour", off, 0, 0]);
    }
    const now = await local.networkHelpers.time.latest();
    for (const expiry of [0, 1_800, now - DAY, now + 3_000, now + 401 * DAY, 2 ** 32 + far]) {
      const [name, value] = await refuses(local, () => listAt(expiry), bad);
      expect([name, value]).to.deep.equal(["expiry", BigInt(expiry)]);
    }
    await refuses(local, () => listAt(near), "ExpiryListed", [2n, BigInt(near)]);
  });

  it("more than sixteen living expiries", async () => {
    for (let i = 1; i <= 14; ++i) await listAt(local.far + i * 1_800);
    const act = () => listAt(local.far + 15 * 1_800);
    await refuses(local, act, "TooManyExpiries", [2n, 16n]);
    await listAt(local.far + 15 * 1_800, 3n); // another factor's list is its own
  });

  it("of a factor that is not listed, or by a stranger", async () => {
    await refuses(local, () => listAt(local.far, 99n), "UnknownFactor", [99n]);
    const { account } = local.alice;
    const act = () =>
      local.clearinghouse.write.listExpiry([2n, BigInt(local.far + 1_800), ...SURFACE], {
        account,
      });
    await refuses(local, act, "AccessManagedUnauthorized", [getAddress(account.address)]);
  });

  it("kinds kept for later, and none", async () => {
    const { near } = local;
    for (const kind of [0, 5, 17, 128, 255]) {
      for (const [expiry, strike] of [
        [0, 0],
        [near, 0],
        [near, 200_000_000_000],
      ] as const) {
        const id = (2n << 88n) | (BigInt(kind) << 80n) | (BigInt(expiry) << 48n) | BigInt(strike);
        await refuses(local, await fill(id), "UnknownInstrument", [id]);
      }
    }
  });

  it("a perp that expires or has a strike, a future with a strike, an option without", async () => {
    const { near } = local;
    const wad = 10n ** 18n;
    const none = [
      instrumentId(2, 1, near, 0n),
      instrumentId(2, 1, 0, 2_000n * wad),
      instrumentId(2, 1, 0, 10n ** 10n),
      instrumentId(2, 2, near, 2_000n * wad),
      instrumentId(2, 2, near, 10n ** 10n),
      instrumentId(2, 3, near, 0n),
      instrumentId(2, 4, near, 0n),
      instrumentId(2, 2, 0, 0n),
      instrumentId(2, 3, 0, 2_000n * wad),
    ];
    for (const id of none) await refuses(local, await fill(id), "UnknownInstrument", [id]);
  });

  it("of a factor without a market, or an expiry no one listed", async () => {
    const { near } = local;
    const none = [
      ...[0, 99, 255].map((factor) => instrumentId(factor, 1, 0, 0n)),
      instrumentId(2, 2, near + 1_800, 0n),
      instrumentId(2, 2, near + 1, 0n),
      instrumentId(3, 2, near, 0n),
      instrumentId(99, 3, near, 2_000n * 10n ** 18n),
    ];
    for (const id of none) await refuses(local, await fill(id), "UnknownInstrument", [id]);
  });

  it("that have expired, from the second of it", async () => {
    const { near } = local;
    const id = instrumentId(2, 2, near, 0n);
    await local.networkHelpers.time.increaseTo(near - 10);
    await local.setPrice("ETH", 2_000);
    const late = await fill(id);
    await local.networkHelpers.time.setNextBlockTimestamp(near);
    await refuses(local, late, "InstrumentExpired", [id, BigInt(near)]);
  });
});
