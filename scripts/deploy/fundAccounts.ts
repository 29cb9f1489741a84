import type { NetworkConnection } from "hardhat/types/network";
import { encodeFunctionData, maxUint256, parseUnits, type Address, type Hex } from "viem";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { tokenAbi } from "../../sdk/generated/tokenAbi.ts";
import type { Params } from "../../sdk/params/params.ts";
import { accountId } from "../../sdk/types/Ids.ts";
import type { Pool } from "../../sdk/types/Pool.ts";

const UNITS = 1_000; // of an asset, for each account
const COINS = 1_000_000; // of a stable
const LENT = 10_000_000; // cash that the last account lends, so that others can borrow

/** Gives every account of a local chain tokens of every minted listing, approved to the vault. */
export async function fundAccounts(
  connection: NetworkConnection,
  pool: Pool,
  params: Params,
): Promise<Address[]> {
  const wallets = await connection.viem.getWalletClients();
  const accounts = wallets.map(({ account }) => account.address);
  for (const [symbol, { token: named, decimals }] of Object.entries(params.listings)) {
    if (named !== "mint") continue;
    const token = pool.tokens[symbol]!;
    const amount = parseUnits(String(params.stables[symbol] ? COINS : UNITS), decimals);
    for (const owner of accounts) {
      await send(connection, owner, token, mint(owner, amount));
      await send(connection, owner, token, approve(pool.vault));
    }
  }
  await lend(connection, pool, params, accounts.at(-1)!);
  return accounts;
}

/** Cash for others to borrow. */
async function lend(connection: NetworkConnection, pool: Pool, params: Params, by: Address) {
  const symbol = Object.keys(params.stables).find((name) => params.stables[name]!.cash)!;
  const listing = params.listings[symbol]!;
  if (listing.token !== "mint") return;
  const token = pool.tokens[symbol]!;
  const amount = parseUnits(String(LENT), listing.decimals);
  await send(connection, by, token, mint(by, amount));
  const args = [accountId(by), token, amount] as const;
  const data = encodeFunctionData({ abi: clearinghouseAbi, functionName: "deposit", args });
  await send(connection, by, pool.clearinghouse, data);
}

function mint(to: Address, amount: bigint): Hex {
  return encodeFunctionData({ abi: tokenAbi, functionName: "mint", args: [to, amount] });
}

function approve(vault: Address): Hex {
  return encodeFunctionData({ abi: tokenAbi, functionName: "approve", args: [vault, maxUint256] });
}

/** Without asking for gas or nonce: a local node needs neither. */
async function send({ provider }: NetworkConnection, from: Address, to: Address, data: Hex) {
  const gas = "0x7a120";
  await provider.request({ method: "eth_sendTransaction", params: [{ from, to, data, gas }] });
}
