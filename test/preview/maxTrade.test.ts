import { expect } from "chai";

import { decodeError, type BallastError, SelfMatch } from "../../sdk/errors/index.ts";
import { maxTrade, type TradeQuestion } from "../../sdk/preview/maxTrade.ts";
import { createRandom } from "../../sdk/sim/random.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { quoteOf } from "../../sdk/logic/quotes.ts";
import { FUND, ownerOf, type AccountId } from "../../sdk/types/Ids.ts";
import { type Fill, MAKER, REDUCE_ONLY, type Order } from "../../sdk/types/Order.ts";
import { plain } from "../parity/plain.ts";
import { signAs } from "./drawTrade.ts";
import { endow } from "./openMarket.ts";
import { openTrading, type TradingMarket } from "./openTrading.ts";

const SEED = 20_261_123;
const QUESTIONS = 36;
const MAX_FEE = 10n ** 28n;

type Thrown = BallastError & { readonly args?: unknown };

describe("the largest trade", () => {
  const random = createRandom(SEED);
  const reasons: Record<string, number> = {};
  let market: TradingMarket;

  before(async function () {
    this.timeout(120_000);
    market = await openTrading();
    await endow(market, createRandom(SEED + 1));
  });

  let salt = 0n;

  function orderOf(
    question: TradeQuestion,
    account: AccountId,
    size: bigint,
    flags: number,
  ): Order {
    const { instrument, price: limitPrice } = question;
    const common = { instrument, limitPrice, maxFee: MAX_FEE, counter: 0n, taker: FUND };
    return {
      ...common,
      account,
      size,
      flags,
      salt: ++salt,
      deadline: 2n ** 40n,
      signer: ownerOf(account),
    };
  }

  async function fillOf(s: Snapshot, question: TradeQuestion, size: bigint): Promise<Fill> {
    const mine = question.side === "buy" ? size : -size;
    const taker = orderOf(question, question.account, mine, question.flags ?? 0);
    const maker = orderOf(question, question.counterparty!, -mine, MAKER);
    return {
      ...{ maker, taker, size },
      makerSignature: await signAs(market, s, maker),
      takerSignature: await signAs(market, s, taker),
    };
  }

  /** What the chain would refuse the fill with, in a block of the latest one's time. */
  async function refusalOf(s: Snapshot, question: TradeQuestion, size: bigint) {
    const fill = await fillOf(s, question, size);
    try {
      await market.clearinghouse.simulate.settle([[fill], true], {
        account: market.dave.account.address,
      });
      return null;
    } catch (thrown) {
      return decodeError(thrown) as Thrown;
    }
  }

  it("is accepted to the wei, and one wei more is refused as foretold", async function () {
    this.timeout(300_000);
    const { lender, owned } = market;
    for (let i = 0; i < QUESTIONS; i++) {
      if (i % 12 === 0) await market.setPrice("ETH", 195 + i);
      const s = await market.snapshot([FUND, lender, ...owned]);
      const { timestamp } = s.block;
      const instrument = random.pick(market.instruments);
      const { mark, high } = quoteOf(s, instrument, timestamp);
      const [account, other] = random.shuffle(owned);
      const question: TradeQuestion = {
        account: account!,
        counterparty: random.integer(4) === 0 ? other! : lender,
        ...{ instrument, side: random.pick(["buy", "sell"] as const) },
        price: i % 17 === 16 ? high + 1n : mark,
        flags: i % 9 === 8 ? REDUCE_ONLY : 0,
      };
      const { amount, reason, refusal } = maxTrade(s, question, { timestamp });
      const where = `seed ${SEED}, question ${i}: ${amount} for ${reason}`;
      if (amount > 0n) expect(await refusalOf(s, question, amount), where).to.equal(null);
      const chain = await refusalOf(s, question, amount + 1n);
      const { name, args } = refusal as Thrown;
      expect(plain([chain?.name, chain?.args]), where).to.deep.equal(plain([name, args]));
      reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    console.log(`      seed ${SEED}: ${QUESTIONS} limits, exact`, reasons);
    expect(reasons).to.include.keys("margin");

    const [account] = owned;
    const [instrument] = market.instruments;
    const itself = { account: account!, counterparty: account!, instrument: instrument! };
    const s = await market.snapshot([FUND, lender, ...owned]);
    const { timestamp } = s.block;
    expect(() => maxTrade(s, { ...itself, side: "buy", price: 1n }, { timestamp })).to.throw(
      SelfMatch,
    );
  });
});
