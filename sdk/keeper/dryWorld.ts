import type { World } from "./World.ts";

/** The same world, in which nothing is done: each step is recorded as `dry run`. */
export function dryWorld(world: World): World {
  const nothing = () => Promise.resolve("dry run");
  const silent = { observe: nothing, observeRate: nothing, call: nothing };
  return { ...world, ...silent, bid: nothing, takeOver: nothing };
}
