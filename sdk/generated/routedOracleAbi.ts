// Written by `npm run abi`; a test holds it to the contracts.

export const routedOracleAbi = [
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
      { name: "asset", type: "uint16" },
      { name: "oracle", type: "address" },
    ],
    name: "RouteStands",
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
      { indexed: false, name: "oracle", type: "address" },
    ],
    name: "SetRoute",
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
    inputs: [{ name: "asset", type: "uint16" }],
    name: "closed",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "asset", type: "uint16" }],
    name: "feeds",
    outputs: [
      { name: "", type: "address" },
      { name: "", type: "uint24" },
      { name: "", type: "uint32" },
      { name: "", type: "uint32" },
      { name: "", type: "uint8" },
    ],
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
    inputs: [{ name: "", type: "uint16" }],
    name: "routeOf",
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
      { name: "oracle", type: "address" },
    ],
    name: "setRoute",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
] as const;
