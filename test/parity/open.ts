import { network } from "hardhat";

import type { Scene } from "./scene.ts";

/** The real logic behind a door that writes what it is told, on a chain of its own. */
export async function openStateDoor() {
  const { viem } = await network.create();
  const risk = await viem.deployContract("Risk");
  const door = await viem.deployContract("StateDoor", [], { libraries: { Risk: risk.address } });
  const client = await viem.getPublicClient();
  const { timestamp } = await client.getBlock();
  const judge = async (scene: Scene) => (await door.simulate.judge([scene])).result;
  return { judge, timestamp: Number(timestamp) };
}
