// Of OpenZeppelin's AccessManager and AccessManaged.

import { errorClass } from "./BallastError.ts";

/** The caller has no role for this function. */
export class AccessManagedUnauthorized extends errorClass(
  "AccessManagedUnauthorized(address caller)",
) {}

/** The caller has to schedule this call first; seconds. */
export class AccessManagedRequiredDelay extends errorClass(
  "AccessManagedRequiredDelay(address caller, uint32 delay)",
) {}

/** An authority has to be a contract. */
export class AccessManagedInvalidAuthority extends errorClass(
  "AccessManagedInvalidAuthority(address authority)",
) {}

/** The operation is scheduled and has not expired. */
export class AccessManagerAlreadyScheduled extends errorClass(
  "AccessManagerAlreadyScheduled(bytes32 operationId)",
) {}

/** The operation was never scheduled. */
export class AccessManagerNotScheduled extends errorClass(
  "AccessManagerNotScheduled(bytes32 operationId)",
) {}

/** The operation's delay has not passed. */
export class AccessManagerNotReady extends errorClass(
  "AccessManagerNotReady(bytes32 operationId)",
) {}

/** The operation was not executed in time. */
export class AccessManagerExpired extends errorClass("AccessManagerExpired(bytes32 operationId)") {}

/** The admin and public roles cannot be changed. */
export class AccessManagerLockedRole extends errorClass("AccessManagerLockedRole(uint64 roleId)") {}

/** This function's role cannot be changed. */
export class AccessManagerLockedFunction extends errorClass(
  "AccessManagerLockedFunction(bytes4 selector)",
) {}

/** Renouncing a role needs one's own address. */
export class AccessManagerBadConfirmation extends errorClass("AccessManagerBadConfirmation()") {}

/** The caller lacks the role. */
export class AccessManagerUnauthorizedAccount extends errorClass(
  "AccessManagerUnauthorizedAccount(address msgsender, uint64 roleId)",
) {}

/** The caller may not call this function of the target. */
export class AccessManagerUnauthorizedCall extends errorClass(
  "AccessManagerUnauthorizedCall(address caller, address target, bytes4 selector)",
) {}

/** Only a managed contract consumes its operations. */
export class AccessManagerUnauthorizedConsume extends errorClass(
  "AccessManagerUnauthorizedConsume(address target)",
) {}

/** Only the scheduler, an admin or a guardian cancels an operation. */
export class AccessManagerUnauthorizedCancel extends errorClass(
  "AccessManagerUnauthorizedCancel(address msgsender, address caller, address target, bytes4 selector)",
) {}

/** An authority needs an admin. */
export class AccessManagerInvalidInitialAdmin extends errorClass(
  "AccessManagerInvalidInitialAdmin(address initialAdmin)",
) {}
