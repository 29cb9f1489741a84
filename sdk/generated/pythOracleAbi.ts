// Written by `npm run abi`; a test holds it to the contracts.

export const pythOracleAbi = [
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
  { inputs: [], name: "FailedCall", type: "error" },
  {
    inputs: [
      { name: "paid", type: "uint256" },
      { name: "fee", type: "uint256" },
    ],
    name: "FeeTooLow",
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
      { name: "balance", type: "uint256" },
      { name: "needed", type: "uint256" },
    ],
    name: "InsufficientBalance",
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
    inputs: [
      { name: "asset", type: "uint16" },
      { name: "time", type: "uint256" },
    ],
    name: "SlotNotDue",
    type: "error",
  },
  {
    inputs: [
      { name: "asset", type: "uint16" },
      { name: "time", type: "uint256" },
      { name: "earliest", type: "uint256" },
    ],
    name: "SlotNotSkippable",
    type: "error",
  },
  { inputs: [{ name: "asset", type: "uint16" }], name: "UnknownFeed", type: "error" },
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
      { indexed: true, name: "id", type: "bytes32" },
      {
        components: [
          { name: "heartbeat", type: "uint24" },
          { name: "deviation", type: "uint32" },
          { name: "volatility", type: "uint32" },
          { name: "confidence", type: "uint32" },
        ],
        indexed: false,
        name: "trust",
        type: "tuple",
      },
    ],
    name: "SetFeed",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "asset", type: "uint16" },
      { indexed: false, name: "from", type: "uint256" },
      { indexed: false, name: "to", type: "uint256" },
    ],
    name: "Skip",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "asset", type: "uint16" },
      { indexed: true, name: "time", type: "uint256" },
      { indexed: false, name: "price", type: "uint256" },
      { indexed: false, name: "updated", type: "uint256" },
    ],
    name: "Tell",
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
    inputs: [{ name: "", type: "uint16" }],
    name: "feedOf",
    outputs: [
      { name: "id", type: "bytes32" },
      {
        components: [
          { name: "heartbeat", type: "uint24" },
          { name: "deviation", type: "uint32" },
          { name: "volatility", type: "uint32" },
          { name: "confidence", type: "uint32" },
        ],
        name: "trust",
        type: "tuple",
      },
      { name: "slot", type: "uint40" },
      { name: "rounds", type: "uint40" },
      { name: "skipped", type: "bool" },
    ],
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
    inputs: [{ name: "", type: "uint16" }],
    name: "life",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "pure",
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
    name: "pyth",
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
    name: "sequencer",
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
      { name: "id", type: "bytes32" },
      {
        components: [
          { name: "heartbeat", type: "uint24" },
          { name: "deviation", type: "uint32" },
          { name: "volatility", type: "uint32" },
          { name: "confidence", type: "uint32" },
        ],
        name: "trust",
        type: "tuple",
      },
    ],
    name: "setFeed",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [{ name: "asset", type: "uint16" }],
    name: "skip",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "asset", type: "uint16" },
      { name: "slots", type: "bytes[][]" },
    ],
    name: "tell",
    outputs: [],
    stateMutability: "payable",
    type: "function",
  },
] as const;
