import type * as Auction from "../../../sdk/math/AuctionMath.ts";
import { CURE, URGENT_CURE } from "../../../sdk/math/AuctionMath.ts";
import { WAD } from "../../../sdk/math/WadMath.ts";
import { all, pick, within, type Draws } from "./Draw.ts";
import * as figure from "./figures.ts";

export const auctionDraws: Draws<typeof Auction> = {
  discountOf: all(
    figure.checkedSignedValue,
    figure.checkedValue,
    figure.checkedElapsed,
    figure.duration,
  ),
  cureOf: all(within(-18n * WAD, 18n * WAD)),
  largestSlice: all(
    figure.checkedSignedValue,
    figure.checkedValue,
    figure.checkedValue,
    pick(CURE, URGENT_CURE),
  ),
  smallestSlice: all(figure.share),
  slicePrice: all(figure.checkedShare, figure.checkedSignedValue, figure.checkedValue),
  isBacked: all(figure.signedValue, figure.checkedValue, figure.value),
  backingOf: all(figure.checkedValue, figure.value, figure.checkedElapsed),
  ownBacking: all(figure.checkedSignedValue, figure.value),
  waterfallShare: all(figure.checkedShare, figure.checkedSignedValue, figure.checkedValue),
};
