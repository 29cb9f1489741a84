export { blameOf, type Blame, type Parties } from "./blame.ts";
export { createRelay, type RelayOptions } from "./createRelay.ts";
export * from "./errors.ts";
export type { SettleFills, FillResult } from "./meeting.ts";
export type * from "./Relay.ts";
