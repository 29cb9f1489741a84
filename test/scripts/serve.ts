import { network } from "hardhat";
import { createPublicClient, http } from "viem";

const HOST = "127.0.0.1";

/** An empty chain that answers JSON-RPC, until closed. */
export async function serve(chainId = 31337) {
  const server = await network.createServer({ network: "default", override: { chainId } }, HOST);
  const { port } = await server.listen();
  const rpc = `http://${HOST}:${port}`;
  const client = createPublicClient({ transport: http(rpc), cacheTime: 0 });
  return { rpc, client, close: () => server.close() };
}
