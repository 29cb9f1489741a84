import { network } from "hardhat";

import type { Scene } from "./scene.ts";

const GAS = 16_777_216n; // of one eth_call, where EIP-7825 holds

/** The real logic behind a door that writes what it is told, on a chain of its own. */
export async function openStateDoor() {
  const { viem } = await network.create();
  const deploy = async (name: "Curves" | "Estimates") => (await viem.deployContract(name)).address;
  const [Curves, Estimates] = [await deploy("Curves"), await deploy("Estimates")];
  const { address: Quotes } = await viem.deployContract("Quotes", [], { libraries: { Curves } });
  const below = { libraries: { Curves, Estimates, Quotes } };
  const { address: Risk } = await viem.deployContract("Risk", [], below);
  const { address: Health } = await viem.deployContract("Health", [], below);
  const door = await viem.deployContract("StateDoor", [], { libraries: { Risk, Health } });
  const client = await viem.getPublicClient();
  const { timestamp, number } = await client.getBlock();
  /** Answers of the first scenes: as many as a call's gas allows. */
  const judge = async (scenes: readonly Scene[]) => {
    const { result } = await door.simulate.judgeAll([scenes], { gas: GAS });
    const end = result.findIndex((one) => one.verdict.timestamp === 0n && one.refusal === "0x");
    if (end === 0) throw new Error("one scene alone burns more gas than a call may");
    return end < 0 ? result : result.slice(0, end);
  };
  return { judge, now: { timestamp: Number(timestamp), number: Number(number) } };
}
