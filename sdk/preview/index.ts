export type * from "./Change.ts";
export { haircut, type Haircut } from "./haircut.ts";
export type { Limit, Reason } from "./Limit.ts";
export { liquidationPrice, type LiquidationPrices } from "./liquidationPrice.ts";
export { accountMarginOf, type AccountMargin, type Margins } from "./margins.ts";
export { maxBorrow } from "./maxBorrow.ts";
export { maxWithdraw } from "./maxWithdraw.ts";
export { preview, type Accepted, type Preview, type PreviewOptions } from "./preview.ts";
export type { Refused, Step } from "./preview.ts";
