// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Offer, Slice} from "../types/Offer.sol";
import {AccountId, AssetId} from "../types/Ids.sol";
import {Grant} from "../types/Grant.sol";
import {Fill, Order} from "../types/Order.sol";

/// @notice What may happen to an account, and whether it is healthy: the door answers itself.
interface IVerbs {
  /// @notice Puts `amount` of `token` into an account; cash repays debt first. What arrived counts.
  /// A stranger may deposit cash, or what the account already holds.
  function deposit(AccountId account, address token, uint256 amount) external;

  /// @notice Takes `amount` of `token` out; cash one does not have is borrowed. Needs IM.
  function withdraw(AccountId account, address token, uint256 amount, address to) external;

  /// @notice Moves `amount` of `token` between accounts of the pool. The sender needs IM.
  function transfer(AccountId from, AccountId to, address token, uint256 amount) external;

  /// @notice Repays up to `amount` of an account's debt; anyone may. Returns what was repaid.
  function repay(AccountId account, uint256 amount) external returns (uint256 repaid);

  /// @notice Lets `operator` act for an account within `scopes` until `expiry`; zero scopes revoke. What
  /// its trades lose against the mark in a day, fees among it, is at most `lossLimit`, cash millionths.
  function setOperator(
    AccountId account,
    address operator,
    uint8 scopes,
    uint40 expiry,
    uint64 lossLimit
  ) external;

  /// @notice The same, signed by the owner (EIP-712, ERC-1271); anyone may send it.
  function setOperatorBySignature(Grant calldata grant, bytes calldata signature) external;

  /// @notice Chooses a grace tier. Needs IM under it; closed during a call.
  function setGrace(AccountId account, uint8 tier) external;

  /// @notice Lets `sponsor` top the account up in call for a fee, 1e-9 of what a deposit brings towards a
  /// cure, paid to its account 0 once the account is cured, out of equity above IM. Closed during a call.
  function setSponsor(AccountId account, address sponsor, uint32 fee) external;

  /// @notice Many verbs, one transaction; the health of each account touched is proved at the end. Until
  /// then no account is called or sold.
  function batch(bytes[] calldata calls) external;

  /// @notice A batch sent as reducing: it may leave `account` below IM, even in call, if by before and
  /// after it is no worse: it is one act, and holds no call, bid or takeover. Every other account touched
  /// is proved as in any batch.
  function batchReducing(AccountId account, bytes[] calldata calls) external;

  /// @notice Fills pairs of signed orders; anyone may. Each fill is proved by itself. Unless `atomic`, one
  /// that may not be is left out and reported.
  function settle(Fill[] calldata fills, bool atomic) external;

  /// @notice Makes orders unfillable; the sender may trade for their accounts.
  function cancel(Order[] calldata orders) external;

  /// @notice Makes every order of an account with a counter below `counter` unfillable.
  function cancelBelow(AccountId account, uint256 counter) external;

  /// @notice Fixes the settlement price of what has expired of a factor; anyone may, however late.
  function settleExpiries(uint256 factor) external;

  /// @notice Pays what an account's positions have earned, and closes those that have settled; and what it
  /// can of a fee that it owes its sponsor.
  function settleExpired(AccountId account) external;

  /// @notice Processes up to `maxRounds` oracle rounds of a factor, in order, for a fee each. Returns how
  /// many.
  function observe(uint256 factor, uint256 maxRounds) external returns (uint256 processed);

  /// @notice Notes what the feed of a follower or stable says. Two sound rounds at least a minute apart
  /// move the last sound rate no further than both say, and up by at most 1 % a day.
  function observeRate(AssetId asset) external;

  /// @notice Brings interest up to now.
  function accrue() external;

  /// @notice Opens or continues a margin call: reads health, burns or cools the fuse; or warns of one.
  function call(AccountId account) external;

  /// @notice Buys a slice of an account in auction. If the offer carries data, the sender is called with it
  /// (`IBidder`) once the slice is the receiver's and before the receiver's margin is proved.
  function bid(Offer calldata offer) external returns (Slice memory slice);

  /// @notice Moves a book no one bid for to an account of the house.
  function takeOver(AccountId account) external returns (AccountId backstopAccount);

  /// @notice The EIP-712 domain that orders are signed under.
  function domainSeparator() external view returns (bytes32);

  /// @notice Equity and maintenance requirement, USD.
  function health(AccountId account) external view returns (int256 equity, int256 maintenance);

  /// @notice Equity that IM is compared with, and IM, USD.
  function initial(AccountId account) external view returns (int256 equity, int256 required);
}
