import { once } from "../fixtures/once.ts";
import { changed, openPool } from "../fixtures/pool.ts";
import { borrow, call, getAccount } from "../../sdk/actions/index.ts";
import { Phase } from "../../sdk/snapshot/Snapshot.ts";
import { accountId } from "../../sdk/types/Ids.ts";

const MINUTE = 60;

/** A pool where bob lends a million, and alice has borrowed 14 000 against 100 ETH at 195. */
export const stage = once(build);

async function build() {
  const local = await openPool(changed());
  const { alice, bob, carol, pool, units, deposit, setPrice, networkHelpers } = local;
  const [account, lender, receiver] = [alice, bob, carol].map((a) => accountId(a.account.address));
  await deposit(bob, "USDC", 1_000_000);
  await deposit(alice, "ETH", 100);
  await borrow(alice, { pool, account: account!, amount: units("USDC", 14_000) });

  /** A new ETH price, in a round that counts. */
  async function moveTo(price: number) {
    await networkHelpers.time.increase(2 * MINUTE);
    await setPrice("ETH", price);
  }

  /** Carol pokes alice at one price, round after round, until the auction opens. */
  async function openAuction(price: number) {
    await moveTo(price);
    await setPrice("USDC", 1); // may have gone stale
    while ((await getAccount(carol, { pool, account: account! })).phase !== Phase.Auction) {
      await call(carol, { pool, account: account! });
      await networkHelpers.time.increase(5 * MINUTE);
      await setPrice("ETH", price);
    }
  }

  return {
    ...local,
    ...{ account: account!, lender: lender!, receiver: receiver!, moveTo, openAuction },
  };
}
