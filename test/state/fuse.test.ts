import { expect } from "chai";

import { createRandom } from "../../sdk/sim/random.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { withAccount } from "../../sdk/logic/accounts.ts";
import { expiryOf, FUND, type AccountId } from "../../sdk/types/Ids.ts";
import { openTrading } from "../preview/openTrading.ts";
import { atHealth, drawBook, withBook, withCashOf } from "./books.ts";
import { GRID, live, type Look } from "./history.ts";
import {
  burnOf,
  graceOf,
  grantOf,
  isSeen,
  secondsOf,
  type ConditionCheck,
  unseen,
  vouched,
} from "./watcher.ts";

const SEED = 20_261_198;
const PATHS = Number(process.env["PATHS"] ?? 240);
const WAD = 10n ** 18n;
const DUST = 1e-9;

const fuseOf = ({ account }: Look) => Number(account.fuse) / 1e18;
const burnt = (sights: readonly ConditionCheck[], longest: number) =>
  sights.reduce((sum, sight) => sum + burnOf(sight, GRID, longest), 0);

// Random books, prices and looks. A call opens at the first look; health and κ are what the house says they
// are, what follows from them is told by `watcher.ts`.
describe("the time a margin call grants", function () {
  this.timeout(300_000);
  const histories: Look[][] = [];

  before(async () => {
    const market = await openTrading();
    const [owner, other] = market.owned as [AccountId, AccountId];
    const base = await market.snapshot(market.accounts);
    const start = base.block.timestamp + 1;
    const alive = market.instruments.filter((id) => {
      return expiryOf(id) === 0 || expiryOf(id) > start + 86_400;
    });
    const random = createRandom(SEED);
    for (let i = 0; i < PATHS; ++i) {
      const book = drawBook(random, alive);
      const opened = withBook(base, book, { owner, other, timestamp: start });
      const funded = withCashOf(opened, FUND, BigInt(1 + random.integer(1_000)) * WAD, start);
      const patient = withAccount(funded, owner, { tier: random.integer(4) });
      const health = random.pick([0.99, 0.99, 0.3 + 0.7 * random.uniform(), 0.24]);
      const short = atHealth(patient, owner, health, start);
      histories.push(live(short, { id: owner, start, random }));
    }
  });

  /** Gmax·cover, fixed at the first look. */
  function longestOf([first]: readonly Look[]): number {
    const { longest, cover } = first!.account.call;
    return (longest * Number(cover)) / 1e18;
  }

  const endOf = ({ account: { phase, fuse } }: Look) => {
    if (phase !== Phase.Auction) return phase === Phase.Clear ? "cured" : "open";
    return fuse === WAD ? "fuse" : "floor";
  };
  const burntOut = () => histories.filter((looks) => endOf(looks.at(-1)!) === "fuse");
  const grantedTo = (looks: readonly Look[]) => looks.at(-1)!.sight.time - looks[0]!.sight.time;

  it("ends in every way it can", () => {
    const seen: Record<string, number> = { fuse: 0, floor: 0, cured: 0, open: 0 };
    for (const looks of histories) seen[endOf(looks.at(-1)!)]! += 1;
    console.log(`      seed ${SEED}, ${PATHS} calls`, seen);
    for (const [end, count] of Object.entries(seen)) expect(count, end).to.be.above(PATHS / 40);
  });

  it("is never longer than who never looks away grants, but for what no one saw", () => {
    for (const [i, looks] of histories.entries()) {
      const longest = longestOf(looks);
      let watched = 0;
      for (const look of looks.slice(1)) {
        watched += burnt(vouched(look.stretch), longest);
        const where = `call ${i} at ${look.sight.time}`;
        expect(fuseOf(look), where).to.be.at.least(Math.min(1, watched) - DUST);
      }
    }
  });

  it("is that and the seconds unseen, where an account never becomes better or calmer", () => {
    let count = 0;
    for (const [i, looks] of burntOut().entries()) {
      const longest = longestOf(looks);
      const sights = looks.slice(1).flatMap(({ stretch }) => stretch.slice(0, -1));
      const graces = sights.map(({ health, calmness }) => graceOf(health, calmness, longest));
      const worsens = graces.every((grace, k) => grace <= (graces[k - 1] ?? Infinity));
      if (!worsens || sights.some((sight) => burnOf(sight, GRID, longest) === 0)) continue;
      const [before, last] = looks.slice(-2) as [Look, Look];
      const worst = Math.min(before.sight.health, last.sight.health);
      const rest = (1 - fuseOf(before)) * graceOf(worst, last.sight.calmness, longest);
      const full = before.sight.time + rest - looks[0]!.sight.time; // the moment the fuse was full
      const blind = looks.slice(1, -1).reduce((sum, { stretch }) => sum + unseen(stretch), 0);
      expect(full, `call ${i}`).to.be.at.most(grantOf(sights, GRID, longest) + blind + 1e-3);
      count += 1;
    }
    expect(count).to.be.above(PATHS / 12);
  });

  it("is never shorter than G of the worst that was seen", () => {
    for (const [i, looks] of histories.entries()) {
      const longest = longestOf(looks);
      let [health, calmness] = [looks[0]!.sight.health, looks[0]!.sight.calmness];
      let counted = 0;
      for (const look of looks.slice(1)) {
        [health, calmness] = [
          Math.min(health, look.sight.health),
          Math.min(calmness, look.sight.calmness),
        ];
        counted += secondsOf(look.stretch) - unseen(look.stretch);
        const most = counted / graceOf(health, calmness, longest);
        expect(fuseOf(look), `call ${i}`).to.be.at.most(most + DUST);
      }
    }
    for (const looks of burntOut()) expect(grantedTo(looks)).to.be.at.least(300);
  });

  it("stands still over every interval of which one end saw no call for it", () => {
    let count = 0;
    for (const looks of histories) {
      for (const [k, look] of looks.slice(1).entries()) {
        if (isSeen(look.stretch)) continue;
        count += 1;
        expect(fuseOf(look)).to.be.at.most(fuseOf(looks[k]!));
      }
    }
    expect(count).to.be.above(20);
  });
});
