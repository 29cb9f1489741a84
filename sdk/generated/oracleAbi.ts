// Written by `npm run abi`; a test holds it to the contracts.

export const oracleAbi = [
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
    inputs: [{ name: "operationId", type: "bytes32" }],
    name: "AccessManagerAlreadyScheduled",
    type: "error",
  },
  { inputs: [], name: "AccessManagerBadConfirmation", type: "error" },
  {
    inputs: [{ name: "operationId", type: "bytes32" }],
    name: "AccessManagerExpired",
    type: "error",
  },
  {
    inputs: [{ name: "initialAdmin", type: "address" }],
    name: "AccessManagerInvalidInitialAdmin",
    type: "error",
  },
  {
    inputs: [{ name: "selector", type: "bytes4" }],
    name: "AccessManagerLockedFunction",
    type: "error",
  },
  { inputs: [{ name: "roleId", type: "uint64" }], name: "AccessManagerLockedRole", type: "error" },
  {
    inputs: [{ name: "operationId", type: "bytes32" }],
    name: "AccessManagerNotReady",
    type: "error",
  },
  {
    inputs: [{ name: "operationId", type: "bytes32" }],
    name: "AccessManagerNotScheduled",
    type: "error",
  },
  {
    inputs: [
      { name: "msgsender", type: "address" },
      { name: "roleId", type: "uint64" },
    ],
    name: "AccessManagerUnauthorizedAccount",
    type: "error",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "target", type: "address" },
      { name: "selector", type: "bytes4" },
    ],
    name: "AccessManagerUnauthorizedCall",
    type: "error",
  },
  {
    inputs: [
      { name: "msgsender", type: "address" },
      { name: "caller", type: "address" },
      { name: "target", type: "address" },
      { name: "selector", type: "bytes4" },
    ],
    name: "AccessManagerUnauthorizedCancel",
    type: "error",
  },
  {
    inputs: [{ name: "target", type: "address" }],
    name: "AccessManagerUnauthorizedConsume",
    type: "error",
  },
  { inputs: [{ name: "target", type: "address" }], name: "AddressEmptyCode", type: "error" },
  { inputs: [], name: "FailedCall", type: "error" },
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
      { name: "bits", type: "uint8" },
      { name: "value", type: "uint256" },
    ],
    name: "SafeCastOverflowedUintDowncast",
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
      {
        components: [
          { name: "aggregator", type: "address" },
          { name: "heartbeat", type: "uint24" },
          { name: "deviation", type: "uint32" },
          { name: "volatility", type: "uint32" },
          { name: "format", type: "uint8" },
        ],
        indexed: false,
        name: "feed",
        type: "tuple",
      },
      {
        components: [
          { name: "number", type: "uint16" },
          { name: "start", type: "uint80" },
        ],
        indexed: false,
        name: "epoch",
        type: "tuple",
      },
      {
        components: [
          { name: "low", type: "int128" },
          { name: "high", type: "int128" },
        ],
        indexed: false,
        name: "limits",
        type: "tuple",
      },
    ],
    name: "SetFeed",
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
    name: "closed",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "pure",
    type: "function",
  },
  {
    inputs: [{ name: "", type: "uint16" }],
    name: "epochs",
    outputs: [
      { name: "number", type: "uint16" },
      { name: "start", type: "uint80" },
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
    inputs: [{ name: "asset", type: "uint16" }],
    name: "life",
    outputs: [{ name: "", type: "uint256" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "", type: "uint16" }],
    name: "limits",
    outputs: [
      { name: "low", type: "int128" },
      { name: "high", type: "int128" },
    ],
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
        name: "round",
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
    inputs: [{ name: "newAuthority", type: "address" }],
    name: "setAuthority",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "asset", type: "uint16" },
      { name: "aggregator", type: "address" },
      { name: "heartbeat", type: "uint24" },
      { name: "deviation", type: "uint32" },
      { name: "volatility", type: "uint32" },
    ],
    name: "setFeed",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
] as const;
