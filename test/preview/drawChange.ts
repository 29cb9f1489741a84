import { maxWithdraw } from "../../sdk/preview/maxWithdraw.ts";
import type { Change } from "../../sdk/preview/Change.ts";
import type { Random } from "../../sdk/sim/random.ts";
import { type Account, Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { accountHealthOf } from "../../sdk/logic/margin.ts";
import { FUND, ownerOf, type AccountId } from "../../sdk/types/Ids.ts";
import { ASSETS, SYMBOLS, VALUES, type Market } from "./openMarket.ts";

/** What a draw looks at. */
export interface Scene {
  readonly market: Market;
  readonly random: Random;
  readonly snapshot: Snapshot;
  readonly timestamp: number;
  readonly backstopAccount: AccountId;
}

const WAD = 10n ** 18n;

function tokenAt({ market, random }: Scene, symbol = random.pick(SYMBOLS)) {
  return { symbol, token: market.pool.tokens[symbol]! };
}

/** Token units worth up to a million dollars; now and then none, or far too many. */
function drawAmount({ market, random }: Scene, symbol: string): bigint {
  const odd = random.integer(40);
  if (odd === 0) return 0n;
  if (odd === 1) return 10n ** 40n;
  const dollars = 10 ** (random.uniform() * 6);
  const units = 10n ** BigInt(market.params.listings[symbol]!.decimals);
  return (BigInt(Math.ceil(dollars * 1e6)) * units) / BigInt(VALUES[symbol]! * 1e6) + 1n;
}

/** Mostly the owner; now and then someone else. */
function drawBy({ market, random }: Scene, account: AccountId) {
  const other = random.pick(market.actors).account.address;
  const stranger = account === FUND || random.integer(12) === 0;
  return { address: stranger ? other : ownerOf(account) };
}

function drawAccount({ market, random }: Scene): AccountId {
  return random.integer(40) === 0 ? FUND : random.pick(market.owned);
}

function held(scene: Scene, account: AccountId): string[] {
  const { holdings } = scene.snapshot.accounts[account]!;
  return SYMBOLS.filter((name) => holdings.some(({ asset }) => asset === ASSETS[name]));
}

function deposit(scene: Scene): Change {
  const account = drawAccount(scene);
  const { symbol, token } = tokenAt(scene);
  const by = { address: scene.random.pick(scene.market.actors).account.address };
  const own = { address: ownerOf(account) };
  const amount = drawAmount(scene, symbol);
  const sender = scene.random.integer(3) === 0 || account === FUND ? by : own;
  return { verb: "deposit", account, token, amount, by: sender };
}

/** Around the limit as often as not. */
function withdraw(scene: Scene): Change {
  const { random, snapshot, timestamp } = scene;
  const account = random.pick(scene.market.owned);
  const symbol = random.pick([...held(scene, account), "USDC", random.pick(SYMBOLS)]);
  const { token } = tokenAt(scene, symbol);
  const by = drawBy(scene, account);
  const most = maxWithdraw(snapshot, account, token, { timestamp }).amount;
  const near = most + BigInt(random.integer(3));
  const part = (most * BigInt(random.integer(1_000))) / 1_000n;
  const amount = random.pick([near, near, part, drawAmount(scene, symbol)]);
  return { verb: "withdraw", account, token, amount, by };
}

/** A part of what may be borrowed at most, mostly nearly all. */
function borrow(scene: Scene): Change {
  const { random, snapshot, timestamp, market } = scene;
  const account = random.pick(market.owned);
  const most = maxWithdraw(snapshot, account, market.pool.tokens["USDC"]!, { timestamp }).amount;
  const share = random.pick([900n, 970n, 990n, 1_000n, 1_000n, 1_001n]);
  return { verb: "borrow", account, amount: (most * share) / 1_000n + 1n };
}

function transfer(scene: Scene): Change {
  const { random } = scene;
  const from = drawAccount(scene);
  const to = drawAccount(scene);
  const { symbol, token } = tokenAt(scene, random.pick([...held(scene, from), "USDC", "ETH"]));
  const amount = drawAmount(scene, symbol) / BigInt(1 + random.integer(50));
  return { verb: "transfer", from, to, token, amount, by: drawBy(scene, from) };
}

function repay(scene: Scene): Change {
  const account = drawAccount(scene);
  const by = { address: scene.random.pick(scene.market.actors).account.address };
  return { verb: "repay", account, amount: drawAmount(scene, "USDC"), by };
}

function setGrace(scene: Scene): Change {
  const account = drawAccount(scene);
  return { verb: "setGrace", account, tier: scene.random.integer(6), by: drawBy(scene, account) };
}

function setSponsor(scene: Scene): Change {
  const { random, market } = scene;
  const account = drawAccount(scene);
  const nobody = ownerOf(FUND);
  const sponsor = random.pick([...market.actors.map((actor) => actor.account.address), nobody]);
  const fee = random.integer(random.pick([50_000_002, 50_000_001]));
  return { verb: "setSponsor", account, sponsor, fee, by: drawBy(scene, account) };
}

/** By the sponsor of an account in call, about what a cure takes. */
function topUp(scene: Scene): Change {
  const { random, snapshot, timestamp } = scene;
  const short = inPhase(scene, ({ phase }) => phase !== Phase.Clear);
  const helped = short.filter((id) => sponsorOf(snapshot, id) !== ownerOf(FUND));
  if (helped.length === 0) return setSponsor(scene);
  const account = random.pick(helped);
  const symbol = random.pick([...held(scene, account), "USDC", "USDC"]);
  const { equity, maintenance } = accountHealthOf(snapshot, account, timestamp);
  const dollars = Math.max(0, Number((maintenance * 11n) / 10n - equity) / 1e18);
  const units = 10n ** BigInt(scene.market.params.listings[symbol]!.decimals);
  const share = random.pick([0.0000001, 0.3, 1.01, 3, 10]);
  const millionths = BigInt(Math.ceil(((dollars * share) / VALUES[symbol]!) * 1e6));
  const by = { address: sponsorOf(snapshot, account) };
  const { token } = tokenAt(scene, symbol);
  return { verb: "deposit", account, token, amount: (millionths * units) / 1_000_000n + 1n, by };
}

function sponsorOf(s: Snapshot, id: AccountId) {
  return s.accounts[id]!.sponsorship.sponsor;
}

function inPhase({ snapshot, market }: Scene, fits: (account: Account) => boolean): AccountId[] {
  return market.owned.filter((id) => fits(snapshot.accounts[id]!));
}

/** One that owes, as often as not one that is short. */
function call(scene: Scene): Change {
  const { random, snapshot, timestamp } = scene;
  const owing = inPhase(scene, ({ principal }) => principal < 0n);
  const short = owing.filter((id) => accountHealthOf(snapshot, id, timestamp).health < WAD);
  const some = [owing, short, short]
    .filter((list) => list.length > 0)
    .map((list) => random.pick(list));
  return { verb: "call", account: random.pick([...some, drawAccount(scene)]) };
}

/** Of an account in auction, if there is one: most refusals are then about the price or the size. */
function bid(scene: Scene): Change {
  const { random } = scene;
  const selling = inPhase(scene, ({ phase }) => phase === Phase.Auction);
  const account = random.pick([
    ...selling,
    ...selling,
    ...selling,
    drawAccount(scene),
    scene.backstopAccount,
  ]);
  const { lender, owned } = scene.market;
  const receiver = random.integer(2) === 0 ? lender : random.pick(owned);
  const fraction = (WAD * BigInt(1 + random.integer(1_000))) / 1_000n;
  const smallest = random.integer(4) === 0 ? fraction : 0n;
  const maxPrice = random.integer(5) === 0 ? WAD : 10n ** 30n;
  const maxHealth = random.integer(8) === 0 ? WAD / 8n : 2n * WAD;
  const bounds = { smallest, maxPrice, minHealth: -18n * WAD, maxHealth, data: "0x" } as const;
  return {
    verb: "bid",
    offer: { account, receiver, fraction, ...bounds },
    by: drawBy(scene, receiver),
  };
}

function takeOver(scene: Scene): Change {
  const selling = inPhase(scene, ({ phase }) => phase === Phase.Auction);
  const account = scene.random.pick([...selling, ...selling, drawAccount(scene)]);
  return { verb: "takeOver", account, backstopAccount: scene.backstopAccount };
}

/** Sent by one of the actors, who is paid. */
function observe({ random, market }: Scene): Change {
  const factor = random.pick([1, 2, 3, 4, 9]);
  const maxRounds = random.integer(12);
  const by = market.actors[maxRounds % market.actors.length]!.account;
  return { verb: "observe", factor, maxRounds, by };
}

/** Of what has a rate, and of what has none. */
function observeRate({ random }: Scene): Change {
  return {
    verb: "observeRate",
    asset: ASSETS[random.pick(["wstETH", "USDT", "DAI", "USDC", "ETH"])]!,
  };
}

const DRAWS: readonly (readonly [number, (scene: Scene) => Change])[] = [
  ...([
    [10, deposit],
    [12, withdraw],
    [18, borrow],
    [8, transfer],
    [5, repay],
  ] as const),
  ...([
    [5, setGrace],
    [4, setSponsor],
    [6, topUp],
    [20, call],
    [6, bid],
    [2, takeOver],
    [6, observe],
    [4, observeRate],
  ] as const),
  [1, () => ({ verb: "accrue" })],
];
const LOTTERY = DRAWS.flatMap(([weight, draw]) => Array<typeof draw>(weight).fill(draw));

/** A random change, accepted about as often as not; every third a bid while anything is for sale. */
export function drawChange(scene: Scene): Change {
  const { random } = scene;
  const selling = inPhase(scene, ({ phase }) => phase === Phase.Auction).length > 0;
  if (selling && random.integer(3) === 0)
    return random.integer(4) === 0 ? takeOver(scene) : bid(scene);
  return random.pick(LOTTERY)(scene);
}
