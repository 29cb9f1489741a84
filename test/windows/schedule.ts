import type { Address } from "viem";

import { BallastError } from "../../sdk/errors/index.ts";
import { initialMargin } from "../../sdk/math/MarginMath.ts";
import { abs, max, min, WAD } from "../../sdk/math/WadMath.ts";
import { buildOrder } from "../../sdk/orders/index.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { EMPTY } from "../../sdk/logic/accounts.ts";
import { attempt } from "../../sdk/logic/attempt.ts";
import { initialOf, accountHealthOf } from "../../sdk/logic/margin.ts";
import { portfolioOfAccount } from "../../sdk/logic/portfolio.ts";
import { indexOf } from "../../sdk/logic/positions.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import { type AccountId, CASH, expiryOf, type InstrumentId, ownerOf } from "../../sdk/types/Ids.ts";
import type { InstrumentQuote } from "../../sdk/types/Price.ts";
import { fillOf } from "../fixtures/trading.ts";
import type { Act, World } from "./world.ts";

// What owners and strangers do from an hour before an expiry until two hours after it.

const MILLIONTH = 10n ** 12n; // wads
const USDC = MILLIONTH; // wads in a token unit

export interface Asked {
  readonly world: World;
  readonly random: Random;
}

/** What is drawn about: the state, when the act will be, and who acts. */
interface Scene extends Asked {
  readonly s: Snapshot;
  readonly timestamp: number;
  readonly account: AccountId;
}

type Draw = (scene: Scene) => Promise<Act>;

const one = (change: Change): Act => ({ changes: [change] });
const share = (amount: bigint, percent: number) => (amount * BigInt(percent)) / 100n;

/** An act of somebody, mostly such as may be. */
export async function drawAct(asked: Asked): Promise<Act> {
  const { world, random } = asked;
  const account = random.pick(world.windows.accounts);
  const scene = { ...asked, s: world.state, timestamp: world.now + 1, account };
  const called = inPhase(scene, Phase.Called);
  const auctions = inPhase(scene, Phase.Auction);
  if (auctions.length > 0 && random.integer(3) > 0)
    return random.pick([drawBid, drawBid, drawObserve])(scene);
  if (random.integer(2) === 0 && called.length > 0) return callOf(scene, random.pick(called));
  return random.pick(DRAWS)(scene);
}

/** An act by which accounts come to owe what they may. */
export async function drawOpening({ world, random }: Asked): Promise<Act> {
  const account = random.pick(world.windows.accounts);
  const scene = { world, random, s: world.state, timestamp: world.now + 1, account };
  return random.pick([drawOpen, drawOpen, drawVertical, drawBorrow])(scene);
}

const inPhase = ({ s, world }: Scene, phase: Phase) =>
  world.windows.accounts.filter((id) => s.accounts[id]!.phase === phase);

/** How much IM an account has left, USD. */
function roomOf({ s, timestamp }: Scene, id: AccountId): bigint {
  const { equity, required } = initialOf(s, id, timestamp);
  return max(0n, equity - required);
}

/** IM of one unit of the perp, and nothing else. */
function unitNeed({ s, timestamp, world }: Scene): bigint {
  const [, instrument] = world.windows.instruments as [InstrumentId, InstrumentId];
  const held = { instrument, size: WAD, entry: indexOf(s, instrument, timestamp) };
  const look = { timestamp, view: "conservative", modes: "initial" } as const;
  return initialMargin(portfolioOfAccount(s, { ...EMPTY, positions: [held] }, look));
}

const heldOf = ({ s }: Scene, id: AccountId, instrument: InstrumentId) =>
  s.accounts[id]!.positions.find((position) => position.instrument === instrument)?.size ?? 0n;

/** What trades: after the expiry perps alone, but for who tries. */
function drawInstrument({ world, random, timestamp }: Scene): InstrumentId {
  const { instruments, expiry } = world.windows;
  const [dated, perp] = instruments as [InstrumentId, InstrumentId];
  if (timestamp >= expiry && random.integer(8) > 0) return perp;
  return random.pick([dated, dated, dated, ...instruments]);
}

/** What a trade is, and whether it is sent as reducing. */
interface Wish {
  readonly instrument: InstrumentId;
  readonly size: bigint; // of the first account
  readonly reducing?: boolean;
}

/** Units that both may just open, or a part of them, or too many. */
function drawSize(scene: Scene, other: AccountId): bigint {
  const { random, account } = scene;
  const room = min(roomOf(scene, account), roomOf(scene, other));
  const most = (room * WAD) / max(1n, unitNeed(scene));
  const units = share(most, random.pick([5, 40, 90, 97, 99, 99, 103, 300, 800])) + MILLIONTH;
  return (units / MILLIONTH) * MILLIONTH * (random.integer(2) === 0 ? 1n : -1n);
}

