import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";
import { encodeFunctionData, parseEventLogs, zeroHash, type Hex } from "viem";

import { idOf, later, offer } from "../../fixtures/margin.ts";
import { calmMarket, encoded, meet, pair, settle, taking } from "../../fixtures/market.ts";
import { decode, digest, refuses } from "../../fixtures/refusal.ts";
import { fillOf, perp, sizeOf, type Trading } from "../../fixtures/trading.ts";

const eth = perp(2);
const wish = { instrument: eth, size: 1, price: 2_000 };

describe("attack: many fills at once", () => {
  let local: Trading;

  beforeEach(async () => {
    local = await calmMarket();
  });

  /** What a transaction says it left out, by place. */
  async function failures(hash: Hex) {
    const { logs } = await local.client.getTransactionReceipt({ hash });
    return parseEventLogs({ abi: local.clearinghouse.abi, logs, eventName: "FillFailed" }).map(
      ({ args }) => [Number(args.index), decode(args.reason).name] as const,
    );
  }

  it("a failing fill fails alone, with its reason, if it is asked to", async () => {
    const { alice, bob, carol } = local;
    const good = await meet(local, alice, bob, wish);
    const fills = [
      good,
      good, // spent by now
      await meet(local, alice, bob, { ...wish, size: 200 }), // 400 000 on 100 000
      await meet(local, carol, bob, { ...wish, price: 2_071 }),
      await meet(local, carol, bob, wish, { counter: 0n, deadline: (await soon()) + 1 }),
      await meet(local, carol, bob, wish),
      { ...good, maker: { ...good.maker, account: zeroHash } },
    ];
    await refuses(local, () => settle(local, fills), "Overfilled");
    const hash = await settle(local, fills, false);
    const found = await failures(hash);
    expect(found).to.deep.equal([
      [1, "Overfilled"],
      [2, "MarginTooLow"],
      [3, "PriceOutsideBand"],
      [6, "ReservedAccount"],
    ]);
    expect(await sizeOf(local, idOf(alice), eth)).to.equal(1);
    expect(await sizeOf(local, idOf(carol), eth)).to.equal(2);
    expect(await sizeOf(local, idOf(bob), eth)).to.equal(-3);
  });

  async function soon() {
    return (await local.networkHelpers.time.latest()) + 600;
  }

  it("fills that all fail leave nothing behind but their reasons", async () => {
    const { alice, bob } = local;
    const fills = [
      await meet(local, alice, bob, { ...wish, size: 200 }),
      await meet(local, alice, bob, { ...wish, price: 1 }),
    ];
    const before = await digest(local);
    const hash = await settle(local, fills, false);
    expect(await failures(hash)).to.have.length(2);
    expect(await digest(local)).to.equal(before);
  });

  it("no fill at all is no harm", async () => {
    const before = await digest(local);
    await settle(local, []);
    await settle(local, [], false);
    expect(await digest(local)).to.equal(before);
  });

  it("one fill's order, freed by its failure, is good for the next", async () => {
    const { alice, bob, carol } = local;
    const [sell, poor] = await pair(local, alice, bob, { ...wish, size: 60 });
    const [, rich] = await pair(local, carol, bob, wish);
    const half = fillOf(sell, poor); // IM of 60 is some 55 000: bob and alice bear it
    const fills = [fillOf(sell, poor, 10n ** 18n * 61n), fillOf(sell, rich), half];
    const hash = await settle(local, fills, false);
    expect((await failures(hash)).map(([i]) => i)).to.deep.equal([0, 2]);
    expect(await sizeOf(local, idOf(carol), eth)).to.equal(1);
  });

  it("a wallet that is asked for its word gets no verb in", async () => {
    const { alice, bob, carol, clearinghouse, pool } = local;
    const wallet = await local.viem.deployContract("Wallet");
    const id = idOf({ account: wallet });
    const usdc = pool.tokens["USDC"]!;
    await local.fund(alice, "USDC", 10_000);
    await clearinghouse.write.deposit([id, usdc, 10_000_000_000n], { account: alice.account });
    const [sell, buy] = await pair(local, alice, bob, wish);
    const order = { ...sell.order, account: id, signer: wallet.address };
    const fill = fillOf({ order, signature: "0x" }, buy);
    const [other] = await pair(local, carol, bob, wish);
    const encode = encodeFunctionData;
    const { abi } = clearinghouse;
    const accrue = encode({ abi, functionName: "accrue" });
    const verbs: Hex[] = [
      encoded(local, "settle", [[fill], true]),
      encoded(local, "settle", [[], false]),
      encoded(local, "deposit", [id, usdc, 1n]),
      encoded(local, "withdraw", [id, usdc, 1n, wallet.address]),
      encoded(local, "transfer", [id, idOf(alice), usdc, 1n]),
      encoded(local, "call", [idOf(bob)]),
      encoded(local, "bid", [offer(idOf(bob), id)]),
      encoded(local, "takeOver", [idOf(bob)]),
      accrue,
      encode({ abi, functionName: "repay", args: [idOf(bob), 1n] }),
      encode({
        abi,
        functionName: "setOperator",
        args: [id, wallet.address, 31, 2 ** 39, 10n ** 12n],
      }),
      encode({ abi, functionName: "setGrace", args: [id, 1] }),
      encode({ abi, functionName: "setSponsor", args: [id, wallet.address, 0] }),
      encode({ abi, functionName: "cancel", args: [[other.order]] }),
      encode({ abi, functionName: "cancelBelow", args: [id, 9n] }),
      encode({ abi, functionName: "settleExpiries", args: [2n] }),
      encode({ abi, functionName: "settleExpired", args: [id] }),
      encode({ abi, functionName: "observe", args: [2n, 1n] }),
      encode({ abi, functionName: "batch", args: [[]] }),
      encode({ abi, functionName: "batch", args: [[accrue]] }),
      encode({ abi, functionName: "batchReducing", args: [id, [accrue]] }),
      encode({ abi, functionName: "listExpiry", args: [2n, 0n, 0, 0, 0] }),
      encode({ abi, functionName: "postSurface", args: [2n, 0n, 0, 0, 0, 0n] }),
    ];
    await wallet.write.decide([true]);
    await wallet.write.arm([pool.clearinghouse, verbs]);
    await settle(local, [fill], false); // it says yes only if each was refused as Reentered
    expect(await sizeOf(local, id, eth)).to.equal(-1);
  });

  it("in a batch stand beside other verbs, and are proved with them", async () => {
    const { alice, bob, clearinghouse } = local;
    const id = idOf(alice);
    const fill = await meet(local, alice, bob, { ...wish, size: 50 });
    const calls = (amount: number) => [
      taking(local, alice, id, amount),
      encoded(local, "settle", [[fill], true]),
    ];
    const batch = (amount: number) => () =>
      clearinghouse.write.batch([calls(amount)], { account: alice.account });
    await refuses(local, batch(90_000), "MarginTooLow");
    await batch(40_000)();
    expect(await sizeOf(local, id, eth)).to.equal(50);
  });

  it("in a batch stand beside no call, bid or takeover, in whichever order", async () => {
    const { alice, bob, clearinghouse } = local;
    await later(local, 60, { ETH: 2_000 });
    const fill = await meet(local, alice, bob, wish);
    const fills = [true, false].map((atomic) => encoded(local, "settle", [[fill], atomic]));
    const acts = [
      encoded(local, "call", [idOf(bob)]),
      encoded(local, "bid", [offer(idOf(bob), idOf(alice))]),
      encoded(local, "takeOver", [idOf(bob)]),
    ];
    const account = alice.account;
    for (const settling of fills) {
      for (const act of acts) {
        const after = () => clearinghouse.write.batch([[settling, act]], { account });
        await refuses(local, after, "BatchMixed", []);
        const reducing = () =>
          clearinghouse.write.batchReducing([idOf(alice), [settling, act]], { account });
        await refuses(local, reducing, "BatchMixed", []);
      }
    }
    // First a call that is let in: carol's account is called, then the fill must not follow.
    const called = await shortOfMargin();
    const calls = [encoded(local, "call", [called]), fills[0]!];
    await refuses(local, () => clearinghouse.write.batch([calls], { account }), "BatchMixed", []);
  });

  /**
   * Carol's account, below its margin, not yet called: long 90 at 2 000 of 100 000, and 126 of fees.
   * At 1 050 she has lost 85 500 and has some 14 400; MM is some 18 % of 94 500: 17 000.
   */
  async function shortOfMargin() {
    const { bob, carol } = local;
    const fill = await meet(local, carol, bob, { ...wish, size: 90 });
    await settle(local, [fill]);
    await later(local, 60, { ETH: 1_050 });
    await local.clearinghouse.write.observe([2n, 8n]);
    return idOf(carol);
  }
});
