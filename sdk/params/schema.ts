import { isAddress, zeroAddress } from "viem";
import { z } from "zod";

import { readWad } from "./decimal.ts";

// Numbers that somebody chose, as schemas.

/** A number of so many decimal places at most, from `low` to `high`. */
export function decimal(low: number, high: number, places: number) {
  const step = 10n ** BigInt(18 - places);
  return z
    .number()
    .min(low)
    .max(high)
    .superRefine((value, context) => {
      const wad = readWad(value);
      if (typeof wad === "string" || wad % step !== 0n)
        context.addIssue({
          code: "custom",
          message: `at most ${places} decimal places`,
          input: value,
        });
    });
}

/** A rate as it is kept on chain: parts per billion. */
export function rate(low: number, high: number) {
  return decimal(low, high, 9);
}

/** Somebody, or a contract: not the zero address. */
export const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }) && text !== zeroAddress, {
    message: "an address",
  });

/** What stands on a chain, or what a local chain makes up for it. */
export function addressOr(made: "mint" | "mock") {
  return z.string().refine((text) => text === made || isAddress(text, { strict: false }), {
    message: `an address, or "${made}"`,
  });
}
