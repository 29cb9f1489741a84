import { expect } from "chai";
import { describe, it } from "mocha";

import { FUND } from "../../sdk/types/Ids.ts";
import {
  borrower,
  calmPool,
  findersUnpaid,
  gap,
  idOf,
  later,
  near,
  offer,
  phaseOf,
  usd,
  withdraw,
} from "../fixtures/margin.ts";
import { refuses } from "../fixtures/refusal.ts";
import { told } from "../fixtures/told.ts";

/** A fund of 300, bob's 20 000 and dave's 10 000 lent, 14 000 of it to alice against 10 ETH. */
async function pool() {
  const local = told(await calmPool(findersUnpaid));
  await local.deposit(local.dave, "USDC", 10_000);
  const alice = await borrower(local, 14_000, 20_000);
  await local.fund(local.carol, "USDC", 300);
  const { clearinghouse, carol } = local;
  const usdc = local.pool.tokens["USDC"]!;
  await clearinghouse.write.deposit([FUND, usdc, 300_000_000n], { account: carol.account });
  return {
    local,
    alice,
    cash: async (id: `0x${string}`) => usd(await clearinghouse.read.cashOf([id])),
  };
}

describe("story: a gap to bankruptcy", () => {
  it("costs the insurance fund, then the lenders, exactly the deficit", async () => {
    const { local, alice, cash } = await pool();
    const { clearinghouse, bob, carol, dave } = local;

    // 1 300: E = −1 000. MM = 17.07 % of 13 000 + 105 = 2 324.
    await gap(local, alice, 1_300);
    expect((await clearinghouse.read.accountOf([alice])).call.backed > 0).to.equal(true);

    // Just backed: X = 0.25 % of 13 000 = 32.5 and grows. Carol, who has no capital, takes the whole
    // book and is paid X + 1 000: her equity is X. 300 comes from the fund, the rest from lenders.
    const slice = await clearinghouse.read.quote([alice, 10n ** 18n]);
    expect(slice.largest).to.equal(10n ** 18n);
    near(usd(slice.waterfall), 1_000 + 32.5, 2);
    expect(slice.price).to.equal(-slice.waterfall);
    // X alone is no margin for 10 ETH: she brings 5 000 of her own.
    await local.deposit(carol, "USDC", 5_000);

    const [lent, fund] = [(await cash(idOf(bob))) + (await cash(idOf(dave))), await cash(FUND)];
    const before = await cash(idOf(carol));
    const sold = await clearinghouse.write.bid([offer(alice, idOf(carol))], {
      account: carol.account,
    });
    const log = await local.clearinghouse.getEvents.Bid(
      {},
      { blockHash: (await receipt(sold)).blockHash },
    );
    const paid = usd(log[0]!.args.slice!.waterfall);

    // Σ of what lenders had falls by the deficit: what was paid beyond the fund. Carol lent 5 000 of
    // it herself, and bears her share before she pays.
    expect(await cash(FUND)).to.equal(0);
    const deficit = paid - fund;
    const lentNow = (await cash(idOf(bob))) + (await cash(idOf(dave)));
    near(lent - lentNow, (deficit * lent) / (lent + before), 0.01);
    near(before, 5_000, 0.01);
    expect(await cash(alice)).to.equal(0);
    expect(await phaseOf(local, alice)).to.equal("Clear");

    async function receipt(hash: `0x${string}`) {
      return local.client.getTransactionReceipt({ hash });
    }
  });

  it("costs lenders at most a fifth a day; who leaves before, leaves its share", async () => {
    const { local, alice, cash } = await pool();
    const { clearinghouse, bob, carol, dave } = local;

    // 500: E = −9 000. After the fund's 300 some 8 700 are missing of 30 000 that bob and dave lent.
    await gap(local, alice, 500);
    await local.deposit(carol, "ETH", 100); // capital that is not cash, so that only bob and dave lend
    const lent = (await cash(idOf(bob))) + (await cash(idOf(dave)));
    await clearinghouse.write.bid([offer(alice, idOf(carol))], { account: carol.account });
    const [ledger] = await clearinghouse.read.ledger();
    near(usd(ledger.lossToday), 0.2 * lent, 1); // 6 000 today
    const left = usd(ledger.deficit);
    near(left, 9_000 + 0.0025 * 5_000 - 300 - 0.2 * lent, 15); // 2 700 stay booked
    near((await cash(idOf(bob))) + (await cash(idOf(dave))), 0.8 * lent, 1);

    // Their cash says 24 000, of which 2 700 are lost already: 11.3 % of any withdrawal stays behind.
    const share = left / (0.8 * lent);
    const [had, deficit] = [await cash(idOf(dave)), left];
    await withdraw(local, dave, "USDC", 1_000);
    near(had - (await cash(idOf(dave))), 1_000 / (1 - share), 0.01);
    const [after] = await clearinghouse.read.ledger();
    near(deficit - usd(after.deficit), 1_000 / (1 - share) - 1_000, 0.01);

    // A margin screen counts it at once.
    const [equity] = await clearinghouse.read.health([idOf(bob)]);
    near(usd(equity), (await cash(idOf(bob))) * (1 - share), 1);

    // Next day the rest is less than a fifth: all of it is borne, and nothing stays booked.
    const owed = usd(after.deficit);
    const sum = (await cash(idOf(bob))) + (await cash(idOf(dave)));
    await local.networkHelpers.time.increase(86_400);
    await clearinghouse.write.accrue();
    const [next] = await clearinghouse.read.ledger();
    expect(next.deficit).to.equal(0n);
    near(usd(next.lossToday), owed, 0.001);
    const now = (await cash(idOf(bob))) + (await cash(idOf(dave)));
    near(sum - now, owed, 10); // less a day's interest
    // and a withdrawal is whole again
    const whole = await cash(idOf(dave));
    await withdraw(local, dave, "USDC", 100);
    near(whole - (await cash(idOf(dave))), 100, 0.01);
  });

  it("takes more than one day, if a day's fifth is not enough", async () => {
    const { local, alice, cash } = await pool();
    const { clearinghouse, bob, carol, dave } = local;
    // 200: E = −12 000, 11 700 missing: 20 % of 30 000 today, 20 % of 24 000 tomorrow, then the rest.
    await gap(local, alice, 200);
    await local.deposit(carol, "ETH", 1_000);
    const lent = (await cash(idOf(bob))) + (await cash(idOf(dave)));
    await clearinghouse.write.bid([offer(alice, idOf(carol))], { account: carol.account });
    await clearinghouse.write.accrue(); // nothing more today
    near(usd((await clearinghouse.read.ledger())[0].lossToday), 0.2 * lent, 1);
    await local.networkHelpers.time.increase(86_400);
    await clearinghouse.write.accrue();
    near(usd((await clearinghouse.read.ledger())[0].lossToday), 0.16 * lent, 10);
    const rest = usd((await clearinghouse.read.ledger())[0].deficit);
    near(rest, 12_000 + 5 - 300 - 0.36 * lent, 30);
    await local.networkHelpers.time.increase(86_400);
    await clearinghouse.write.accrue();
    expect((await clearinghouse.read.ledger())[0].deficit).to.equal(0n);
  });
});

