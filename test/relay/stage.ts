import { parseEther, type Hash } from "viem";

import { hashOrder, signOrder, type OrderRequest } from "../../sdk/orders/index.ts";
import { createRelay, type RelayEvent, type FillResult } from "../../sdk/relay/index.ts";
import type { Fill } from "../../sdk/types/Order.ts";
import { alice, bob, DOMAIN, idOf, NOW, orderOf } from "../orders/actors.ts";

type Actor = typeof alice;

/** Units and prices in whole ETH and whole dollars. */
export interface Terms extends Omit<Partial<OrderRequest>, "size" | "limitPrice"> {
  readonly by?: Actor;
}

export const OK: FillResult = { ok: true };
export const wad = (whole: number) => parseEther(`${whole}`);

/** A relay whose chain says yes until told otherwise, and whose clock stands until moved. */
export function relayStage() {
  const settled: Fill[][] = [];
  const events: RelayEvent[] = [];
  const chain = { answer: async (_fill: Fill): Promise<FillResult> => OK };
  const clock = { now: NOW };
  const relay = createRelay({
    domain: DOMAIN,
    now: () => clock.now,
    settle: async (fills) => {
      settled.push([...fills]);
      return Promise.all(fills.map((fill) => chain.answer(fill)));
    },
  });
  relay.watch((event) => events.push(event));
  let salt = 0n;

  const signed = (size: number, price: number, { by = alice, ...wish }: Terms = {}) => {
    const [account, signer] = [idOf(by), by.address];
    const numbers = { size: wad(size), limitPrice: wad(price), salt: salt++ };
    return signOrder(by, orderOf({ account, signer, ...numbers, ...wish }), DOMAIN);
  };
  const make = async (size: number, price: number, terms: Terms = {}): Promise<Hash> => {
    const order = await signed(size, price, { by: bob, maker: true, ...terms });
    return (await relay.submit(order)).hash;
  };
  const take = async (size: number, price: number, terms: Terms = {}) =>
    relay.submit(await signed(size, price, terms));
  const wait = async (size: number, price: number, terms: Terms = {}) =>
    relay.submit(await signed(size, price, terms), { remainder: "rest" });

  return { relay, settled, events, chain, clock, signed, make, take, wait };
}

/** Who met whom, how much and at what price. */
export function met(fills: readonly Fill[]): [maker: Hash, size: bigint, price: bigint][] {
  return fills.map(({ maker, size }) => [hashOrder(maker, DOMAIN), size, maker.limitPrice]);
}

/** What a submission was refused with. */
export async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => Promise.reject(new Error("nothing was refused")),
    (error: unknown) => error,
  );
}