/** The mark, about it, or an edge of what a fill may be at. */
function drawPrice({ s, random, timestamp }: Scene, instrument: InstrumentId): bigint {
  const found = attempt(() => quoteOf(s, instrument, timestamp));
  if (found instanceof BallastError) return WAD;
  const { mark, low, high }: InstrumentQuote = found;
  return random.pick([mark, mark, mark, mark, (mark + high) / 2n, (mark + low) / 2n, low, high]);
}

let salt = 0n;

/** A fill of two accounts; the second one makes. */
async function fillAt(scene: Scene, other: AccountId, wish: Wish) {
  const { world, account, timestamp } = scene;
  const { instrument, size, reducing = false } = wish;
  const price = drawPrice(scene, instrument);
  const terms = { instrument, limitPrice: price, maxFee: 10n ** 24n, reducing };
  const now = Math.min(timestamp, (expiryOf(instrument) || Infinity) - 1); // who is late tries all the same
  const deadline = timestamp + 60;
  const order = (id: AccountId, units: bigint, maker: boolean) =>
    buildOrder({ ...terms, now, deadline, account: id, size: units, salt: ++salt, maker });
  const maker = await world.signed(order(other, -size, true));
  return fillOf(maker, await world.signed(order(account, size, false)));
}

const by = ({ world }: Scene) => world.windows.local.dave.account as { address: Address };

function drawOther({ world, random, account }: Scene): AccountId {
  return random.pick(world.windows.accounts.filter((id) => id !== account));
}

const drawOpen: Draw = async (scene) => {
  const [instrument, other] = [drawInstrument(scene), drawOther(scene)];
  const wish = {
    instrument,
    size: drawSize(scene, other),
    reducing: scene.random.integer(6) === 0,
  };
  const fills = [await fillAt(scene, other, wish)];
  return one({ verb: "settle", fills, atomic: true, by: by(scene) });
};

/** Of what the account holds and somebody else holds the other side of; a trade like any if nobody does. */
function drawClosing(scene: Scene): { readonly other: AccountId; readonly wish: Wish } | null {
  const { s, random, account, world } = scene;
  const { positions } = s.accounts[account]!;
  if (positions.length === 0) return null;
  const { instrument, size } = random.pick(positions);
  const against = world.windows.accounts.filter((id) => heldOf(scene, id, instrument) * size < 0n);
  const other = against.length > 0 ? random.pick(against) : drawOther(scene);
  const most =
    against.length > 0 ? min(abs(size), abs(heldOf(scene, other, instrument))) : abs(size);
  const units = share(most, random.pick([30, 100, 100]));
  const reducing = random.integer(3) > 0;
  return { other, wish: { instrument, size: size > 0n ? -units : units, reducing } };
}

const drawClose: Draw = async (scene) => {
  const closing = drawClosing(scene);
  if (closing === null || closing.wish.size === 0n) return drawOpen(scene);
  const fills = [await fillAt(scene, closing.other, closing.wish)];
  return one({ verb: "settle", fills, atomic: true, by: by(scene) });
};

/** A perp against what an account holds of the future. */
const drawHedge: Draw = async (scene) => {
  const { account, world } = scene;
  const [dated, perp] = world.windows.instruments as [InstrumentId, InstrumentId];
  const size = -heldOf(scene, account, dated) - heldOf(scene, account, perp);
  if (size === 0n) return drawOpen(scene);
  const fills = [await fillAt(scene, drawOther(scene), { instrument: perp, size })];
  return one({ verb: "settle", fills, atomic: true, by: by(scene) });
};

/** A call or put at one strike against another: both or none. */
const drawVertical: Draw = async (scene) => {
  const { random, world } = scene;
  const legs = world.windows.instruments.slice(
    ...random.pick([
      [2, 4],
      [4, 6],
    ] as const),
  );
  const [other, [low, high]] = [drawOther(scene), legs as [InstrumentId, InstrumentId]];
  const size = drawSize(scene, other);
  const fills = [
    await fillAt(scene, other, { instrument: low, size }),
    await fillAt(scene, other, { instrument: high, size: -size }),
  ];
  return one({ verb: "settle", fills, atomic: true, by: by(scene) });
};

/** An asset of the pool as tokens: what is put in or taken out. */
function tokensOf({ s, world, random, account }: Scene) {
  const { follower, stable } = world.windows;
  const held = s.accounts[account]!.holdings.map(({ asset }) => asset);
  const asset = random.pick([CASH, CASH, ...held.filter((id) => id === follower || id === stable)]);
  const { token, decimals } = s.assets[asset]!;
  return { asset, token, unit: 10n ** BigInt(18 - decimals) };
}

function depositOf(scene: Scene, usd: number): Change {
  const { account, s } = scene;
  const { token } = s.assets[CASH]!;
  return { verb: "deposit", account, token, amount: (BigInt(usd) * WAD) / USDC };
}

