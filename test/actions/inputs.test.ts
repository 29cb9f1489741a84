import { expect } from "chai";
import fc from "fast-check";
import { createWalletClient, custom, getAddress, numberToHex, type Address, type Hex } from "viem";

import { encode, deposit, withdraw } from "../../sdk/actions/index.ts";
import { NO_LOSS_LIMIT, setOperatorAct } from "../../sdk/actions/setOperator.ts";
import { scopes } from "../../sdk/actions/scopes.ts";
import { fromSigner } from "../../sdk/ethers.ts";
import { BadAddress, BadWord, LossLimitMissing, NoCode } from "../../sdk/errors/inputs.ts";
import { OutOfBounds } from "../../sdk/errors/OutOfBounds.ts";
import { accountId, indexOf, ownerOf } from "../../sdk/types/Ids.ts";

const OWNER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const TOKEN = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
const DOOR = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512";
const MISTYPED = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92267" as Address; // the last digit
const pool = { clearinghouse: DOOR, vault: TOKEN } as never;

const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => getAddress(`0x${Buffer.from(bytes).toString("hex")}`));

describe("an account's name", () => {
  it("holds owner and index, of any address and any 96 bits", () => {
    fc.assert(
      fc.property(address, fc.bigInt(0n, 2n ** 96n - 1n), (owner, index) => {
        const id = accountId(owner, index);
        expect([ownerOf(id), indexOf(id)]).to.deep.equal([owner.toLowerCase(), index]);
      }),
    );
  });

  it("is refused of an address with one digit wrong, wherever it is", () => {
    fc.assert(
      fc.property(
        address,
        fc.integer({ min: 2, max: 41 }),
        fc.integer({ min: 1, max: 9 }),
        (a, at, by) => {
          const digit = a[at]!;
          fc.pre(/[0-9]/.test(digit) && /[a-f]/.test(a) && /[A-F]/.test(a));
          const wrong =
            `${a.slice(0, at)}${(Number(digit) + by) % 10}${a.slice(at + 1)}` as Address;
          fc.pre(getAddress(wrong.toLowerCase() as Address) !== wrong);
          expect(() => accountId(wrong)).to.throw(BadAddress);
        },
      ),
    );
  });

  it("is refused of what is no address, and of an index out of 96 bits", () => {
    for (const name of ["vitalik.eth", "", "0x", "0x1234", `${OWNER}00`, OWNER.slice(2)]) {
      expect(() => accountId(name as Address), name).to.throw(BadAddress);
    }
    for (const index of [-1n, 2n ** 96n]) {
      expect(() => accountId(OWNER, index)).to.throw(OutOfBounds);
    }
  });
});

describe("an act's data", () => {
  it("is refused where any address or account in it is none, by the place it stands at", () => {
    const account = accountId(OWNER);
    const bad = (args: unknown, verb = "deposit") =>
      expect(() => encode({ pool, verb, args } as never));
    bad([account, MISTYPED, 1n]).to.throw(BadAddress, "token");
    bad(["vitalik.eth", TOKEN, 1n]).to.throw(BadWord, "account");
    const order = { account, signer: MISTYPED, taker: account } as Record<string, unknown>;
    bad([[order]], "cancel").to.throw(BadAddress, "orders[0].signer");
  });
});

/** A chain on which code stands where it is told to, and what was sent to it. */
function chain(code: Record<string, Hex>) {
  const sent: unknown[] = [];
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    if (method === "eth_getCode") return code[(params as string[])[0]!.toLowerCase()] ?? "0x";
    if (method === "eth_chainId") return numberToHex(31_337);
    if (method === "eth_sendTransaction") return (sent.push(params), `0x${"11".repeat(32)}`);
    return "0x";
  };
  return { request, sent };
}

describe("a transaction to an address without code", () => {
  for (const [what, code] of [
    ["nothing stands", {}],
    ["a wallet stands that borrows code", { [DOOR.toLowerCase()]: `0xef0100${"22".repeat(20)}` }],
  ] as [string, Record<string, Hex>][]) {
    it(`is refused before it is sent, where ${what}`, async () => {
      const { request, sent } = chain(code);
      const client = createWalletClient({ account: OWNER, transport: custom({ request }) });
      const args = { pool, account: accountId(OWNER), token: TOKEN as Address, amount: 1n };
      const refused = await deposit(client as never, args).catch((e: unknown) => e);
      expect(refused).to.be.instanceOf(NoCode);
      expect((refused as NoCode).address).to.equal(DOOR);
      const out = await withdraw(client as never, { ...args, to: OWNER } as never).catch(
        (e: unknown) => e,
      );
      expect(out).to.be.instanceOf(NoCode);
      expect(sent).to.deep.equal([]);
    });
  }

  it("is refused by the ethers adapter too", async () => {
    const { request, sent } = chain({});
    const { JsonRpcApiProvider } = await import("ethers");
    class Provider extends JsonRpcApiProvider {
      override async _send(payload: never) {
        const { id, method, params } = payload as { id: number; method: string; params: unknown };
        return [{ id, result: await request({ method, params }) }] as never;
      }
    }
    const provider = new Provider(31_337, { staticNetwork: true } as never);
    const { JsonRpcSigner } = await import("ethers");
    const actions = await fromSigner(new JsonRpcSigner(provider, OWNER));
    const args = { pool, account: accountId(OWNER), token: TOKEN as Address, amount: 1n };
    expect(await actions.deposit(args).catch((e: unknown) => e)).to.be.instanceOf(NoCode);
    expect(sent).to.deep.equal([]);
    provider.destroy();
  });
});

describe("an operator who may trade", () => {
  const args = {
    pool,
    account: accountId(OWNER),
    operator: TOKEN as Address,
    expiry: 4_000_000_000,
  };

  it("is given a loss limit, or none by name", () => {
    expect(() => setOperatorAct({ ...args, scopes: scopes.trade })).to.throw(LossLimitMissing);
    expect(() => setOperatorAct({ ...args, scopes: scopes.trade | scopes.deposit })).to.throw(
      LossLimitMissing,
    );
    const given = setOperatorAct({ ...args, scopes: scopes.trade, lossLimit: NO_LOSS_LIMIT });
    expect(given.args[4]).to.equal(2n ** 64n - 1n); // all that the chain's 64 bits hold
    expect(setOperatorAct({ ...args, scopes: 0 }).args[4]).to.equal(0n);
  });
});
