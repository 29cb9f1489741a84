import { Kind } from "../types/Ids.ts";

/** An instrument's kind, by the word that orders and files use. */
export const KINDS = {
  perp: Kind.Perp,
  future: Kind.Future,
  call: Kind.Call,
  put: Kind.Put,
} as const;

/** `perp`, `future`, `call` or `put`. */
export type InstrumentKind = keyof typeof KINDS;
