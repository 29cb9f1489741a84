import { expect } from "chai";

import { lensAbi } from "../../sdk/generated/lensAbi.ts";
import { BlockReplaced } from "../../sdk/snapshot/errors.ts";
import { getSnapshot, type SnapshotClient } from "../../sdk/snapshot/getSnapshot.ts";
import { priceAt } from "../../sdk/snapshot/price.ts";
import { accountId, assetId, CASH, FUND, type AccountId } from "../../sdk/types/Ids.ts";
import { Status } from "../../sdk/types/Price.ts";
import { localPool } from "../fixtures/pool.ts";

const WAD = 10n ** 18n;
const GAS_CAP = 12_000_000n; // of 16 777 216, so that a pool may have more assets

describe("getSnapshot", () => {
  let pool: Awaited<ReturnType<typeof localPool>>;
  let alice: AccountId;

  before(async function () {
    this.timeout(60_000);
    pool = await localPool();
    alice = await pool.deposit(pool.alice, "ETH", 10);
    await pool.deposit(pool.alice, "wstETH", 2);
    await pool.deposit(pool.alice, "USDC", 500);
  });

  const read = (accounts: readonly AccountId[], client: SnapshotClient = pool.client) =>
    getSnapshot(client, { pool: pool.pool, accounts });

  it("reads an account as stored, holdings in their slots", async () => {
    const { accounts } = await read([alice]);
    expect(accounts[alice]!.holdings).to.deep.equal([
      { asset: assetId(2, 0), amount: 10n * WAD },
      { asset: assetId(2, 1), amount: 2n * WAD },
    ]);
    expect(accounts[alice]!.principal > 499n * WAD).to.equal(true);
  });

  it("reads the pool in wads", async () => {
    const s = await read([]);
    expect(s.pool).to.equal(pool.pool.clearinghouse);
    expect(s.version).to.equal(await pool.clearinghouse.read.version());
    expect(s.tiers[1]).to.deep.equal({
      ...{ longest: 1_800, multiplier: (12n * WAD) / 10n },
      ...{ before: 0n, changed: 0 },
    });
    expect(s.liquidation.dust).to.equal(100n * WAD);
    expect(s.cashParams.borrowCap).to.equal(1_000_000_000n * WAD);
    expect(s.cashParams.kink).to.equal((8n * WAD) / 10n);
    expect(s.factors[2]!.params.shockFloor).to.equal((7n * WAD) / 100n);
    expect(s.factors[2]!.params.dailyVolume).to.equal(12_000_000_000n * WAD);
    expect(s.factors[2]!.estimate.crowded).to.equal(false);
    expect(s.assets[assetId(2, 1)]!.charge).to.deep.equal([35n * 10n ** 15n, 5n * 10n ** 16n]);
    expect(s.assets[CASH]).to.include({ decimals: 6, frozen: false });
    expect(s.feeds[CASH]!.ageing).to.include({ heartbeat: 86_400, decimals: 8 });
    expect(s.feeds[assetId(2, 0)]!.price.price).to.equal(195n * WAD);
  });

  it("knows the block it was read at", async () => {
    const block = await pool.client.getBlock();
    const s = await read([]);
    const { number, hash } = block;
    expect(s.block).to.deep.equal({ number, hash, timestamp: Number(block.timestamp) });
  });

  it("reads an older block as it was", async () => {
    const before = await pool.client.getBlockNumber();
    await pool.deposit(pool.alice, "ETH", 1);
    const options = { pool: pool.pool, accounts: [alice], blockNumber: before };
    const s = await getSnapshot(pool.client, options);
    expect(s.accounts[alice]!.holdings[0]!.amount).to.equal(10n * WAD);
    expect(s.block.number).to.equal(before);
  });

  it("is frozen to its leaves", async () => {
    const s = await read([alice]);
    expect(Object.isFrozen(s)).to.equal(true);
    expect(Object.isFrozen(s.accounts[alice]!.holdings[0])).to.equal(true);
    expect(Object.isFrozen(s.factors[2]!.estimate)).to.equal(true);
  });

  it("asks once for 140 accounts, and again for each further 160", async function () {
    this.timeout(30_000);
    let calls = 0;
    const client: SnapshotClient = {
      getBlock: pool.client.getBlock,
      readContract: (args) => {
        calls++;
        return pool.client.readContract(args);
      },
    };
    const many = Array.from({ length: 460 }, (_, i) => {
      return accountId(pool.alice.account.address, BigInt(i));
    });
    expect(Object.keys((await read(many.slice(0, 140), client)).accounts)).to.have.length(140);
    expect(calls).to.equal(1);
    expect(Object.keys((await read(many, client)).accounts)).to.have.length(460);
    expect(calls).to.equal(4);
  });

  it("notices that the block was replaced between two calls", async () => {
    let asked = 0;
    const getBlock = async (args: never) => {
      const block = await pool.client.getBlock(args);
      return asked++ === 0 ? block : { ...block, hash: `0x${"11".repeat(32)}` };
    };
    const client = { readContract: pool.client.readContract, getBlock } as never;
    const many = Array.from({ length: 151 }, (_, i) =>
      accountId(`0x${"22".repeat(20)}`, BigInt(i)),
    );
    const error = await read(many, client).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(BlockReplaced);
  });

  it("brings every round that waits, however many", async function () {
    this.timeout(30_000);
    for (let i = 0; i < 140; i++) await pool.setPrice("ETH", 195 + i / 100);
    const { factors } = await read([]);
    const { pending, estimate } = factors[2]!;
    expect(pending).to.have.length(140);
    expect(pending[0]!.id).to.equal(estimate.round + 1n);
    expect(pending.at(-1)).to.include({ id: estimate.round + 140n, price: 19_639n * 10n ** 16n });
  });

  it("stays under the gas of an eth_call even where every factor is far behind", async function () {
    this.timeout(30_000);
    for (const symbol of ["BTC", "SOL", "LINK"]) {
      for (let i = 0; i < 9; i++) await pool.setPrice(symbol, 50 + i);
    }
    const ids = Array.from({ length: 160 }, (_, i) => accountId(`0x${"33".repeat(20)}`, BigInt(i)));
    const call = { address: pool.lens.address, abi: lensAbi };
    const estimate = pool.client.estimateContractGas;
    const args = [pool.pool.clearinghouse, ids] as const;
    const withPool = [pool.pool.clearinghouse, ids.slice(0, 140)] as const;
    const first = await estimate({ ...call, functionName: "snapshot", args: withPool } as never);
    const next = await estimate({ ...call, functionName: "accountsOf", args } as never);
    console.log(`      ${first} gas of a pool and 140 accounts, ${next} of 160 accounts`);
    expect(first < GAS_CAP && next < GAS_CAP).to.equal(true);
  });

  it("tells when a price goes stale, to the second, and how its band grows", async () => {
    const s = await read([FUND]);
    const { updated } = priceAt(s, CASH, s.block.timestamp);
    for (const age of [86_399, 86_400, 86_401, 90_000, 400_000]) {
      const timestamp = updated + age;
      await pool.networkHelpers.time.increaseTo(timestamp);
      const { assets } = await pool.lens.read.poolOf([pool.pool.clearinghouse]);
      const chain = assets.find(({ asset }) => asset === CASH)!.price;
      const twin = priceAt(s, CASH, timestamp);
      expect({ ...twin, updated: BigInt(twin.updated) }).to.deep.equal(chain);
      expect(twin.status).to.equal(age > 86_400 ? Status.Stale : Status.Ok);
    }
  });
});
