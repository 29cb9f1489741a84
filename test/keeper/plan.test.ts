import { expect } from "chai";

import { plan, type Policy } from "../../sdk/keeper/index.ts";
import { Phase, type Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { withAccount, withCall } from "../../sdk/logic/accounts.ts";
import { poke } from "../../sdk/logic/poke.ts";
import { call as callBy, observed, takeOver, withRounds } from "../../sdk/logic/index.ts";
import { accountId, ownerOf, type AccountId } from "../../sdk/types/Ids.ts";
import { ETH, WSTETH, keeperStage, shortly, WAD } from "./world.ts";

const MINUTE = 60;

describe("the keeper's plan", () => {
  let s: Awaited<ReturnType<typeof keeperStage>>;
  let calm: Snapshot;
  let start: number;
  let policy: Policy;

  before(async () => {
    s = await keeperStage();
    policy = s.policy;
    calm = observed(await s.snapshot(), { timestamp: (await s.snapshot()).block.timestamp });
    start = calm.block.timestamp;
  });

  /** The pool when a round of this price has come and been observed. */
  function at(price: bigint, timestamp: number, from = calm): Snapshot {
    return observed(withRounds(from, { timestamp, rounds: { [ETH]: price * WAD } }), { timestamp });
  }

  /** The pool once its keeper has called an account. */
  function call(from: Snapshot, id: AccountId, timestamp: number): Snapshot {
    return callBy(from, id, { caller: { address: ownerOf(policy.receiver) }, timestamp });
  }

  /** The pool with alice's auction open, a price before, and when that is. */
  function auction(price: bigint): readonly [Snapshot, number] {
    let [state, time] = [
      call(at(price, start + MINUTE), s.account, start + MINUTE),
      start + MINUTE,
    ];
    while (state.accounts[s.account]!.phase !== Phase.Auction) {
      time += 5 * MINUTE;
      state = call(at(price, time, state), s.account, time);
    }
    return [state, time];
  }

  it("is empty while all is well", () => {
    expect(plan(calm, policy, start + MINUTE)).to.deep.equal([]);
  });

  it("observes the factors that have rounds waiting", () => {
    const rounds = { [ETH]: 194n * WAD };
    const waiting = withRounds(calm, { timestamp: start + MINUTE, rounds });
    const steps = plan(waiting, policy, start + MINUTE);
    expect(steps).to.deep.equal([
      { verb: "observe", factor: 2, rounds: 1, why: "rounds waiting: 1" },
    ]);
    const patient = { ...policy, observeFrom: 2 };
    expect(plan(waiting, patient, start + MINUTE)).to.deep.equal([]);
  });

  it("notes a rate that moved by a thousandth, and any a day after it was noted", () => {
    const said = (rate: bigint, timestamp: number, from = calm) =>
      withRounds(from, { timestamp, rounds: { [WSTETH]: rate * (WAD / 10_000n) } });
    const noted = (state: Snapshot, timestamp: number) =>
      plan(state, policy, timestamp).map((step) => (step as { asset?: number }).asset);
    expect(noted(said(12_012n, start + MINUTE), start + MINUTE)).to.deep.equal([WSTETH]);
    expect(noted(said(12_011n, start + MINUTE), start + MINUTE)).to.deep.equal([]);
    expect(noted(said(0n, start + MINUTE), start + MINUTE)).to.deep.equal([]); // dead: nothing to note
    const late = start + 1_441 * MINUTE;
    expect(noted(said(12_000n, late), late)).to.deep.equal([WSTETH]);
  });

  it("calls an account whose health is below 1, and not the others", () => {
    const steps = plan(at(165n, start + MINUTE), policy, start + MINUTE);
    expect(shortly(steps)).to.deep.equal([`call ${s.account}`]);
    expect((steps[0] as { why: string }).why).to.match(/^call opens at health 8\d/);
  });

  it("reckons each step in the state that the steps before it leave", () => {
    const called = call(at(165n, start + MINUTE), s.account, start + MINUTE);
    const rounds = (price: bigint, minute: number) => ({
      ...{ timestamp: start + minute * MINUTE, rounds: { [ETH]: price * WAD } },
    });
    const waiting = withRounds(withRounds(called, rounds(175n, 2)), rounds(165n, 4));
    const timestamp = start + 5 * MINUTE;
    const steps = plan(waiting, policy, timestamp);
    expect(shortly(steps)).to.deep.equal(["observe 2", `call ${s.account}`]);
    const [alone] = plan(waiting, { ...policy, observeFrom: 9 }, timestamp);
    const [after] = plan(observed(waiting, { timestamp }), policy, timestamp);
    expect(steps[1]).to.deep.equal(after);
    expect(steps[1]).to.not.deep.equal(alone);
  });

  it("leaves a burning fuse alone for a while, then pokes", () => {
    const called = call(at(165n, start + MINUTE), s.account, start + MINUTE);
    expect(plan(called, policy, start + 2 * MINUTE - 1)).to.deep.equal([]);
    const steps = plan(called, policy, start + 2 * MINUTE);
    expect(shortly(steps)).to.deep.equal([`call ${s.account}`]);
    expect((steps[0] as { why: string }).why).to.match(/^fuse burns from 0 %/);
  });

  it("pokes at once when an account can be cured", () => {
    const called = call(at(165n, start + MINUTE), s.account, start + MINUTE);
    const rich = withAccount(called, s.account, { principal: 0n });
    const steps = plan(rich, policy, start + MINUTE + 1);
    expect(shortly(steps)).to.deep.equal([`call ${s.account}`]);
    expect((steps[0] as { why: string }).why).to.match(/^cured/);
  });

  it("pokes a cured account once, when its fuse is cold again", () => {
    const rich = withAccount(calm, s.account, {
      ...{ principal: -1_000n * WAD, fuse: WAD, poked: start },
      call: { ...calm.accounts[s.account]!.call, health: 2n * WAD, certain: false },
    });
    const cold = start + 4 * 60 * MINUTE;
    expect(plan(rich, policy, cold - 1)).to.deep.equal([]);
    const steps = plan(rich, policy, cold);
    expect(shortly(steps)).to.deep.equal([`call ${s.account}`]);
    expect((steps[0] as { why: string }).why).to.match(/^fuse cooled/);
    const { state } = poke(rich, s.account, cold);
    expect(plan(state, policy, cold + MINUTE)).to.deep.equal([]);
  });

  it("first sees the floor, and confirms it on a later round", () => {
    const low = 145n;
    const called = call(at(165n, start + MINUTE), s.account, start + MINUTE);
    const deep = at(low, start + 2 * MINUTE, called);
    const [seen] = plan(deep, policy, start + 2 * MINUTE);
    expect((seen as { why: string }).why).to.match(/^floor seen/);
    const noticed = call(deep, s.account, start + 2 * MINUTE);
    const confirmed = at(low, start + 3 * MINUTE, noticed);
    const steps = plan(confirmed, policy, start + 3 * MINUTE);
    expect(shortly(steps)).to.deep.equal([`call ${s.account}`, `bid ${s.account}`]);
    expect((steps[0] as { why: string }).why).to.match(/^for sale/);
  });

  it("bids on all that is on offer when it can carry it", () => {
    const [state, time] = auction(165n);
    const [step] = plan(state, policy, time + 10 * MINUTE);
    expect(step).to.include({ verb: "bid", account: s.account });
    if (step?.verb !== "bid") return;
    expect(step.slice.fraction).to.equal(step.slice.largest);
    const worth = (step.slice.fraction * step.slice.equity) / WAD;
    expect(step.profit).to.be.closeTo(worth - step.slice.price, 10n);
    expect(step.profit).to.be.at.least(policy.minProfit);
    expect(step.offer.maxPrice).to.be.at.least(step.slice.price);
  });

  it("waits for the discount to reach its profit, and says so", () => {
    const [state, time] = auction(165n);
    const greedy = { ...policy, minProfit: 100n * WAD };
    const [pass] = plan(state, greedy, time + 1);
    expect(pass).to.include({ verb: "pass", account: s.account });
    expect((pass as { why: string }).why).to.match(/^a profit of \d+\.\d+ USD, below 100 USD$/);
    expect(shortly(plan(state, greedy, time + 20 * MINUTE))).to.deep.equal([`bid ${s.account}`]);
  });

  it("takes a smaller slice when its capital or its margin is short", () => {
    const [state, time] = auction(165n);
    const later = time + 20 * MINUTE;
    const [whole] = plan(state, policy, later);
    const [spent] = plan(state, { ...policy, capital: 250n * WAD }, later);
    if (whole?.verb !== "bid" || spent?.verb !== "bid") return expect.fail("no bid");
    expect(spent.slice.price).to.be.within(249n * WAD, 250n * WAD);
    expect(spent.slice.fraction).to.be.lessThan(whole.slice.fraction);
    const poor = withAccount(state, s.receiver, { principal: 1_000n * WAD });
    const [carried] = plan(poor, policy, later);
    if (carried?.verb !== "bid") return expect.fail("no bid");
    expect(carried.slice.fraction).to.be.lessThan(whole.slice.fraction);
  });

  it("spends its capital where it earns most", () => {
    const [state, time] = auction(165n);
    const alice = state.accounts[s.account]!;
    const holdings = alice.holdings.map(({ asset, amount }) => ({ asset, amount: 2n * amount }));
    const twice = { ...alice, principal: 2n * alice.principal, holdings };
    const big = accountId(`0x${"01".repeat(20)}`);
    const both = { ...state, accounts: { ...state.accounts, [big]: twice } };
    const [one] = plan(state, policy, time + 10 * MINUTE);
    if (one?.verb !== "bid") return expect.fail("no bid");
    const capital = 2n * one.slice.price + WAD;
    const steps = plan(both, { ...policy, capital }, time + 10 * MINUTE);
    expect(shortly(steps)).to.deep.equal([`bid ${big}`, `pass ${s.account}`]);
  });

  it("passes when it can carry nothing", () => {
    const [state, time] = auction(165n);
    const broke = withAccount(state, s.receiver, { principal: 0n });
    expect(plan(broke, policy, time + MINUTE)).to.deep.equal([
      { verb: "pass", account: s.account, why: "more than the keeper can carry" },
    ]);
  });

  it("hands to the house what stood backed for half an hour, unless it bids", () => {
    const [open, time] = auction(165n);
    const thin = at(141n, time + MINUTE, open);
    const backed = withCall(thin, s.account, { backed: time + MINUTE });
    const late = time + 31 * MINUTE;
    const broke = withAccount(backed, s.receiver, { principal: 0n });
    const verbs = (p: Snapshot, time: number) => plan(p, policy, time).map(({ verb }) => verb);
    expect(verbs(broke, late - 1))
      .to.include("pass")
      .and.not.include("takeOver");
    expect(verbs(broke, late)).to.include("takeOver").and.not.include("pass");
    expect(verbs(backed, late)).to.include("bid").and.not.include("takeOver");
  });

  it("bids on the house's own books too", () => {
    const [open, time] = auction(165n);
    const thin = at(141n, time + MINUTE, open);
    const backed = withCall(thin, s.account, { backed: time + MINUTE });
    const late = time + 31 * MINUTE;
    const backstopAccount = accountId(`0x${"00".repeat(20)}`, 1n);
    const taken = takeOver(backed, { account: s.account, backstopAccount }, late);
    const steps = plan(taken, { ...policy, minProfit: 0n }, late + 20 * MINUTE);
    expect(shortly(steps)).to.include(`bid ${backstopAccount}`);
  });

  it("does not lose the others over an account that cannot be reckoned", () => {
    const broken = withAccount(at(165n, start + MINUTE), s.lender, {
      holdings: [{ asset: 0x6300, amount: WAD }], // a factor that no one listed
    });
    const steps = plan(broken, policy, start + MINUTE);
    expect(shortly(steps)).to.have.members([`call ${s.account}`, `pass ${s.lender}`]);
  });

  it("changes nothing of the snapshot it is given", () => {
    const [state, time] = auction(165n);
    const before = JSON.stringify(state, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v));
    plan(state, policy, time + 10 * MINUTE);
    const after = JSON.stringify(state, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v));
    expect(after).to.equal(before);
  });
});
