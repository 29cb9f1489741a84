import { expect } from "chai";

import { getMargin, getPortfolio } from "../../sdk/actions/index.ts";
import { marginOf } from "../../sdk/math/MarginMath.ts";
import { stage } from "./stage.ts";

describe("reads", () => {
  it("getPortfolio is what the twin reckons getMargin from", async () => {
    const { client, pool, account } = await stage();
    const book = await getPortfolio(client, { pool, account });
    expect(book.exposures.map(({ factor }) => factor)).to.deep.equal([2]);
    expect(marginOf(book)).to.deep.equal(await getMargin(client, { pool, account }));
  });
});
