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

/** Somebody, or a contract: not the zero address. Mixed case has to fit its checksum. */
export const address = z
  .string()
  .superRefine((text, context) => refuse(text, "an address", context));

/** What stands on a chain, or what a local chain makes up for it. */
export function addressOr(made: "mint" | "mock") {
  return z.string().superRefine((text, context) => {
    if (text !== made) refuse(text, `an address, or "${made}"`, context);
  });
}

function refuse(text: string, expected: string, context: z.core.$RefinementCtx): void {
  const mistyped = isAddress(text, { strict: false }) && !isAddress(text);
  if (isAddress(text) && text !== zeroAddress) return;
  const message = mistyped ? `${expected}, whose checksum fits its digits` : expected;
  context.addIssue({ code: "custom", message, input: text });
}
