import { encodeFunctionData, parseUnits, type Address, type Hex } from "viem";

import type { Random } from "../../sdk/sim/random.ts";
import { accountId, type AccountId } from "../../sdk/types/Ids.ts";
import { SYMBOLS, VALUES, type Market } from "./openMarket.ts";

/** How many accounts each actor opens, and at most how much of its collateral each owes. */
export interface Opening {
  readonly each: number;
  readonly leverage: number;
  readonly kinds?: number; // of collateral in one account at most; five if left out
}

/** Accounts with a few kinds of collateral, most of them with a debt. */
export async function openAccounts(
  market: Market,
  random: Random,
  opening: Opening,
): Promise<AccountId[]> {
  const ids: AccountId[] = [];
  for (const { account } of market.actors) {
    for (let index = 0n; index < opening.each; index++) {
      const id = accountId(account.address, index);
      const calls = openingOf(market, random, { id, owner: account.address, ...opening });
      await market.clearinghouse.write.batch([calls], { account: account.address });
      ids.push(id);
    }
  }
  return ids;
}

interface Account extends Opening {
  readonly id: AccountId;
  readonly owner: Address;
}

function openingOf(
  market: Market,
  random: Random,
  { id, owner, leverage, kinds: most = 5 }: Account,
): Hex[] {
  const kinds = random.shuffle(SYMBOLS.filter((name) => name !== "USDC"));
  const worth = kinds.slice(0, 1 + random.integer(most)).map((name) => {
    return [name, 10 ** (1.5 + 2.5 * random.uniform())] as const;
  });
  const sum = worth.reduce((total, [, dollars]) => total + dollars, 0);
  const call = (name: "deposit" | "withdraw", symbol: string, dollars: number) => {
    const args = [id, market.pool.tokens[symbol]!, unitsOf(market, symbol, dollars)] as const;
    const { abi } = market.clearinghouse;
    if (name === "deposit") return encodeFunctionData({ abi, functionName: name, args });
    return encodeFunctionData({ abi, functionName: name, args: [...args, owner] });
  };
  const cash = sum * leverage * random.uniform();
  const last = random.integer(5) === 0 ? "deposit" : "withdraw";
  return [
    ...worth.map(([name, dollars]) => call("deposit", name, dollars)),
    call(last, "USDC", cash),
  ];
}

/** Token units worth so many dollars at first. */
export function unitsOf({ params }: Market, symbol: string, dollars: number): bigint {
  const { decimals } = params.listings[symbol]!;
  return parseUnits((dollars / VALUES[symbol]!).toFixed(decimals), decimals);
}
