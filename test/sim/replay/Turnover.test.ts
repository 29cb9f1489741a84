import { expect } from "chai";

import { keyOf, type Snapshot } from "../../../sdk/snapshot/Snapshot.ts";
import { balanceOf } from "../../../scripts/replay/Turnover.ts";
import { EMPTY } from "../../../sdk/logic/index.ts";
import { accountId, instrumentId, Kind } from "../../../sdk/types/Ids.ts";

const PERP = instrumentId(1, Kind.Perp);

/** A pool in which accounts hold so much of a perp, and so much of it is open. */
function pool(sizes: readonly bigint[], open: bigint): Snapshot {
  const accounts = sizes.map((size, i) => {
    const positions = [{ instrument: PERP, size, entry: 0n }];
    return [accountId(`0x${"00".repeat(20)}`, BigInt(i + 1)), { ...EMPTY, positions }];
  });
  const interests = { [keyOf(PERP)]: { open, delta: 10n ** 18n } };
  return { accounts: Object.fromEntries(accounts), interests } as unknown as Snapshot;
}

describe("who holds what in the end", () => {
  it("is even if longs are shorts, and both the open interest", () => {
    expect(balanceOf(pool([5n, -2n, -3n], 5n))).to.deep.equal({ instruments: 1, unbalanced: 0 });
  });

  it("is uneven if a short is missing", () => {
    expect(balanceOf(pool([5n, -2n], 5n))).to.deep.equal({ instruments: 1, unbalanced: 1 });
  });

  it("is uneven if the house counts another open interest", () => {
    expect(balanceOf(pool([5n, -5n], 6n))).to.deep.equal({ instruments: 1, unbalanced: 1 });
  });
});
