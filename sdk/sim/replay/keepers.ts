import { parseUnits, type Address } from "viem";

import { tick } from "../../keeper/tick.ts";
import type { Policy, World } from "../../keeper/World.ts";
import { getSnapshot } from "../../snapshot/getSnapshot.ts";
import type { Snapshot } from "../../snapshot/Snapshot.ts";
import { accountId, isUnderlying, type AccountId } from "../../types/Ids.ts";
import { endow, verb, type LocalChain } from "./LocalChain.ts";

const WAD = 10n ** 18n;
const CAPITAL = 5_000_000n; // cash each keeper starts with
const LEAST_PROFIT = 20n * WAD; // USD
const POKE_AFTER = 300; // seconds
const MARKET_COST = 5n; // per mille lost when a keeper sells what it won

/** Someone who calls and bids. */
export interface Keeper {
  readonly id: AccountId;
  readonly address: Address;
}

/** One turn of the keepers: who is watched, at what prices, and when. */
export interface Turn {
  readonly accounts: readonly AccountId[];
  readonly prices: Readonly<Record<string, bigint>>;
  readonly cash: string; // symbol
  readonly time: number;
}

/** Gives each keeper an account with cash in it. */
export async function hireKeepers(
  chain: LocalChain,
  addresses: readonly Address[],
  cash: string,
  time: number,
): Promise<Keeper[]> {
  const amount = parseUnits(String(CAPITAL), chain.params.listings[cash]!.decimals);
  const keepers = addresses.map((address) => ({ address, id: accountId(address) }));
  for (const { id, address } of keepers) {
    await endow(chain, id, { symbol: cash, amount, by: address, time });
  }
  return keepers;
}

/** A keeper looks once and does what there is to do, then sells what it has won. */
export async function keep(chain: LocalChain, keeper: Keeper, turn: Turn): Promise<void> {
  const outcomes = await tick(worldOf(chain, keeper, turn));
  if (outcomes.some(({ step }) => step.verb === "bid")) await sellOff(chain, keeper, turn);
}

function worldOf(chain: LocalChain, keeper: Keeper, { accounts, time }: Turn): World {
  const act = (name: string, ...args: unknown[]) => verb(chain, name, args, keeper.address, time);
  const policy: Policy = {
    ...{ receiver: keeper.id, minProfit: LEAST_PROFIT, capital: CAPITAL * WAD },
    ...{ pokeAfter: POKE_AFTER, observeFrom: 1 },
  };
  return {
    policy,
    snapshot: () => getSnapshot(chain.client, { pool: chain.pool, accounts }),
    now: () => Promise.resolve(time),
    observe: (factor, rounds) => act("observe", BigInt(factor), BigInt(rounds)),
    call: (account) => act("call", account),
    bid: (offer) => act("bid", offer),
    takeOver: (account) => act("takeOver", account),
    log: () => {},
  };
}

/** Collateral out to the market, cash back in. */
async function sellOff(chain: LocalChain, keeper: Keeper, turn: Turn): Promise<void> {
  const { client, pool } = chain;
  const snapshot = await getSnapshot(client, { pool, accounts: [keeper.id] });
  const { cash, time } = turn;
  for (const { asset, amount } of snapshot.accounts[keeper.id]!.holdings) {
    const { token, decimals } = snapshot.assets[asset]!;
    const units = amount / 10n ** BigInt(18 - decimals);
    if (units === 0n) continue;
    const paid = valueOf(snapshot, asset, amount) / 10n ** BigInt(18 - decimalsOf(chain, cash));
    const earned = (paid * (1_000n - MARKET_COST)) / 1_000n;
    await endow(chain, keeper.id, { symbol: cash, amount: earned, by: keeper.address, time });
    await verb(chain, "withdraw", [keeper.id, token, units, keeper.address], keeper.address, time);
  }
}

/** USD of an amount, at the prices of the snapshot. */
function valueOf({ feeds }: Snapshot, asset: number, amount: bigint): bigint {
  const price = feeds[asset]!.price.price;
  if (isUnderlying(asset)) return (amount * price) / WAD;
  const underlying = feeds[asset & 0xff00]!.price.price;
  return (((amount * price) / WAD) * underlying) / WAD;
}

function decimalsOf(chain: LocalChain, symbol: string): number {
  return chain.params.listings[symbol]!.decimals;
}
