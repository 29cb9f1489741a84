import { expect } from "chai";

import { CLEAR, poke } from "../../../sdk/sim/policies/Call.ts";
import { createRandom } from "../../../sdk/sim/random.ts";
import { Phase, type Snapshot } from "../../../sdk/snapshot/Snapshot.ts";
import { withAccount } from "../../../sdk/logic/accounts.ts";
import { observed, withRounds } from "../../../sdk/logic/index.ts";
import { poke as pokeState } from "../../../sdk/logic/poke.ts";
import { ETH, keeperStage, WAD } from "../../keeper/world.ts";

const PHASES = { clear: Phase.Clear, called: Phase.Called, auction: Phase.Auction };
const PATIENT = 3; // the tier of two hours: its fuse tells one health from another
const LOOKS = 400;

describe("a margin call of the comparison", function () {
  this.timeout(60_000);

  it("is the pool's, look by look, wherever the price goes", async () => {
    const { account, snapshot } = await keeperStage();
    const random = createRandom(8);
    let state: Snapshot = withAccount(await snapshot(), account, { tier: PATIENT });
    const { longest } = state.tiers[PATIENT]!;
    let [time, price, call] = [state.block.timestamp, 230, CLEAR];
    let mean = price;
    const phases = new Map<string, number>();
    for (let i = 0; i < LOOKS; ++i) {
      time += 60 * (1 + random.integer(10));
      if (random.uniform() < 0.15) mean = random.pick([185, 205, 215, 250]);
      price += 0.5 * (mean - price) + 2 * random.normal();
      state = at(state, price, time);
      const { state: next, accountHealth } = pokeState(state, account, time);
      call = poke(call, accountHealth, { time, longest, cover: WAD });
      state = next;
      const { phase, fuse, call: told } = state.accounts[account]!;
      const { lowSeen, low, thinSeen, backed, opened } = call;
      expect([PHASES[call.phase], call.fuse], `look ${i}`).to.deep.equal([phase, fuse]);
      expect({ lowSeen, low, thinSeen, backed, opened }).to.deep.equal({
        ...{ lowSeen: told.lowSeen, low: told.low, opened: told.opened },
        ...{ thinSeen: told.thinSeen, backed: told.backed },
      });
      phases.set(call.phase, (phases.get(call.phase) ?? 0) + 1);
    }
    for (const phase of ["clear", "called", "auction"]) expect(phases.get(phase)).to.be.above(5);
  });

  function at(state: Snapshot, price: number, timestamp: number): Snapshot {
    const rounds = { [ETH]: BigInt(Math.round(price * 1e6)) * 10n ** 12n };
    return observed(withRounds(state, { timestamp, rounds }), { timestamp });
  }
});
