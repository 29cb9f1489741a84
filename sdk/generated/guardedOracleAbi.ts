// Written by `npm run abi`; a test holds it to the contracts.

export const guardedOracleAbi = [
  {
    inputs: [{ name: "authority", type: "address" }],
    name: "AccessManagedInvalidAuthority",
    type: "error",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "delay", type: "uint32" },
    ],
    name: "AccessManagedRequiredDelay",
    type: "error",
  },
  {
    inputs: [{ name: "caller", type: "address" }],
    name: "AccessManagedUnauthorized",
    type: "error",
  },
  {
    inputs: [
      { name: "asset", type: "uint16" },
      { name: "name", type: "string" },
      { name: "value", type: "uint256" },
      { name: "low", type: "uint256" },
      { name: "high", type: "uint256" },
    ],
    name: "FeedOutOfBounds",
    type: "error",
  },
  {
    inputs: [
      { name: "value", type: "int256" },
      { name: "low", type: "int256" },
      { name: "high", type: "int256" },
    ],
    name: "OutOfBounds",
    type: "error",
  },
  {
    anonymous: false,
    inputs: [{ indexed: false, name: "authority", type: "address" }],
    name: "AuthorityUpdated",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "asset", type: "uint16" },
      { indexed: false, name: "bound", type: "uint256" },
    ],
    name: "SetBound",
    type: "event",
  },
  {
    inputs: [],
    name: "authority",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "", type: "uint16" }],
    name: "boundOf",
    outputs: [{ name: "", type: "uint32" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "asset", type: "uint16" }],
    name: "closed",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "isConsumingScheduledOp",
    outputs: [{ name: "", type: "bytes4" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "asset", type: "uint16" }],
    name: "latest",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "asset", type: "uint16" }],
    name: "life",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "asset", type: "uint16" },
      { name: "id", type: "uint256" },
    ],
    name: "next",
    outputs: [
      {
        components: [
          { name: "id", type: "uint256" },
          { name: "price", type: "int256" },
          { name: "updated", type: "uint256" },
          { name: "skipped", type: "bool" },
        ],
        name: "",
        type: "tuple",
      },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "primary",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "asset", type: "uint16" }],
    name: "read",
    outputs: [
      {
        components: [
          { name: "price", type: "int256" },
          { name: "band", type: "int256" },
          { name: "deviation", type: "int256" },
          { name: "updated", type: "uint256" },
          { name: "status", type: "uint8" },
        ],
        name: "",
        type: "tuple",
      },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "secondary",
    outputs: [{ name: "", type: "address" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "newAuthority", type: "address" }],
    name: "setAuthority",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "asset", type: "uint16" },
      { name: "bound", type: "uint32" },
    ],
    name: "setBound",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
] as const;
