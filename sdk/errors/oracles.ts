// Of contracts/oracles.

import { errorClass } from "./BallastError.ts";

/** What came with the updates does not pay Pyth; wei. */
export class FeeTooLow extends errorClass("FeeTooLow(uint256 paid, uint256 fee)") {}

/** The next slot of the grid is yet to come. */
export class SlotNotDue extends errorClass("SlotNotDue(uint16 asset, uint256 time)") {}

/** The next slot of the grid may still be told. */
export class SlotNotSkippable extends errorClass(
  "SlotNotSkippable(uint16 asset, uint256 time, uint256 earliest)",
) {}

/** The asset has no feed there. */
export class UnknownFeed extends errorClass("UnknownFeed(uint16 asset)") {}

/** The asset has no rate there. */
export class UnknownRate extends errorClass("UnknownRate(uint16 asset)") {}

/** The asset has an oracle, and keeps it. */
export class RouteStands extends errorClass("RouteStands(uint16 asset, address oracle)") {}

/** A setting of the sequencer outside what the code allows. */
export class UptimeOutOfBounds extends errorClass(
  "UptimeOutOfBounds(string name, uint256 value, uint256 low, uint256 high)",
) {}
