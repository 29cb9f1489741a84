import { isAddress, isHex, size, type Hex } from "viem";

import type { Order } from "../types/Order.ts";
import { NotAnOrder } from "./errors.ts";
import type { SignedOrder } from "./signOrder.ts";

/** An order as JSON can say it: integers as decimal texts. */
export type OrderJson = {
  readonly [Field in keyof Order]: Order[Field] extends bigint ? string : Order[Field];
};

/** A signed order as JSON can say it: what travels to a relay. */
export interface SignedOrderJson {
  readonly order: OrderJson;
  readonly signature: Hex;
}

type Reader = (value: unknown) => unknown; // undefined for what it cannot read

const INTEGER = /^(?:0|-?[1-9]\d{0,77})$/; // 2^256 has 78 digits

const integer: Reader = (value) =>
  typeof value === "string" && INTEGER.test(value) ? BigInt(value) : undefined;
const word: Reader = (value) => (isHex(value) && size(value) === 32 ? value : undefined);
const address: Reader = (value) =>
  typeof value === "string" && isAddress(value) ? value : undefined;
const flags: Reader = (value) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 256 ? value : undefined;

const READERS: Readonly<Record<keyof Order, Reader>> = {
  account: word,
  instrument: integer,
  size: integer,
  limitPrice: integer,
  maxFee: integer,
  salt: integer,
  counter: integer,
  deadline: integer,
  signer: address,
  taker: word,
  flags,
};

/** An order for `JSON.stringify`, exact. */
export function orderToJson(order: Order): OrderJson {
  const entries = Object.keys(READERS).map((field) => {
    const value = order[field as keyof Order];
    return [field, typeof value === "bigint" ? `${value}` : value];
  });
  return Object.fromEntries(entries) as OrderJson;
}

/** A signed order for `JSON.stringify`, exact. */
export function signedOrderToJson({ order, signature }: SignedOrder): SignedOrderJson {
  return { order: orderToJson(order), signature };
}

/**
 * The order that `orderToJson` wrote, from what `JSON.parse` gave. It is of an order's form; whether a
 * chain would take it is for `requireOrder` to say.
 *
 * @throws NotAnOrder with the member that is missing, not known, or of another form
 */
export function parseOrder(json: unknown): Order {
  const members = membersOf(json, Object.keys(READERS), "order");
  const entries = Object.entries(READERS).map(([field, read]) => {
    const value = read(members[field]);
    if (value === undefined) throw new NotAnOrder(field, members[field]);
    return [field, value];
  });
  return Object.fromEntries(entries) as unknown as Order;
}

/** The signed order that `signedOrderToJson` wrote. @throws NotAnOrder */
export function parseSignedOrder(json: unknown): SignedOrder {
  const { order, signature } = membersOf(json, ["order", "signature"], "signed order");
  if (!isHex(signature) || signature.length % 2 !== 0) throw new NotAnOrder("signature", signature);
  return { order: parseOrder(order), signature };
}

function membersOf(json: unknown, known: readonly string[], what: string) {
  if (typeof json !== "object" || json === null) throw new NotAnOrder(what, json);
  const unknown = Object.entries(json).find(([member]) => !known.includes(member));
  if (unknown !== undefined) throw new NotAnOrder(...unknown);
  return json as Readonly<Record<string, unknown>>;
}
