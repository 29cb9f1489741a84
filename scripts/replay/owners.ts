import { amountOf } from "../../sdk/logic/accounts.ts";
import { Phase, type Account, type Position } from "../../sdk/snapshot/Snapshot.ts";
import { marginOf as marginOfBook } from "../../sdk/math/MarginMath.ts";
import { find } from "../../sdk/logic/positions.ts";
import { portfolioOfAccount } from "../../sdk/logic/portfolio.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import { assetId, expiryOf, instrumentFactorOf, type AccountId } from "../../sdk/types/Ids.ts";
import { instrumentId, Kind, kindOf, type InstrumentId } from "../../sdk/types/Ids.ts";
import type { Margin } from "../../sdk/types/Portfolio.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { trade, type Exchange, type View } from "./Exchange.ts";
import { endow, type LocalChain } from "./LocalChain.ts";
import { isWorrying, topUpOf } from "../../sdk/sim/attention.ts";
import type { Owner } from "./open.ts";

const WAD = 10n ** 18n;
const CUTS = 0.6; // chance that who has positions reduces before it pays in
const SMALL = 1_000n * WAD; // USD: a leg that is not halved but closed
const BUSY = 0.02; // chance that a trader changes a leg at a step
const ROLLS = 0.3; // chance that a future near its end is rolled at a step
const ROLL_WITHIN = 7_200; // seconds before expiry
const GRAIN = 10n ** 12n; // sizes are millionths of a unit

/** What is left of each owner's reserve outside the pool, USD. */
export type Reserves = Map<AccountId, number>;

/** One step of the owners. */
export interface Turn {
  readonly owners: readonly Owner[];
  readonly margins: ReadonlyMap<AccountId, Margin>;
  readonly reserves: Reserves;
  readonly random: Random;
  readonly view: View;
  readonly cash: string;
}

/** Owners who look reduce what they hold, or top up in cash; a few trade as they please. */
export async function react(exchange: Exchange, turn: Turn): Promise<void> {
  for (const owner of turn.owners) {
    if (looks(owner, turn)) await defend(exchange, owner, turn);
    else if (owner.trader.book !== undefined) await trader(exchange, owner, turn);
  }
}

/** Is a worried owner awake? Consumes one draw. */
function looks({ id, trader: { attention } }: Owner, { margins, random }: Turn): boolean {
  return random.uniform() < attention && isWorrying(margins.get(id)!);
}

async function defend(exchange: Exchange, owner: Owner, turn: Turn): Promise<void> {
  const { positions } = turn.view.snapshot.accounts[owner.id]!;
  const cuts = positions.length > 0 && turn.random.uniform() < CUTS;
  const filled = cuts ? await cut(exchange, owner, turn.view) : 0n;
  if (filled === 0n) await topUp(exchange.chain, owner, turn);
}

async function topUp(chain: LocalChain, owner: Owner, turn: Turn): Promise<void> {
  const { reserves, cash, view } = turn;
  const paid = topUpOf(turn.margins.get(owner.id)!, reserves.get(owner.id)!);
  if (paid === 0) return;
  reserves.set(owner.id, reserves.get(owner.id)! - paid);
  const amount = BigInt(paid) * 10n ** BigInt(chain.params.listings[cash]!.decimals);
  await endow(chain, owner.id, { symbol: cash, amount, by: owner.address, time: view.time });
}

/** A change of one leg. */
interface Change {
  readonly instrument: InstrumentId;
  readonly size: bigint;
  readonly reduceOnly: boolean;
}

/** Sends the change that takes most off maintenance, as reducing. Units filled. */
async function cut(exchange: Exchange, { id, signer }: Owner, view: View): Promise<bigint> {
  const best = bestCut(view, id);
  return best ? trade(exchange, { ...best, signer, reducing: true }, view) : 0n;
}

