import type { NetworkConnection } from "hardhat/types/network";
import { encodeFunctionData, maxUint256, parseUnits, type Address, type Hex } from "viem";

import { tokenAbi } from "../abi.ts";
import type { Params } from "../params/params.ts";
import type { Pool } from "../types/Pool.ts";

const UNITS = 1_000; // of an asset, for each account
const COINS = 1_000_000; // of a stable

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
      await send(connection, owner, token, ["mint", [owner, amount]]);
      await send(connection, owner, token, ["approve", [pool.vault, maxUint256]]);
    }
  }
  return accounts;
}

type Call = ["mint" | "approve", [Address, bigint]];

/** Without asking for gas or nonce: a local node needs neither. */
async function send(
  { provider }: NetworkConnection,
  from: Address,
  to: Address,
  [functionName, args]: Call,
) {
  const data: Hex = encodeFunctionData({ abi: tokenAbi, functionName, args });
  const gas = "0x30d40";
  await provider.request({ method: "eth_sendTransaction", params: [{ from, to, data, gas }] });
}
