import type { Hex } from "viem";

import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import type { AccountId, InstrumentId } from "../../sdk/types/Ids.ts";
import { instrumentId, Kind } from "../../sdk/types/Ids.ts";
import { halfHour, list } from "../fixtures/trading.ts";
import { openMarket } from "./openMarket.ts";

const WAD = 10n ** 18n;

/** Factors that trade, with strikes about their first prices. */
const STRIKES: Readonly<Record<number, readonly bigint[]>> = {
  1: [7_000n, 7_900n, 9_000n],
  2: [150n, 195n, 196n, 240n],
};

/** A market whose BTC and ETH trade: perps, and futures and options of three expiries. */
export async function openTrading() {
  const market = await openMarket();
  const now = await market.networkHelpers.time.latest();
  const expiries = [7_200, 7 * 86_400, 30 * 86_400].map((ahead) => halfHour(now + ahead));
  for (const factor of Object.keys(STRIKES)) {
    for (const expiry of expiries) await list(market, BigInt(factor), expiry, 0.65);
  }
  const [params] = await market.clearinghouse.read.trade();
  await market.clearinghouse.write.setTrade([{ ...params, surfaceAge: 86_400 }, market.lender]);
  const instruments = Object.keys(STRIKES).flatMap((id) => instrumentsOf(Number(id), expiries));
  const orders: Hex[] = [];
  const snapshot = (accounts: readonly AccountId[]) =>
    getSnapshot(market.client, { pool: market.pool, accounts, instruments, orders });
  /** The same surfaces again, of what has not expired. */
  const postSurfaces = async () => {
    const time = await market.networkHelpers.time.latest();
    const alive = expiries.filter((expiry) => expiry > time);
    for (const id of Object.keys(STRIKES)) {
      for (const expiry of alive) {
        const surface = [650_000_000, 0, 0, 0n] as const;
        await market.clearinghouse.write.postSurface([BigInt(id), BigInt(expiry), ...surface]);
      }
    }
  };
  return { ...market, expiries, instruments, orders, snapshot, postSurfaces };
}

function instrumentsOf(factor: number, expiries: readonly number[]): InstrumentId[] {
  const dated = expiries.flatMap((expiry) => [
    instrumentId(factor, Kind.Future, expiry),
    ...STRIKES[factor]!.flatMap((strike) =>
      [Kind.Call, Kind.Put].map((kind) => instrumentId(factor, kind, expiry, strike * WAD)),
    ),
  ]);
  return [instrumentId(factor, Kind.Perp), ...dated];
}

export type TradingMarket = Awaited<ReturnType<typeof openTrading>>;
