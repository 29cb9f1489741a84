import { stage } from "../actions/stage.ts";
import { chainWorld, type Checkpoint, type Outcome, type Policy } from "../../sdk/keeper/index.ts";
import { getSnapshot } from "../../sdk/snapshot/getSnapshot.ts";

export const WAD = 10n ** 18n;
export const ETH = 0x0200; // the asset
export const WSTETH = 0x0201; // which follows it

/** Carol keeps a pool in which alice is deep in debt and bob lends; she has 20 000 of cash in it. */
export async function keeperStage() {
  const s = await stage();
  const { carol, client, pool, account, receiver, lender } = s;
  await s.deposit(carol, "USDC", 20_000);
  const policy: Policy = {
    ...{ receiver, minProfit: 5n * WAD, capital: 1_000_000n * WAD },
    ...{ pokeAfter: 60, observeFrom: 1 },
  };
  const log: Outcome[] = [];
  let kept: Checkpoint = { block: 0n, accounts: [] };
  const world = chainWorld({
    ...{ pool, policy, reader: client, writer: carol, log: (outcome) => log.push(outcome) },
    ...{ load: () => kept, save: (found) => void (kept = found) },
    clock: () => 0,
  });
  const snapshot = () => getSnapshot(client, { pool, accounts: [account, receiver, lender] });
  return { ...s, policy, world, log, snapshot, checkpoint: () => kept };
}

/** The verbs of steps, with whom or what they are about. */
export function shortly(steps: readonly object[]): string[] {
  return steps.map((step) => {
    const { verb, account, factor } = step as { verb: string; account?: string; factor?: number };
    return `${verb} ${account ?? factor}`;
  });
}
