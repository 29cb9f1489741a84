import { expect } from "chai";
import { describe, it } from "mocha";

import { read } from "../walls/source.ts";
import { refuses } from "../fixtures/refusal.ts";
import { guardianTable } from "./table.ts";
import { type Tried, VERBS } from "./verbs.ts";
import type { Stage } from "./stage.ts";

const LEVELS = [0, 1, 2];

/** A table without the blanks that a formatter puts into it. */
const words = (text: string) => text.replaceAll(/[ -]+/g, " ");

async function staged({ open }: Tried, level: number): Promise<Stage> {
  const stage = await open();
  if (level > 0) await stage.local.clearinghouse.write.lock([level]);
  return stage;
}

describe("what a guardian may stop", () => {
  for (const tried of VERBS) {
    for (const level of LEVELS) {
      const stopped = tried.refusedFrom !== undefined && level >= tried.refusedFrom;
      it(`${tried.verb}, ${tried.what}: ${stopped ? "not " : ""}at level ${level}`, async () => {
        const stage = await staged(tried, level);
        const act = () => tried.act(stage as never);
        if (stopped) await refuses(stage.local, act, tried.error!);
        else await act();
      });
    }
  }

  it("docs/guardian.md says", () => {
    const doc = words(read("docs/guardian.md"));
    expect(doc, "npx tsx test/power/write.ts writes it").to.contain(words(guardianTable()));
  });
});