describe("story: an auction to which nobody comes", () => {
  it("goes to the house after half an hour, and its proceeds to the fund", async () => {
    const { local, alice, cash } = await pool();
    const { clearinghouse, carol } = local;

    // 1 410: E = 100, under 1 % of V = 141 and a quarter of MM = 628: backed.
    await gap(local, alice, 1_410);
    await later(local, 1_800, { ETH: 1_410 });
    const fund = await cash(FUND);
    await clearinghouse.write.takeOver([alice]);

    // The owner keeps a fifth of what is left of 100, and no debt.
    const kept = await cash(alice);
    near(kept, 20, 1);
    expect(await phaseOf(local, alice)).to.equal("Clear");
    const backstopAccount = `0x${"00".repeat(31)}01` as const;
    expect((await clearinghouse.read.accountOf([backstopAccount])).holdings[0]! >> 16n).to.equal(
      10n ** 19n,
    );
    near(await cash(backstopAccount), -14_000 - 20, 2);

    // The house's book is for sale at any health, whole: at 1 500 E = 980, MM = 2 665.
    await later(local, 60, { ETH: 1_500 });
    await local.deposit(carol, "USDC", 50_000);
    await clearinghouse.write.bid([offer(backstopAccount, idOf(carol))], {
      account: carol.account,
    });
    // A minute into its own ramp D is 0.25 + 9.75·(63/1 800) = 0.59 % of 15 000 = 89: 891 go to the
    // house account, and from there to the fund. The 20 that the owner kept are its cost.
    near((await cash(FUND)) - fund, 980 - 89, 3);
    expect(await cash(backstopAccount)).to.equal(0);
    expect(await phaseOf(local, backstopAccount)).to.equal("Clear");
    expect((await clearinghouse.read.accountOf([backstopAccount])).holdings[0]).to.equal(0n);
  });

  it("stays its owner's once its equity could pay bidders again", async () => {
    const { local, alice } = await pool();
    await gap(local, alice, 1_410);
    // 1 500: E = 1 000, more than 1 % of V = 150 and than a quarter of MM = 666.
    await later(local, 1_801, { ETH: 1_500 });
    await refuses(local, () => local.clearinghouse.write.takeOver([alice]), "TakeOverTooEarly");
    await later(local, 60, { ETH: 1_410 });
    await local.clearinghouse.write.takeOver([alice]);
  });
});
