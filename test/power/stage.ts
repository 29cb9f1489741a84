import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import type { Fill } from "../../sdk/types/Order.ts";
import { calmPool, idOf, later, offer, WAD, withdraw, type Local } from "../fixtures/margin.ts";
import { calmMarket } from "../fixtures/market.ts";
import { option, perp, trade, type Trading } from "../fixtures/trading.ts";

/** Whose pool it is, and the account that everything is tried on. */
export interface Stage<L extends Local = Local> {
  readonly local: L;
  readonly id: AccountId;
  readonly fill?: Fill; // of orders that are signed
}

const NEVER = 10n ** 30n;

/**
 * Alice has 10 ETH and 90 000 USDC, is long 4 of ETH's perp against bob and may borrow; carol owes 500
 * against 1 ETH, dave has lent 1 000 000.
 */
export async function openTrading(): Promise<Stage<Trading>> {
  const local = await calmMarket();
  await local.deposit(local.dave, "USDC", 1_000_000);
  await local.deposit(local.alice, "ETH", 10);
  await withdraw(local, local.alice, "USDC", 10_000);
  const instrument = perp(2);
  await trade(local, local.alice, local.bob, { instrument, size: 4, price: 2_000 });
  const call = option(2, "call", local.near, 2_000);
  await trade(local, local.alice, local.bob, { instrument: call, size: 1, price: 72 });
  await local.deposit(local.carol, "ETH", 60);
  await withdraw(local, local.carol, "USDC", 100_500);
  return { local, id: idOf(local.alice) };
}

/** Alice in call: 10 ETH at 1 690 and a debt of 14 000. */
export async function openCall(): Promise<Stage> {
  const local = await calmPool();
  await local.deposit(local.bob, "USDC", 1_000_000);
  const id = await local.deposit(local.alice, "ETH", 10);
  await withdraw(local, local.alice, "USDC", 14_000);
  await later(local, 60, { ETH: 1_690 });
  return { local, id };
}

/** The same, and carol may top her up for 5 %. */
export async function openSponsored(): Promise<Stage> {
  const stage = await openCall();
  const { clearinghouse, alice, carol } = stage.local;
  const args = [stage.id, carol.account.address, 50_000_000] as const;
  await clearinghouse.write.setSponsor(args, { account: alice.account });
  return stage;
}

/** Alice at h = 0.4, in an auction that the waterfall backs. */
export async function openAuction(): Promise<Stage> {
  const { local, id } = await openCall();
  for (let i = 0; i < 3; ++i) {
    await later(local, 61, { ETH: 1_300 });
    await local.clearinghouse.write.call([id]);
  }
  await local.deposit(local.carol, "USDC", 50_000);
  return { local, id };
}

/** Half an hour of it has gone by without a bid. */
export async function openUnsold(): Promise<Stage> {
  const stage = await openAuction();
  await later(stage.local, 1_900, { ETH: 1_300 });
  await stage.local.setPrice("USDC", 1);
  return stage;
}

/** An offer for all of it, by carol. */
export function wholeOf({ local, id }: Stage) {
  return { ...offer(id, idOf(local.carol), WAD), maxPrice: NEVER };
}

/** Alice's second account. */
export const otherOf = (local: Local) => accountId(local.alice.account.address, 1n);
