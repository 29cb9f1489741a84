import { parseUnits, type Address, type LocalAccount } from "viem";

import { tick } from "../../sdk/keeper/tick.ts";
import type { Policy, World } from "../../sdk/keeper/World.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";
import { type Snapshot, Stage } from "../../sdk/snapshot/Snapshot.ts";
import { accountId, expiryOf, instrumentFactorOf } from "../../sdk/types/Ids.ts";
import { isUnderlying, type AccountId, type InstrumentId } from "../../sdk/types/Ids.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { trade, type Exchange } from "./Exchange.ts";
import { look } from "./look.ts";
import { endow, verb, type LocalChain } from "./LocalChain.ts";

const WAD = 10n ** 18n;
const CAPITAL = 5_000_000n; // cash each keeper starts with
const LEAST_PROFIT = 20n * WAD; // USD
const POKE_AFTER = 300; // seconds
const MARKET_COST = 5n; // per mille lost when a keeper sells what it won
const SETTLES = 0.4; // chance that a keeper settles what has expired of an account at one look

/** Someone who calls and bids. */
export interface Keeper {
  readonly id: AccountId;
  readonly address: Address;
  readonly signer: LocalAccount;
}

/** One turn of the keepers: who is watched, at what prices, and when. */
export interface Turn {
  readonly accounts: readonly AccountId[];
  readonly prices: Readonly<Record<string, bigint>>;
  readonly cash: string; // symbol
  readonly time: number;
  readonly random: Random;
}

/** Gives each keeper an account with cash in it. */
export async function hireKeepers(
  chain: LocalChain,
  signers: readonly LocalAccount[],
  cash: string,
  time: number,
): Promise<Keeper[]> {
  const amount = parseUnits(String(CAPITAL), chain.params.listings[cash]!.decimals);
  const keepers = signers.map((signer) => {
    return { signer, address: signer.address, id: accountId(signer.address) };
  });
  for (const { id, address } of keepers) {
    await endow(chain, id, { symbol: cash, amount, by: address, time });
  }
  return keepers;
}

/** A keeper looks once and does what there is to do, then trades away what it has won. */
export async function keep(exchange: Exchange, keeper: Keeper, turn: Turn): Promise<void> {
  const { chain } = exchange;
  const { accounts, random } = turn;
  const seen = await look(chain, accounts);
  const some = accounts.filter(() => random.uniform() < SETTLES);
  const settled = await settleDue(chain, seen, { accounts: some, by: keeper, time: turn.time });
  const outcomes = await tick(worldOf(chain, keeper, { ...turn, seen: settled ? null : seen }));
  const won = outcomes.some(({ step }) => step.verb === "bid");
  if (won || seen.accounts[keeper.id]!.positions.length > 0) await sellOff(exchange, keeper, turn);
}

/** Fixes the prices of what has expired by now, and settles it for these accounts. Whether it did. */
export async function settleDue(
  chain: LocalChain,
  snapshot: Snapshot,
  { accounts, by, time }: { accounts: readonly AccountId[]; by: Keeper; time: number },
): Promise<boolean> {
  const due = Object.entries(snapshot.factors).filter(
    ([, { market }]) => market.boundary !== 0 && market.boundary <= time,
  );
  for (const [id] of due) await verb(chain, "settleExpiries", [BigInt(id)], by.address, time);
  const over = accounts.filter((id) => holdsSettled(snapshot, id));
  for (const id of over) await verb(chain, "settleExpired", [id], by.address, time);
  return due.length + over.length > 0;
}

function holdsSettled({ accounts, factors }: Snapshot, id: AccountId): boolean {
  const stageOf = (instrument: InstrumentId) =>
    factors[instrumentFactorOf(instrument)]!.terms[expiryOf(instrument)]?.stage;
  return accounts[id]!.positions.some(({ instrument }) => stageOf(instrument) === Stage.Settled);
}

type ConditionCheck = Turn & { readonly seen: Snapshot | null }; // what was read already

function worldOf(
  chain: LocalChain,
  keeper: Keeper,
  { accounts, time, seen }: ConditionCheck,
): World {
  const act = (name: string, ...args: unknown[]) => verb(chain, name, args, keeper.address, time);
  const policy: Policy = {
    ...{ receiver: keeper.id, minProfit: LEAST_PROFIT, capital: CAPITAL * WAD },
    ...{ pokeAfter: POKE_AFTER, observeFrom: 1 },
  };
  return {
    policy,
    snapshot: async () => seen ?? look(chain, accounts),
    now: () => Promise.resolve(time),
    observe: (factor, rounds) => act("observe", BigInt(factor), BigInt(rounds)),
    observeRate: (asset) => act("observeRate", asset),
    call: (account) => act("call", account),
    bid: (offer) => act("bid", offer),
    takeOver: (account) => act("takeOver", account),
    log: () => {},
  };
}

/** Positions out to the makers, collateral out to the market, cash back in. */
async function sellOff(exchange: Exchange, keeper: Keeper, turn: Turn): Promise<void> {
  const { chain } = exchange;
  const { client, pool } = chain;
  const snapshot = await getSnapshot(client, { pool, accounts: [keeper.id] });
  const { cash, time } = turn;
  for (const { instrument, size } of snapshot.accounts[keeper.id]!.positions) {
    if (expiryOf(instrument) !== 0 && expiryOf(instrument) <= time) continue;
    const wanted = { signer: keeper.signer, instrument, size: -size, reduceOnly: true };
    await trade(exchange, { ...wanted, reducing: true }, { snapshot, time });
  }
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
