export { blameOf, type Blame, type Parties } from "./blame.ts";
export { createRelay, type RelayOptions } from "./createRelay.ts";
export * from "./errors.ts";
export type { Settle, Settled } from "./meeting.ts";
export type * from "./Relay.ts";
