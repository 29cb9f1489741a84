import { expect } from "chai";

import { NotASnapshot } from "../../sdk/snapshot/errors.ts";
import { parseSnapshot, stringifySnapshot } from "../../sdk/snapshot/json.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import { marginOf } from "../../sdk/logic/margin.ts";
import { drawScene } from "../parity/scene.ts";
import { ACCOUNT, snapshotOf } from "../parity/snapshotOf.ts";

const NOW = 1_800_000_000;
const BLOCK = { timestamp: NOW, number: 7 };
const random = createRandom(20_260_734);
const snapshots = Array.from({ length: 40 }, () => snapshotOf(drawScene(random, BLOCK), BLOCK));

describe("a snapshot as JSON", () => {
  it("comes back as it was", () => {
    for (const snapshot of snapshots) {
      expect(parseSnapshot(stringifySnapshot(snapshot))).to.deep.equal(snapshot);
    }
  });

  it("is told in decimal texts, so that any language reads it", () => {
    const text = stringifySnapshot(snapshots[0]!, 2);
    const { accounts } = JSON.parse(text) as { accounts: Record<string, { principal: unknown }> };
    expect(accounts[ACCOUNT]!.principal).to.match(/^-?\d+$/);
  });

  it("comes back frozen, and gives the same margins", () => {
    const snapshot = snapshots.find((s) => s.accounts[ACCOUNT]!.principal < 0n)!;
    const back = parseSnapshot(stringifySnapshot(snapshot));
    expect(Object.isFrozen(back.accounts[ACCOUNT])).to.equal(true);
    expect(marginOf(back, ACCOUNT, NOW)).to.deep.equal(marginOf(snapshot, ACCOUNT, NOW));
  });

  it("is refused with the name of what is missing", () => {
    const { cash: _, ...rest } = snapshots[0]!;
    const text = stringifySnapshot(rest as never);
    expect(() => parseSnapshot(text)).to.throw(NotASnapshot, "cash");
    expect(() => parseSnapshot("[]")).to.throw(NotASnapshot, "pool");
    expect(() => parseSnapshot("7")).to.throw(NotASnapshot, "itself");
    expect(() => parseSnapshot("{")).to.throw(SyntaxError);
  });
});
