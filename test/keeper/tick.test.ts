import { expect } from "chai";

import { getAccount, getMargin } from "../../sdk/actions/index.ts";
import { AccountHealthy } from "../../sdk/errors/index.ts";
import { execute, tick, type Outcome, type Step, type World } from "../../sdk/keeper/index.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { keeperStage, shortly, WAD } from "./world.ts";

describe("the keeper's tick", () => {
  it("takes an account from its call to its cure, and earns what it planned", async () => {
    const s = await keeperStage();
    const { world, pool, client, account, receiver, networkHelpers } = s;
    const wealth = async () => (await getMargin(client, { pool, account: receiver })).equity;
    const before = await wealth();
    await s.moveTo(165);
    await tick(world);
    expect((await getAccount(client, { pool, account })).phase).to.equal(Phase.Called);
    while ((await getAccount(client, { pool, account })).phase !== Phase.Clear) {
      expect(s.log.length).to.be.lessThan(40);
      await networkHelpers.time.increase(120);
      await s.setPrice("ETH", 165);
      await tick(world);
    }
    const bids = s.log.map(({ step }) => step).filter((step) => step.verb === "bid");
    expect(bids).to.have.length(1);
    const earned = (await wealth()) - before;
    expect(earned).to.be.closeTo(bids[0]!.profit, WAD);
    const { equity, maintenance } = await getMargin(client, { pool, account });
    expect(equity).to.be.greaterThan(maintenance);
    expect(s.log.filter((outcome) => "failed" in outcome)).to.deep.equal([]);
  });

  it("does nothing twice: a second tick in the same state is empty", async () => {
    const s = await keeperStage();
    await s.moveTo(165);
    expect(shortly((await tick(s.world)).map(({ step }) => step))).to.deep.equal([
      "observe 2",
      `call ${s.account}`,
    ]);
    expect(await tick(s.world)).to.deep.equal([]);
  });

  it("sees the time of the block to come, not that of the last one", async () => {
    const s = await keeperStage();
    await s.moveTo(165);
    await tick(s.world);
    await s.connection.provider.request({ method: "evm_increaseTime", params: [120] });
    expect(shortly((await tick(s.world)).map(({ step }) => step))).to.deep.equal([
      `call ${s.account}`,
    ]);
    expect(s.log.filter((outcome) => "failed" in outcome)).to.deep.equal([]);
  });
});

describe("the keeper's execution", () => {
  const account = `0x${"11".repeat(32)}` as const;
  const steps: Step[] = [
    { verb: "observe", factor: 2, rounds: 3, why: "rounds waiting: 3" },
    { verb: "call", account, why: "call opens" },
    { verb: "takeOver", account, why: "unsold" },
  ];

  /** A world that writes down what it is asked, and refuses calls. */
  function scribe() {
    const asked: unknown[] = [];
    const log: Outcome[] = [];
    const note =
      (verb: string) =>
      (...args: unknown[]) => {
        asked.push([verb, ...args]);
        return Promise.resolve(verb);
      };
    const world = {
      ...{ observe: note("observe"), bid: note("bid"), takeOver: note("takeOver") },
      call: () => Promise.reject(new AccountHealthy(account, 2n, 1n)),
      log: (outcome: Outcome) => log.push(outcome),
    } as unknown as World;
    return { asked, log, world };
  }

  it("goes on after a step that fails, and records what became of each", async () => {
    const { asked, log, world } = scribe();
    const outcomes = await execute(steps, world);
    expect(asked).to.deep.equal([
      ["observe", 2, 3],
      ["takeOver", account],
    ]);
    expect(log).to.deep.equal(outcomes);
    expect(outcomes[0]).to.deep.equal({ step: steps[0], done: "observe" });
    expect((outcomes[1] as { failed: Error }).failed).to.be.instanceOf(AccountHealthy);
    expect(outcomes[2]).to.include({ done: "takeOver" });
  });

  it("records what it passes over, and does nothing about it", async () => {
    const { asked, log, world } = scribe();
    const pass = { verb: "pass", account, why: "a profit of 1 USD, below 5 USD" } as const;
    await execute([pass], world);
    expect(asked).to.deep.equal([]);
    expect(log).to.deep.equal([{ step: pass }]);
  });
});
