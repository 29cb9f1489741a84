import { expect } from "chai";

import { FileRefused } from "../../../sdk/params/errors.ts";
import { run } from "../../../sdk/sim/replay/run.ts";

describe("where a replay leaves its results", () => {
  const asked = { tape: "march-2020", params: "deployments/local/params.json", seed: 1 };

  it("is asked before the replay: a file for the picture's folder, a folder for the figures", async () => {
    for (const where of [{ out: "README.md" }, { out: "out", json: "docs" }]) {
      let steps = 0;
      const done = run({ ...asked, ...where, accounts: 200 }, () => steps++);
      await done.then(
        () => expect.fail("written where it cannot be"),
        (error: unknown) => expect(error).to.be.instanceOf(FileRefused),
      );
      expect(steps).to.equal(0);
    }
  });
});
