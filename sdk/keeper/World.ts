import type { Gas } from "../preview/bidProfit.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import type { AccountId, AssetId } from "../types/Ids.ts";
import type { Offer, Slice } from "../types/Offer.ts";

/** What a keeper wants. Its means are the cash and collateral of `receiver`. */
export interface Policy {
  readonly receiver: AccountId; // gets the slices and pays for them
  readonly minProfit: bigint; // of a bid, USD wad: the slice's equity less its price and its gas
  readonly gas?: Gas; // of a bid; free, if left out
  readonly capital: bigint; // cash wad it pays for slices in one tick, at most
  readonly pokeAfter: number; // seconds a burning fuse is left alone; at most 600 burn at once
  readonly observeFrom: number; // rounds that wait before a factor is observed
}

/** One thing to do, and why. */
export type Step =
  | {
      readonly verb: "observe";
      readonly factor: number;
      readonly rounds: number;
      readonly why: string;
    }
  | { readonly verb: "observeRate"; readonly asset: AssetId; readonly why: string }
  | { readonly verb: "call"; readonly account: AccountId; readonly why: string }
  | {
      readonly verb: "bid";
      readonly account: AccountId;
      readonly offer: Offer;
      readonly slice: Slice; // as the plan expects it
      readonly profit: bigint; // USD wad
      readonly why: string;
    }
  | { readonly verb: "takeOver"; readonly account: AccountId; readonly why: string };

/** An account in auction that is left alone, and why. */
export interface Pass {
  readonly verb: "pass";
  readonly account: AccountId;
  readonly why: string;
}

/** What became of a step. */
export type Outcome =
  | { readonly step: Step; readonly done: unknown } // what the world said
  | { readonly step: Step; readonly failed: Error }
  | { readonly step: Pass };

/** All a keeper touches: the chain as it is, the five verbs, the clock, the record. */
export interface World {
  readonly policy: Policy;
  /** The pool with every account worth watching, the receiver among them. */
  readonly snapshot: () => Promise<Snapshot>;
  /** Seconds since 1970, as the next block will have them. */
  readonly now: () => Promise<number>;
  readonly observe: (factor: number, maxRounds: number) => Promise<unknown>;
  readonly observeRate: (asset: AssetId) => Promise<unknown>;
  readonly call: (account: AccountId) => Promise<unknown>;
  readonly bid: (offer: Offer) => Promise<unknown>;
  readonly takeOver: (account: AccountId) => Promise<unknown>;
  readonly log: (outcome: Outcome) => void;
}
