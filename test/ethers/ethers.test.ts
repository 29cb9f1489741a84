import { expect } from "chai";
import { AbstractProvider, VoidSigner, Wallet, type Signer } from "ethers";
import { getAddresses, sendTransaction } from "viem/actions";

import { getMargin, setGrace } from "../../sdk/actions/index.ts";
import * as errors from "../../sdk/errors/index.ts";
import { fromProvider, fromSigner, NoJsonRpc } from "../../sdk/ethers.ts";
import { accountId } from "../../sdk/types/Ids.ts";
import {
  IClearinghouse__factory,
  Token__factory,
  type IClearinghouse,
  type Token,
} from "../../types/ethers-contracts/index.js";
import { stage } from "../actions/stage.ts";

const ETHER = 10n ** 18n;

describe("the ethers adapter", () => {
  let s: Awaited<ReturnType<typeof stage>>;
  let clearinghouse: IClearinghouse;
  let usdc: Token;
  let bob: Signer;

  before(async () => {
    s = await stage();
    const { ethers } = s.connection;
    const [admin] = await ethers.getSigners();
    clearinghouse = IClearinghouse__factory.connect(s.pool.clearinghouse, admin);
    usdc = Token__factory.connect(s.pool.tokens["USDC"]!, admin);
    bob = await ethers.getSigner(s.bob.account.address);
  });

  /** A key that the node does not know. */
  async function stranger(): Promise<Wallet> {
    const wallet = new Wallet(`0x${"11".repeat(32)}`, s.connection.ethers.provider);
    await s.networkHelpers.setBalance(wallet.address, ETHER);
    return wallet;
  }

  it("a signer deposits what TypeChain's contract then shows", async () => {
    const { pool, units } = s;
    const wallet = await stranger();
    await usdc.mint(wallet.address, units("USDC", 50));
    const account = accountId(wallet.address as `0x${string}`);
    const token = pool.tokens["USDC"]!;
    const actions = await fromSigner(wallet);
    await actions.approve({ pool, token, amount: units("USDC", 50) });
    const { hash } = await actions.deposit({ pool, account, token, amount: units("USDC", 50) });
    const mined = await s.connection.ethers.provider.getTransactionReceipt(hash);
    expect(mined?.from).to.equal(wallet.address);
    expect(await clearinghouse.cashOf(account)).to.be.closeTo(50n * ETHER, 1_000n);
    expect(await usdc.balanceOf(wallet.address)).to.equal(0n);
  });

  it("a signer that the node signs for works as well", async () => {
    const { pool, lender } = s;
    const actions = await fromSigner(bob);
    await actions.setGrace({ pool, account: lender, tier: 2 });
    expect((await clearinghouse.accountOf(lender)).tier).to.equal(2n);
  });

  it("its client speaks for the signer alone, and sends ether as well", async () => {
    const wallet = await stranger();
    const { client } = await fromSigner(wallet);
    expect(await getAddresses(client)).to.deep.equal([wallet.address]);
    const to = `0x${"22".repeat(20)}` as const;
    await sendTransaction(client, { to, value: ETHER / 4n, chain: null });
    expect(await s.client.getBalance({ address: to })).to.equal(ETHER / 4n);
  });

  it("its client is one that every action takes", async () => {
    const { pool, lender } = s;
    const { client } = await fromSigner(bob);
    await setGrace(client, { pool, account: lender, tier: 1 });
    expect((await clearinghouse.accountOf(lender)).tier).to.equal(1n);
  });

  it("a provider reads what TypeChain's contract reads", async () => {
    const { pool, account, connection } = s;
    const actions = fromProvider(connection.ethers.provider as never);
    const { equity, maintenance } = await actions.getMargin({ pool, account });
    expect([equity, maintenance]).to.deep.equal([...(await clearinghouse.health(account))]);
    expect(await getMargin(actions.client, { pool, account })).to.include({ equity });
  });

  it("refusals are the same classes, before the signer is asked", async () => {
    const { pool, account, units } = s;
    const actions = await fromSigner(bob);
    const count = await bob.getNonce();
    const act = { pool, account, token: pool.tokens["ETH"]!, amount: units("ETH", 1) };
    const error = await actions.withdraw(act).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(errors.NotAuthorized);
    expect((error as errors.NotAuthorized).caller).to.equal(await bob.getAddress());
    expect(await bob.getNonce()).to.equal(count);
  });

  it("refuses a signer without a node, and a provider without JSON-RPC", async () => {
    const lost = await fromSigner(new VoidSigner(await bob.getAddress())).catch((e: unknown) => e);
    expect(lost).to.be.instanceOf(NoJsonRpc);
    expect(() => fromProvider(new AbstractProvider() as never)).to.throw(NoJsonRpc);
  });
});
