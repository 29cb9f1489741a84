import { readdirSync } from "node:fs";

import { expect } from "chai";

import * as actions from "../../sdk/actions/index.ts";
import { stage } from "./stage.ts";

/** The files of sdk/actions that are named for the action in them. */
const files = readdirSync("sdk/actions").map((name) => name.replace(/\.ts$/, ""));
const named = files.filter((name) => name !== "watch" && name in actions && name !== "scopes");

describe("bound actions", () => {
  it("are all there are, each from the file of its name", async () => {
    const { alice } = await stage();
    const bound = { ...actions.readActions(alice), ...actions.writeActions(alice) };
    expect(Object.keys(bound)).to.have.members(named);
    expect(named).to.have.length.greaterThan(20);
  });

  it("ask the client they were bound to", async () => {
    const { alice, pool, account, units } = await stage();
    const { withdraw } = actions.writeActions(alice);
    const { getAccount } = actions.readActions(alice);
    await withdraw({ pool, account, token: pool.tokens["ETH"]!, amount: units("ETH", 1) });
    const { holdings } = await getAccount({ pool, account });
    expect(holdings[0]!.amount).to.equal(units("ETH", 99));
  });
});