const drawDeposit: Draw = async (scene) => {
  const { asset, token, unit } = tokensOf(scene);
  if (asset === CASH) return one(depositOf(scene, 1 + scene.random.integer(500)));
  return one({ verb: "deposit", account: scene.account, token, amount: WAD / unit });
};

/** Some of what IM leaves, or more than that; now and then what is held of something else. */
function withdrawOf(scene: Scene): Change {
  const { random, account, s } = scene;
  const { asset, token, unit } = tokensOf(scene);
  const held = s.accounts[account]!.holdings.find((one) => one.asset === asset)?.amount ?? 0n;
  const most = asset === CASH ? roomOf(scene, account) : held;
  const amount = share(most, random.pick([1, 10, 50, 90, 96, 101, 200])) / unit + 1n;
  return { verb: "withdraw", account, token, amount };
}

const drawWithdraw: Draw = async (scene) => one(withdrawOf(scene));

const drawBorrow: Draw = async (scene) => {
  const { account, random } = scene;
  const amount = share(roomOf(scene, account), random.pick([40, 90, 95, 97, 101, 200])) / USDC + 1n;
  return one({ verb: "borrow", account, amount });
};

const drawRepay: Draw = async ({ account, random }) =>
  one({ verb: "repay", account, amount: BigInt(1 + random.integer(10 ** 9)) });

const drawTransfer: Draw = async (scene) => {
  const { account: from, random, s } = scene;
  const amount = share(roomOf(scene, from), random.pick([10, 50, 90])) / USDC + 1n;
  return one({
    verb: "transfer",
    from,
    to: drawOther(scene),
    token: s.assets[CASH]!.token,
    amount,
  });
};

/** Of one owner: money in and out, or a position closed and money out; as reducing or not. */
const drawBatch: Draw = async (scene) => {
  const { account, random } = scene;
  const own = { address: ownerOf(account) };
  const closing = drawClosing(scene);
  const closes = closing !== null && closing.wish.size !== 0n && random.integer(3) > 0;
  const fill = closes ? [await fillAt(scene, closing.other, closing.wish)] : [];
  const first: Change = closes
    ? { verb: "settle", fills: fill, atomic: true }
    : depositOf(scene, 1);
  const last = random.integer(2) === 0 ? withdrawOf(scene) : depositOf(scene, 2);
  const changes = [first, last].map((change) => ({ ...change, by: own }));
  return random.integer(3) > 0 ? { changes, reducing: account } : { changes };
};

function callOf(scene: Scene, account: AccountId): Act {
  return one({ verb: "call", account, by: by(scene) });
}

/** Of whoever is worst off, or of anyone. */
const drawCall: Draw = async (scene) => {
  const { s, world, timestamp, random } = scene;
  const ids = world.windows.accounts;
  const health = (id: AccountId) => accountHealthOf(s, id, timestamp).health;
  const worst = ids.reduce((a, b) => (health(a) <= health(b) ? a : b));
  return callOf(scene, random.integer(5) === 0 ? scene.account : worst);
};

/** A bid for all there is: by dave, or by whoever has another account. */
const drawBid: Draw = async (scene) => {
  const { random, world } = scene;
  const account = random.pick(inPhase(scene, Phase.Auction));
  const receiver = random.integer(3) > 0 ? world.windows.bidder : drawOther({ ...scene, account });
  const offer = {
    ...{ account, receiver, fraction: WAD, smallest: 0n, maxPrice: 10n ** 30n },
    ...{ minHealth: -18n * WAD, maxHealth: 18n * WAD, data: "0x" as const },
  };
  return one({ verb: "bid", offer });
};

const drawObserve: Draw = async (scene) => {
  const maxRounds = scene.random.pick([1, 4, 16, 64]);
  return one({ verb: "observe", factor: scene.world.windows.factor, maxRounds, by: by(scene) });
};

const drawRate: Draw = async (scene) => {
  const { follower, stable } = scene.world.windows;
  const asset = scene.random.pick([follower, stable, CASH]);
  return one({ verb: "observeRate", asset, by: by(scene) });
};

const drawSettling: Draw = async ({ world, account, random }) => {
  const { factor } = world.windows;
  if (random.integer(2) === 0) return one({ verb: "settleExpired", account });
  return one({ verb: "settleExpiries", factor });
};

const DRAWS: readonly Draw[] = [
  ...Array<Draw>(9).fill(drawOpen),
  ...Array<Draw>(4).fill(drawClose),
  ...Array<Draw>(3).fill(drawHedge),
  ...Array<Draw>(3).fill(drawVertical),
  ...Array<Draw>(4).fill(drawBatch),
  ...Array<Draw>(7).fill(drawCall),
  ...Array<Draw>(3).fill(drawWithdraw),
  ...Array<Draw>(5).fill(drawObserve),
  ...[drawDeposit, drawDeposit, drawBorrow, drawBorrow, drawRepay, drawTransfer, drawRate],
  ...[drawSettling, drawSettling],
];
