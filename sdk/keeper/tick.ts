import { execute } from "./execute.ts";
import { plan } from "./plan.ts";
import type { Outcome, World } from "./World.ts";

/** One look at the pool, and all there is to do about it. The keeper is this, again and again. */
export async function tick(world: World): Promise<readonly Outcome[]> {
  const snapshot = await world.snapshot();
  const timestamp = Math.max(await world.now(), snapshot.block.timestamp);
  return execute(plan(snapshot, world.policy, timestamp), world);
}
