import { fileURLToPath } from "node:url";

import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatIgnitionViem from "@nomicfoundation/hardhat-ignition-viem";
import hardhatKeystore from "@nomicfoundation/hardhat-keystore";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import hardhatTypechain from "@nomicfoundation/hardhat-typechain";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import hardhatViemAssertions from "@nomicfoundation/hardhat-viem-assertions";
import { configVariable, defineConfig } from "hardhat/config";

import { compileSeparately } from "./scripts/compile/plugin.ts";

const solc = {
  version: "0.8.34",
  path: fileURLToPath(import.meta.resolve("solc/soljson.js")),
};

const settings = {
  evmVersion: "cancun",
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: "none" },
};

export default defineConfig({
  plugins: [
    hardhatEthers,
    hardhatIgnitionViem,
    hardhatKeystore,
    hardhatMocha,
    hardhatNetworkHelpers,
    hardhatTypechain,
    hardhatViem,
    hardhatViemAssertions,
    compileSeparately,
  ],
  solidity: {
    compilers: [{ ...solc, settings: { ...settings, viaIR: true } }],
    // The laws take the pool by its artifacts, and themselves compile six times as fast without IR.
    overrides: {
      "test/invariants/Pool.t.sol": { ...solc, settings: { ...settings, viaIR: false } },
    },
    npmFilesToBuild: [
      "@chainlink/contracts/src/v0.8/shared/mocks/MockV3Aggregator.sol",
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      "@pythnetwork/pyth-sdk-solidity/MockPyth.sol",
    ],
  },
  // Mocks are built as contracts, so that TypeScript tests have their artifacts and types.
  paths: { sources: ["contracts", "test/mocks"], ignition: "." },
  networks: {
    localhost: { type: "http", url: "http://127.0.0.1:8545" },
    // Of the keystore (npx hardhat keystore set NAME), or of the environment.
    sepolia: {
      type: "http",
      chainType: "l1",
      url: configVariable("SEPOLIA_RPC_URL"),
      accounts: [configVariable("SEPOLIA_PRIVATE_KEY")],
    },
  },
  test: {
    mocha: { timeout: 120_000 },
    solidity: {
      fuzz: { runs: 1_000 },
      invariant: {
        runs: Number(process.env["INVARIANT_RUNS"] ?? 40),
        depth: 100,
        failOnRevert: true,
      },
    },
  },
});
