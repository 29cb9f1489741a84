import { expect } from "chai";
import { parseUnits } from "viem";

import type { Change } from "../../sdk/preview/Change.ts";
import { createRandom, type Random } from "../../sdk/sim/random.ts";
import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import type { AccountId, InstrumentId } from "../../sdk/types/Ids.ts";
import { idOf, offer, WAD } from "../fixtures/margin.ts";
import { fillOf, future, option, perp, signed, trade } from "../fixtures/trading.ts";
import { HEIR, lossStage } from "../stories/losses.ts";

const SEEDS = [20_261_123, 20_261_124, 20_261_125];
const ACTS = 80;
const UNITS = parseUnits("1", 6); // of USDC
type Stage = Awaited<ReturnType<typeof openStage>>;

/** Four traders, long and short of perps, futures and options of ETH; alice's other account borrows. */
async function openStage() {
  const stage = await lossStage((near) => instrumentsOf(near));
  const { local } = stage;
  const { alice, bob, carol, dave, near } = local;
  await local.deposit(dave, "USDC", 50_000);
  await local.deposit(dave, "ETH", 300);
  const other = await local.deposit(alice, "ETH", 20, 1n);
  const [token, to] = [local.pool.tokens["USDC"]!, alice.account.address];
  await local.clearinghouse.write.withdraw([other, token, 20_000n * UNITS, to], { account: to });
  const people = [alice, bob, carol, dave];
  for (const one of people) {
    await local.fund(one, "USDC", 1_000_000);
    await local.fund(one, "ETH", 1_000);
  }
  await trade(local, alice, bob, { instrument: perp(2), size: 60, price: 2_000 });
  await trade(local, alice, carol, { instrument: future(2, near), size: 30, price: 2_000 });
  const ids = [...people.map((one) => idOf(one)), idOf(alice, 1n), HEIR];
  return { ...stage, people, ids, tokens: local.pool.tokens, instruments: instrumentsOf(near) };
}

function instrumentsOf(near: number): readonly InstrumentId[] {
  return [perp(2), future(2, near), option(2, "call", near, 2_000), option(2, "put", near, 1_000)];
}

/** Time goes on, and ETH falls more than it rises. */
async function move({ local }: Stage, random: Random, price: number): Promise<number> {
  await local.networkHelpers.time.increase(random.pick([61, 61, 61, 65, 300, 600, 1_801]));
  if (random.integer(5) === 0) return price;
  const falls = random.integer(4) === 0;
  const factor = falls ? 0.5 + random.uniform() * 0.3 : 0.97 + random.uniform() * 0.05;
  const next = Math.max(60, Math.round(price * factor * 100) / 100);
  await local.setPrice("ETH", next);
  return next;
}

function inPhase(s: Snapshot, ids: readonly AccountId[], least: Phase): readonly AccountId[] {
  return ids.filter((id) => s.accounts[id]!.phase >= least);
}

/** A fill at the mark or a little off it, of any two of the traders' accounts. */
async function drawFill({ local, people, instruments }: Stage, random: Random, s: Snapshot) {
  const [buyer, seller] = [random.pick(people), random.pick(people)];
  const instrument = random.pick(instruments);
  await local.clearinghouse.write.observe([2n, 64n]);
  const { mark } = quoteOf(s, instrument, s.block.timestamp);
  const off = 0.99 + random.uniform() * 0.02;
  const price = Math.max(0.01, (Number(mark) / 1e18) * off).toFixed(4);
  const size = String(1 + random.integer(20));
  const wish = { instrument, price, reducing: random.integer(3) === 0 };
  const account = idOf(seller, seller === local.alice ? BigInt(random.integer(2)) : 0n);
  const sold = await signed(local, seller, { ...wish, size: `-${size}`, maker: true, account });
  const bought = await signed(local, buyer, { ...wish, size });
  return fillOf(sold, bought);
}

async function draw(stage: Stage, random: Random, s: Snapshot): Promise<Change> {
  const { local, people, ids, tokens } = stage;
  const from = random.pick(people);
  const id = idOf(from, from === local.alice ? BigInt(random.integer(2)) : 0n);
  const by = { address: random.pick(people).account.address };
  const cash = 1n + BigInt(random.integer(9_000)) * UNITS;
  const [called, sold] = [inPhase(s, ids, Phase.Called), inPhase(s, ids, Phase.Auction)];
  const account = random.pick(called.length > 0 && random.integer(5) > 0 ? called : ids);
  const forSale = random.pick(sold.length > 0 ? sold : ids);
  const receiver = random.integer(3) === 0 ? id : idOf(local.dave);
  const bid = offer(forSale, receiver, random.pick([WAD, WAD / 3n, WAD / 10n]));
  const eth = BigInt(1 + random.integer(30)) * WAD;
  const likely: readonly Change[] = [
    ...(sold.length > 0 ? [{ verb: "bid", offer: bid } as const] : []),
    { verb: "call", account },
    { verb: "settle", fills: [await drawFill(stage, random, s)], atomic: true },
  ];
  const other: readonly Change[] = [
    { verb: "bid", offer: bid },
    { verb: "takeOver", account: forSale, backstopAccount: HEIR },
    { verb: "settleExpired", account: random.pick(ids) },
    { verb: "deposit", account, token: tokens["USDC"]!, amount: cash, by },
    { verb: "withdraw", account: id, token: tokens["USDC"]!, amount: cash * 4n },
    { verb: "withdraw", account: id, token: tokens["ETH"]!, amount: eth },
    { verb: "transfer", from: id, to: random.pick(ids), token: tokens["USDC"]!, amount: cash },
    { verb: "repay", account, amount: cash, by },
    { verb: "setSponsor", account: id, sponsor: by.address, fee: 50_000_000 },
    { verb: "setGrace", account: id, tier: random.integer(4) },
    { verb: "accrue" },
  ];
  return random.pick(random.integer(3) === 0 ? other : likely);
}

describe("a preview of a crash that ruins accounts", () => {
  const seen: Record<string, number> = {};
  const count = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);

  for (const seed of SEEDS) {
    it(`says what the chain then does, to the wei, or refuses with its words: seed ${seed}`, async function () {
      this.timeout(240_000);
      const [stage, random] = [await openStage(), createRandom(seed)];
      let price = 2_000;
      let heirs = 0;
      for (let i = 0; i < ACTS; i++) {
        if (random.integer(2) === 0) price = await move(stage, random, price);
        const change = await draw(stage, random, await stage.snapshot());
        if (change.verb === "takeOver" && heirs > 0) continue;
        const { preview, events } = await stage.act(change, random.pick([1, 10, 61]));
        if (change.verb === "takeOver" && preview.ok) heirs++;
        count(`${change.verb} ${preview.ok ? "done" : preview.error.name}`);
        const leaves = events.some(({ eventName }) => eventName === "LossLeft");
        if (leaves) count(`${change.verb} leaves a share`);
      }
    });
  }

  after(() => {
    console.log(`      ${SEEDS.length * ACTS} acts, 0 mismatches`, seen);
    expect(seen).to.include.keys("settle done", "takeOver NotInAuction", "bid leaves a share");
  });
});
