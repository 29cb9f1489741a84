// Written by `npm run abi`; a test holds it to the contracts.

export * from "./clearinghouseAbi.ts";
export * from "./lensAbi.ts";
export * from "./oracleAbi.ts";
export * from "./pythOracleAbi.ts";
export * from "./guardedOracleAbi.ts";
export * from "./routedOracleAbi.ts";
export * from "./rateOracleAbi.ts";
export * from "./sequencerAbi.ts";
export * from "./authorityAbi.ts";
export * from "./tokenAbi.ts";
export * from "./aggregatorAbi.ts";
