import { openAnvil } from "../fixtures/anvil.ts";
import type { Scene } from "./scene.ts";

const GAS = 400_000_000n; // to write whole pools; the gas of verbs is another test's

/** The real logic behind a harness that writes what it is told, on a chain of its own. */
export async function openStateHarness() {
  const { viem } = await openAnvil();
  const deploy = async (name: "Curves" | "Ramps") => (await viem.deployContract(name)).address;
  const [Curves, Ramps] = [await deploy("Curves"), await deploy("Ramps")];
  const ramped = { libraries: { Ramps } };
  const { address: Estimates } = await viem.deployContract("Estimates", [], ramped);
  const priced = { libraries: { Curves, Ramps } };
  const { address: Quotes } = await viem.deployContract("Quotes", [], priced);
  const { address: Rates } = await viem.deployContract("Rates");
  const below = { libraries: { Curves, Estimates, Quotes, Ramps, Rates } };
  const { address: Health } = await viem.deployContract("Health", [], below);
  const measured = { libraries: { Health } };
  const { address: AccountHealths } = await viem.deployContract("AccountHealths", [], measured);
  const { address: Portfolios } = await viem.deployContract("Portfolios", [], below);
  const libraries = { Health, Portfolios, AccountHealths };
  const harness = await viem.deployContract("StateHarness", [], { libraries });
  const client = await viem.getPublicClient();
  const { timestamp, number } = await client.getBlock();
  const judge = async (scenes: readonly Scene[]) =>
    (await harness.simulate.judgeAll([scenes], { gas: GAS })).result;
  return { judge, now: { timestamp: Number(timestamp), number: Number(number) } };
}
