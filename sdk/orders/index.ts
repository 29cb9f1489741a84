export { ANYONE, buildOrder, pastOf, requireOrder, type Wish } from "./buildOrder.ts";
export * from "./errors.ts";
export { buildInstrument, describeInstrument } from "./instrument.ts";
export type { Instrument, InstrumentKind } from "./instrument.ts";
export * from "./json.ts";
export { grantTypedData, grantTypes, signGrant } from "./signGrant.ts";
export { signOrder, type SignedOrder } from "./signOrder.ts";
export * from "./typedData.ts";
export { verifyOrder } from "./verifyOrder.ts";