/** Half of each leg, and a perp against half of each spot holding, by what they save. */
function bestCut(view: View, id: AccountId): Change | undefined {
  const account = view.snapshot.accounts[id]!;
  const now = maintenanceOf(account, view);
  const changes = [...halves(account, view), ...hedges(account, view)];
  const saved = changes.map((change) => now - maintenanceOf(changed(account, change), view));
  const best = saved.reduce((a, b, i) => (b > saved[a]! ? i : a), 0);
  return (saved[best] ?? 0n) > 0n ? changes[best] : undefined;
}

function halves({ positions }: Account, view: View): Change[] {
  const open = positions.filter(({ instrument }) => isOpen(instrument, view));
  return open.map(({ instrument, size }) => {
    const { spot } = quoteOf(view.snapshot, instrument, view.time);
    const notional = ((size < 0n ? -size : size) * spot) / WAD;
    const part = notional < SMALL ? size : grained(size / 2n);
    return { instrument, size: -part, reduceOnly: true };
  });
}

function hedges(account: Account, { snapshot }: View): Change[] {
  const factors = Object.keys(snapshot.factors).map(Number);
  return factors.flatMap((factor) => {
    const size = -grained(amountOf(account, assetId(factor, 0)) / 2n);
    return size === 0n ? [] : [{ instrument: perpOf(factor), size, reduceOnly: false }];
  });
}

function changed(account: Account, { instrument, size }: Change): Account {
  const i = find(account, instrument);
  const { positions } = account;
  const held = positions[i] ?? { instrument, size: 0n, entry: 0n };
  const next: Position = { ...held, size: held.size + size };
  const others = positions.filter((_, k) => k !== i);
  return { ...account, positions: next.size === 0n ? others : [...others, next] };
}

function maintenanceOf(account: Account, { snapshot, time }: View): bigint {
  const look = { timestamp: time, view: "conservative" } as const;
  return marginOfBook(portfolioOfAccount(snapshot, account, look)).maintenance;
}

/** Rolls what is about to end, or changes a leg a little, either way. */
async function trader(exchange: Exchange, owner: Owner, turn: Turn): Promise<void> {
  const { random, view } = turn;
  const { positions, phase } = view.snapshot.accounts[owner.id]!;
  const [busy, rolls] = [random.uniform() < BUSY, random.uniform() < ROLLS];
  if (phase !== Phase.Clear) return;
  const ending = positions.find(({ instrument }) => isEnding(instrument, view));
  if (ending && rolls) return roll(exchange, owner, ending, view);
  const linear = positions.filter(
    ({ instrument }) => kindOf(instrument) <= Kind.Future && isOpen(instrument, view),
  );
  if (!busy || linear.length === 0) return;
  const { instrument, size } = random.pick(linear);
  const part = grained((size * BigInt(random.pick([-50, -25, 25, 50]))) / 100n);
  if (part !== 0n) await trade(exchange, { signer: owner.signer, instrument, size: part }, view);
}

/** Out of the near future, into the far one. */
async function roll(
  exchange: Exchange,
  { signer }: Owner,
  { instrument, size }: Position,
  view: View,
): Promise<void> {
  const factor = instrumentFactorOf(instrument);
  const far = Math.max(...view.snapshot.factors[factor]!.expiries);
  if (far === expiryOf(instrument)) return;
  const left = { signer, instrument, size: -size, reduceOnly: true, reducing: true };
  if ((await trade(exchange, left, view)) === 0n) return;
  await trade(exchange, { signer, instrument: instrumentId(factor, Kind.Future, far), size }, view);
}

function isEnding(instrument: InstrumentId, { time }: View): boolean {
  const left = expiryOf(instrument) - time;
  return kindOf(instrument) === Kind.Future && left > 0 && left < ROLL_WITHIN;
}

/** Can it still be traded? */
function isOpen(instrument: InstrumentId, { time }: View): boolean {
  return expiryOf(instrument) === 0 || expiryOf(instrument) > time;
}

function perpOf(factor: number): InstrumentId {
  return instrumentId(factor, Kind.Perp);
}

function grained(units: bigint): bigint {
  return units - (units % GRAIN);
}
