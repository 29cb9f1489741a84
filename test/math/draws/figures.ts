import * as Cash from "../../../sdk/math/CashMath.ts";
import * as Option from "../../../sdk/math/OptionMath.ts";
import * as Volatility from "../../../sdk/math/VolatilityMath.ts";
import {
  MAX_AMOUNT,
  MAX_ELAPSED,
  MAX_PRICE,
  MAX_RATE,
  MAX_VALUE,
  WAD,
} from "../../../sdk/math/WadMath.ts";
import { checked, within } from "./Draw.ts";

// The figures of the house and where they lie. What a function does not check, its callers hold.

export const ANYTHING = within(-(1n << 254n), 1n << 254n);

export const share = within(0n, WAD);
export const checkedShare = checked(0n, WAD);
export const rate = within(0n, MAX_RATE);
export const checkedRate = checked(0n, MAX_RATE);
export const checkedSignedRate = checked(-MAX_RATE, MAX_RATE);

export const value = within(0n, MAX_VALUE);
export const checkedValue = checked(0n, MAX_VALUE);
export const signedValue = within(-MAX_VALUE, MAX_VALUE);
export const checkedSignedValue = checked(-MAX_VALUE, MAX_VALUE);
export const amount = within(-MAX_AMOUNT, MAX_AMOUNT);
export const checkedAmount = checked(-MAX_AMOUNT, MAX_AMOUNT);

export const price = within(0n, MAX_PRICE);
export const positivePrice = within(1n, MAX_PRICE);
export const checkedPrice = checked(0n, MAX_PRICE);
export const checkedPositivePrice = checked(1n, MAX_PRICE);

export const elapsed = within(0n, MAX_ELAPSED);
export const checkedElapsed = checked(0n, MAX_ELAPSED);
export const checkedLongElapsed = checked(0n, MAX_ELAPSED * 100n);
export const duration = within(0n, 86_400n);

export const volatility = within(0n, Volatility.MAX_VOLATILITY);
export const variance = within(0n, Volatility.MAX_VARIANCE);
export const checkedVariance = checked(0n, Volatility.MAX_VARIANCE);

export const index = within(0n, Cash.MAX_INDEX);
export const checkedIndex = checked(0n, Cash.MAX_INDEX);

export const atm = within(1n, Option.LARGEST_VOLATILITY);
export const checkedAtm = checked(1n, Option.LARGEST_VOLATILITY);
export const skew = within(-Option.LARGEST_SKEW, Option.LARGEST_SKEW);
export const checkedSkew = checked(-Option.LARGEST_SKEW, Option.LARGEST_SKEW);
export const crowding = within(WAD, 2n * WAD);
export const checkedCrowding = checked(WAD, 2n * WAD);
