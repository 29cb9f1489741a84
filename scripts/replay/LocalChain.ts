import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { encodeFunctionData, maxUint256, toHex } from "viem";
import type { Abi, Address, Hex, LocalAccount } from "viem";
import { mnemonicToAccount, privateKeyToAccount } from "viem/accounts";

import { aggregatorAbi } from "../../sdk/generated/aggregatorAbi.ts";
import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import { tokenAbi } from "../../sdk/generated/tokenAbi.ts";
import { deployPool } from "../deploy/deployPool.ts";
import { aggregatorOf } from "../../sdk/params/feeds.ts";
import type { Params } from "../../sdk/params/params.ts";
import type { Snapshot } from "../../sdk/snapshot/Snapshot.ts";
import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import type { Pool } from "../../sdk/types/Pool.ts";
import { keepTime } from "./keepTime.ts";

const GAS = "0xf00000"; // under the chain's cap for one transaction
/** Rounds of a factor that are observed at once. */
export const MOST_ROUNDS = 64;
const PAID = ["observe", "call"]; // verbs that earn their sender something, now or later
const MNEMONIC = "test test test test test test test test test test test junk";

/** A pool on an in-process chain whose clock stands where it is put. */
export interface LocalChain {
  readonly connection: NetworkConnection;
  readonly client: Awaited<ReturnType<NetworkConnection["viem"]["getPublicClient"]>>;
  readonly pool: Pool;
  readonly params: Params;
  readonly actors: readonly Address[];
  readonly signers: readonly LocalAccount[]; // the actors' keys
  readonly touched: Set<string>; // words that verbs were given since the pool was last read
  readonly senders: Set<AccountId>; // whom keepers' pay may reach, whoever acts
  readonly seen: { last?: Snapshot }; // the pool as last read
  /** Sends one transaction, mined at once at `time` (unix seconds). Throws what it reverts with. */
  send(call: Call): Promise<Hex>;
}

/** One call of one contract, by one sender, at one time. */
export interface Call {
  readonly from: Address;
  readonly to: Address;
  readonly abi: Abi;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly time: number;
}

/** Where a chain starts. */
export interface ChainOptions {
  readonly params: Params;
  readonly start: number; // unix seconds
  readonly actors: number;
}

/** Starts a chain, deploys the pool, and names its actors. */
export async function openChain({ params, start, actors }: ChainOptions): Promise<LocalChain> {
  const connection = await network.create({
    network: "default",
    override: {
      initialDate: new Date(start * 1000).toISOString(),
      allowBlocksWithSameTimestamp: true,
      accounts: { count: actors, mnemonic: MNEMONIC },
    },
  });
  keepTime(connection.provider, 0);
  const pool = await deployPool(connection, params);
  const client = await connection.viem.getPublicClient();
  const signers = keysOf(actors);
  const send = sender(connection);
  const memory = { touched: new Set<string>(), senders: new Set<AccountId>(), seen: {} };
  return {
    connection,
    client,
    pool,
    params,
    actors: addressesOf(signers),
    signers,
    send,
    ...memory,
  };
}

/** The addresses of a chain's first actors. */
export function actorsOf(count: number): Address[] {
  return addressesOf(keysOf(count));
}

function addressesOf(keys: readonly LocalAccount[]): Address[] {
  return keys.map(({ address }) => address);
}

/** The keys that the chain makes of its mnemonic. */
function keysOf(count: number): LocalAccount[] {
  const root = mnemonicToAccount(MNEMONIC, { path: "m/44'/60'/0'/0" }).getHdKey();
  return Array.from({ length: count }, (_, i) =>
    privateKeyToAccount(toHex(root.deriveChild(i).privateKey!)),
  );
}

function sender(connection: NetworkConnection) {
  return async ({ from, to, abi, name, args, time }: Call): Promise<Hex> => {
    const data = encodeFunctionData({ abi, functionName: name, args });
    await connection.networkHelpers.time.setNextBlockTimestamp(time);
    const tx = { from, to, data, gas: GAS };
    return connection.provider.request({
      method: "eth_sendTransaction",
      params: [tx],
    }) as Promise<Hex>;
  };
}

/** Calls a verb of the clearinghouse. */
export function verb(
  chain: LocalChain,
  name: string,
  args: readonly unknown[],
  by: Address,
  time: number,
) {
  note(chain.touched, args);
  if (PAID.includes(name)) chain.senders.add(accountId(by));
  return chain.send({
    from: by,
    to: chain.pool.clearinghouse,
    abi: clearinghouseAbi,
    name,
    args,
    time,
  });
}

/** Keeps every text inside of what a verb is given, accounts among them. */
function note(touched: Set<string>, given: unknown): void {
  if (typeof given === "string") touched.add(given);
  else if (typeof given === "object" && given !== null) {
    for (const inside of Object.values(given)) note(touched, inside);
  }
}

/** Mints tokens to an actor; once it has approved the vault. */
export async function mint(
  chain: LocalChain,
  symbol: string,
  to: Address,
  amount: bigint,
  time: number,
) {
  const token = { from: to, to: chain.pool.tokens[symbol]!, abi: tokenAbi, time };
  await chain.send({ ...token, name: "mint", args: [to, amount] });
  await chain.send({ ...token, name: "approve", args: [chain.pool.vault, maxUint256] });
}

/** Mints and deposits. */
export async function endow(
  chain: LocalChain,
  account: AccountId,
  { symbol, amount, by, time }: { symbol: string; amount: bigint; by: Address; time: number },
) {
  await mint(chain, symbol, by, amount, time);
  await verb(chain, "deposit", [account, chain.pool.tokens[symbol]!, amount], by, time);
}

/** Puts a new round on every feed, and processes what moves a factor's volatility. */
export async function tell(
  chain: LocalChain,
  prices: Readonly<Record<string, bigint>>,
  time: number,
) {
  const by = chain.actors[0]!;
  for (const [symbol, listing] of Object.entries(chain.params.listings)) {
    const answer = prices[symbol]! / 10n ** BigInt(18 - (aggregatorOf(listing.feed).decimals ?? 8));
    const feed = { from: by, to: chain.pool.feeds[symbol]!, abi: aggregatorAbi, time };
    await chain.send({ ...feed, name: "updateAnswer", args: [answer] });
  }
  for (const id of factorsOf(chain.params)) {
    await verb(chain, "observe", [id, BigInt(MOST_ROUNDS)], by, time);
  }
}

/** Ids of the factors that are listed. */
export function factorsOf(params: Params): bigint[] {
  const underlyings = Object.keys(params.listings).filter((s) => params.assets[s]?.index === 0);
  return underlyings.map((symbol) => BigInt(params.factors[symbol]!.id));
}
