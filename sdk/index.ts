// All that a dApp, a keeper or a laboratory takes. It needs viem, and nothing else; the ethers adapter
// is `ethers.ts`.

export * from "./generated/index.ts";
export * from "./actions/index.ts";
export * from "./errors/index.ts";
export * as keeper from "./keeper/index.ts";
export * as AuctionMath from "./math/AuctionMath.ts";
export * as CashMath from "./math/CashMath.ts";
export * as CurveMath from "./math/CurveMath.ts";
export * as ExpMath from "./math/ExpMath.ts";
export * as FuseMath from "./math/FuseMath.ts";
export * as LossMath from "./math/LossMath.ts";
export * as MarginMath from "./math/MarginMath.ts";
export * as NormalMath from "./math/NormalMath.ts";
export * as OptionMath from "./math/OptionMath.ts";
export * as OracleMath from "./math/OracleMath.ts";
export * as PerpMath from "./math/PerpMath.ts";
export * as PriceMath from "./math/PriceMath.ts";
export * as ScenarioMath from "./math/ScenarioMath.ts";
export * as SettlementMath from "./math/SettlementMath.ts";
export * as ThrottleMath from "./math/ThrottleMath.ts";
export * as TradeMath from "./math/TradeMath.ts";
export * as VolatilityMath from "./math/VolatilityMath.ts";
export * as WadMath from "./math/WadMath.ts";
export * from "./orders/index.ts";
export {
  accountMarginOf,
  greeks,
  haircut,
  liquidationCurve,
  liquidationPrice,
  maxBorrow,
  maxTrade,
  maxWithdraw,
  preview,
  scenarios,
} from "./preview/index.ts";
export type * as changes from "./preview/Change.ts";
export type {
  Accepted,
  AccountMargin,
  Change,
  CurveRange,
  FactorGreeks,
  Haircut,
  Limit,
  LiquidationCurve,
  LiquidationPrices,
  Margins,
  Preview,
  PreviewOptions,
  Reason,
  Refused,
  Scenario,
  ScenarioGrid,
  TradeLimit,
  TradeQuestion,
  TradeReason,
} from "./preview/index.ts";
export * from "./relay/index.ts";
export * from "./snapshot/index.ts";
export * as state from "./logic/index.ts";
export * from "./types/Grant.ts";
export * from "./types/Ids.ts";
export * from "./types/Offer.ts";
export * from "./types/Order.ts";
export * from "./types/Pool.ts";
export * from "./types/Portfolio.ts";
export * from "./types/Price.ts";
export * from "./types/Volatility.ts";
