// Written by `npm run abi`; a test holds it to the contracts.

export const authorityAbi = [
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
      { name: "balance", type: "uint256" },
      { name: "needed", type: "uint256" },
    ],
    name: "InsufficientBalance",
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
    inputs: [
      { indexed: true, name: "operationId", type: "bytes32" },
      { indexed: true, name: "nonce", type: "uint32" },
    ],
    name: "OperationCanceled",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "operationId", type: "bytes32" },
      { indexed: true, name: "nonce", type: "uint32" },
    ],
    name: "OperationExecuted",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "operationId", type: "bytes32" },
      { indexed: true, name: "nonce", type: "uint32" },
      { indexed: false, name: "schedule", type: "uint48" },
      { indexed: false, name: "caller", type: "address" },
      { indexed: false, name: "target", type: "address" },
      { indexed: false, name: "data", type: "bytes" },
    ],
    name: "OperationScheduled",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "roleId", type: "uint64" },
      { indexed: true, name: "admin", type: "uint64" },
    ],
    name: "RoleAdminChanged",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "roleId", type: "uint64" },
      { indexed: false, name: "delay", type: "uint32" },
      { indexed: false, name: "since", type: "uint48" },
    ],
    name: "RoleGrantDelayChanged",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "roleId", type: "uint64" },
      { indexed: true, name: "account", type: "address" },
      { indexed: false, name: "delay", type: "uint32" },
      { indexed: false, name: "since", type: "uint48" },
      { indexed: false, name: "newMember", type: "bool" },
    ],
    name: "RoleGranted",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "roleId", type: "uint64" },
      { indexed: true, name: "guardian", type: "uint64" },
    ],
    name: "RoleGuardianChanged",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "roleId", type: "uint64" },
      { indexed: false, name: "label", type: "string" },
    ],
    name: "RoleLabel",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "roleId", type: "uint64" },
      { indexed: true, name: "account", type: "address" },
    ],
    name: "RoleRevoked",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "target", type: "address" },
      { indexed: false, name: "delay", type: "uint32" },
      { indexed: false, name: "since", type: "uint48" },
    ],
    name: "TargetAdminDelayUpdated",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "target", type: "address" },
      { indexed: false, name: "closed", type: "bool" },
    ],
    name: "TargetClosed",
    type: "event",
  },
  {
    anonymous: false,
    inputs: [
      { indexed: true, name: "target", type: "address" },
      { indexed: false, name: "selector", type: "bytes4" },
      { indexed: true, name: "roleId", type: "uint64" },
    ],
    name: "TargetFunctionRoleUpdated",
    type: "event",
  },
  {
    inputs: [],
    name: "ADMIN_ROLE",
    outputs: [{ name: "", type: "uint64" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [],
    name: "PUBLIC_ROLE",
    outputs: [{ name: "", type: "uint64" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "target", type: "address" },
      { name: "selector", type: "bytes4" },
    ],
    name: "canCall",
    outputs: [
      { name: "immediate", type: "bool" },
      { name: "delay", type: "uint32" },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "target", type: "address" },
      { name: "data", type: "bytes" },
    ],
    name: "cancel",
    outputs: [{ name: "", type: "uint32" }],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "data", type: "bytes" },
    ],
    name: "consumeScheduledOp",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "data", type: "bytes" },
    ],
    name: "execute",
    outputs: [{ name: "", type: "uint32" }],
    stateMutability: "payable",
    type: "function",
  },
  {
    inputs: [],
    name: "expiration",
    outputs: [{ name: "", type: "uint32" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "account", type: "address" },
    ],
    name: "getAccess",
    outputs: [
      { name: "since", type: "uint48" },
      { name: "currentDelay", type: "uint32" },
      { name: "pendingDelay", type: "uint32" },
      { name: "effect", type: "uint48" },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "id", type: "bytes32" }],
    name: "getNonce",
    outputs: [{ name: "", type: "uint32" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "roleId", type: "uint64" }],
    name: "getRoleAdmin",
    outputs: [{ name: "", type: "uint64" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "roleId", type: "uint64" }],
    name: "getRoleGrantDelay",
    outputs: [{ name: "", type: "uint32" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "roleId", type: "uint64" }],
    name: "getRoleGuardian",
    outputs: [{ name: "", type: "uint64" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "id", type: "bytes32" }],
    name: "getSchedule",
    outputs: [{ name: "", type: "uint48" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "target", type: "address" }],
    name: "getTargetAdminDelay",
    outputs: [{ name: "", type: "uint32" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "selector", type: "bytes4" },
    ],
    name: "getTargetFunctionRole",
    outputs: [{ name: "", type: "uint64" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "account", type: "address" },
      { name: "executionDelay", type: "uint32" },
    ],
    name: "grantRole",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "account", type: "address" },
    ],
    name: "hasRole",
    outputs: [
      { name: "isMember", type: "bool" },
      { name: "executionDelay", type: "uint32" },
    ],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "caller", type: "address" },
      { name: "target", type: "address" },
      { name: "data", type: "bytes" },
    ],
    name: "hashOperation",
    outputs: [{ name: "", type: "bytes32" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "target", type: "address" }],
    name: "isTargetClosed",
    outputs: [{ name: "", type: "bool" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "label", type: "string" },
    ],
    name: "labelRole",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [],
    name: "minSetback",
    outputs: [{ name: "", type: "uint32" }],
    stateMutability: "view",
    type: "function",
  },
  {
    inputs: [{ name: "data", type: "bytes[]" }],
    name: "multicall",
    outputs: [{ name: "results", type: "bytes[]" }],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "callerConfirmation", type: "address" },
    ],
    name: "renounceRole",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "account", type: "address" },
    ],
    name: "revokeRole",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "data", type: "bytes" },
      { name: "when", type: "uint48" },
    ],
    name: "schedule",
    outputs: [
      { name: "operationId", type: "bytes32" },
      { name: "nonce", type: "uint32" },
    ],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "newDelay", type: "uint32" },
    ],
    name: "setGrantDelay",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "admin", type: "uint64" },
    ],
    name: "setRoleAdmin",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "roleId", type: "uint64" },
      { name: "guardian", type: "uint64" },
    ],
    name: "setRoleGuardian",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "newDelay", type: "uint32" },
    ],
    name: "setTargetAdminDelay",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "closed", type: "bool" },
    ],
    name: "setTargetClosed",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "selectors", type: "bytes4[]" },
      { name: "roleId", type: "uint64" },
    ],
    name: "setTargetFunctionRole",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
  {
    inputs: [
      { name: "target", type: "address" },
      { name: "newAuthority", type: "address" },
    ],
    name: "updateAuthority",
    outputs: [],
    stateMutability: "nonpayable",
    type: "function",
  },
] as const;
