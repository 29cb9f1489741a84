import { decodeError } from "../errors/decodeError.ts";
import type { Outcome, Pass, Step, World } from "./World.ts";

/** Does the steps in order and records each; one that fails does not stop the next. */
export async function execute(
  steps: readonly (Step | Pass)[],
  world: World,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const outcome = step.verb === "pass" ? { step } : await attempt(step, world);
    world.log(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function attempt(step: Step, world: World): Promise<Outcome> {
  try {
    return { step, done: await act(step, world) };
  } catch (thrown) {
    return { step, failed: decodeError(thrown) };
  }
}

function act(step: Step, world: World): Promise<unknown> {
  switch (step.verb) {
    case "observe":
      return world.observe(step.factor, step.rounds);
    case "observeRate":
      return world.observeRate(step.asset);
    case "call":
      return world.call(step.account);
    case "bid":
      return world.bid(step.offer);
    case "takeOver":
      return world.takeOver(step.account);
  }
}
