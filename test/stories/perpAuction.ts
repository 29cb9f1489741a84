import { idOf, type Local, offer } from "../fixtures/margin.ts";
import type { Change } from "../fixtures/pool.ts";
import { perp, trade } from "../fixtures/trading.ts";
import { lossStage } from "./losses.ts";

export const ETH = perp(2);
const HOUR = 3_600;

/**
 * Alice, long 20 ETH at 2 000 on 12 000 USDC, in auction at 1 700: h = 0.95. Carol comes to bid; `first` is done
 * at 2 000.
 */
export async function perpAuction(
  chosen: Change = (p) => p,
  first: (local: Local) => Promise<unknown> = async () => {},
) {
  const made = await lossStage(() => [ETH], chosen);
  const { local, act } = made;
  const { alice, bob, carol, clearinghouse, pool, networkHelpers } = local;
  const id = idOf(alice);
  await networkHelpers.time.increase(HOUR);
  for (const [symbol, price] of [
    ["ETH", 2_000],
    ["USDC", 1],
  ] as const) {
    await local.setPrice(symbol, price);
  }
  await first(local);
  const args = [id, idOf(alice, 1n), pool.tokens["USDC"]!, 88_000_000_000n] as const;
  await clearinghouse.write.transfer(args, { account: alice.account });
  await trade(local, alice, bob, { instrument: ETH, size: 20, price: 2_000 });
  for (const seconds of [60, 300, 300]) {
    await networkHelpers.time.increase(seconds);
    await local.setPrice("ETH", 1_700);
    await clearinghouse.write.observe([2n, 8n]);
    await act({ verb: "call", account: id });
  }
  await local.deposit(carol, "USDC", 100_000);
  const bid = (fraction: bigint, seconds = 10) =>
    act({ verb: "bid", offer: offer(id, idOf(carol), fraction) }, seconds);
  return { ...made, id, bid };
}
