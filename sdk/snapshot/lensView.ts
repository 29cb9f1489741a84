import type { AbiStateMutability, ContractFunctionReturnType } from "viem";

import type { lensAbi } from "../generated/lensAbi.ts";

// What the Lens answers, before it is put into the house's units.

type Answer<Name extends "snapshot" | "accountsOf" | "tradingOf"> = ContractFunctionReturnType<
  typeof lensAbi,
  AbiStateMutability,
  Name
>;

export type PoolView = Answer<"snapshot">["pool"];
export type AccountView = Answer<"accountsOf">[number];
export type FactorView = PoolView["factors"][number];
export type AssetView = PoolView["assets"][number];
export type FeedView = AssetView["feed"];
export type PriceView = AssetView["price"];
export type MarketView = FactorView["market"];
export type TermView = FactorView["expiries"][number]["term"];
export type InstrumentView = Answer<"tradingOf">[0][number];
