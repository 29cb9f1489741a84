export { attributeFailure, type FailedSide, type Parties } from "./attributeFailure.ts";
export { createRelay, type RelayOptions } from "./createRelay.ts";
export * from "./errors.ts";
export type { SettleFills, FillResult } from "./matchOrders.ts";
export type * from "./Relay.ts";
