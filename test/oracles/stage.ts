import { encodeAbiParameters, zeroAddress, type Address, type Hex } from "viem";

import { Status } from "../../sdk/types/Price.ts";
import { openChain } from "../fixtures/chain.ts";

export const ETH = 0x0200;
export const WSTETH = 0x0201;
export const WAD = 10n ** 18n;
export const HOUR = 3_600;
export const STATUS = Object.fromEntries(Object.entries(Status).map(([name, n]) => [n, name]));

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A chain with an authority and nothing else. */
export async function openStage() {
  const connection = await openChain();
  const { viem, networkHelpers } = connection;
  const wallets = await viem.getWalletClients();
  const [admin, mallory] = wallets.map(({ account }) => account.address) as [Address, Address];
  const authority = (await viem.deployContract("AccessManager", [admin])).address;
  const { time } = networkHelpers;
  const now = async () => BigInt(await time.latest());
  return { viem, networkHelpers, admin, mallory, authority, time, now };
}

/** A Chainlink oracle, with a heartbeat of an hour and a deviation of 0.5 % for each feed named. */
export async function chainlink({ viem, authority }: Stage, sequencer: Address = zeroAddress) {
  const { address } =
    sequencer === zeroAddress
      ? await viem.deployContract("ChainlinkOracle", [authority])
      : await viem.deployContract("SequencedOracle", [authority, sequencer]);
  const oracle = await viem.getContractAt("ChainlinkOracle", address);
  const name = (asset: number, feed: Address) =>
    oracle.write.setFeed([asset, feed, HOUR, 5_000_000, 1_000_000_000]);
  return { oracle, name };
}

/** A Chainlink oracle of ETH, at a price in units of 8 decimals. */
export async function chainlinkEth(stage: Stage, price: bigint, sequencer?: Address) {
  const feed = await stage.viem.deployContract("MockV3Aggregator", [8, price]);
  const { oracle, name } = await chainlink(stage, sequencer);
  await name(ETH, feed.address);
  return { feed, oracle };
}

/** Words of 32 bytes, as a feed that says just anything answers. */
export function words(...list: readonly (bigint | number)[]): Hex {
  const types = list.map(() => ({ type: "uint256" }));
  return encodeAbiParameters(
    types,
    list.map((word) => BigInt.asUintN(256, BigInt(word))),
  );
}

/** A feed that answers what it is told to. */
export async function wildFeed({ viem }: Stage, answer: Hex = words(8)) {
  const feed = await viem.deployContract("WildFeed");
  await feed.write.set([answer]);
  return feed;
}

type Refusal = (act: Promise<unknown>, by: object, name: string, args: unknown[]) => Promise<void>;

/** Says that an act reverts with this very error of a contract, and these numbers. */
export function refusals({ viem }: Stage): Refusal {
  return viem.assertions.revertWithCustomErrorWithArgs as unknown as Refusal;
}

/** What an oracle says, by the name of its status. */
export async function priceOf(
  oracle: { read: { read: (args: [number]) => Promise<{ status: number; price: bigint }> } },
  asset = ETH,
) {
  const price = await oracle.read.read([asset]);
  return { ...price, status: STATUS[price.status] } as {
    price: bigint;
    band: bigint;
    deviation: bigint;
    updated: bigint;
    status: string;
  };
}
