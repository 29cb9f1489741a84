// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {Grant} from "../types/Grant.sol";
import {AccountId, AssetId, FUND, NO_ASSET, STABLES} from "../types/Ids.sol";
import {MAX_ASSETS, MAX_FACTORS, TIERS} from "../types/Params.sol";
import {Account, Holding, Permission, Phase, State, holding} from "../types/State.sol";
import {EffectiveParams} from "./EffectiveParams.sol";
import {Locks} from "./Locks.sol";
import {Signatures} from "./Signatures.sol";

/// @notice Who may act for an account, and what it holds.
library Accounts {
  uint8 internal constant OWNER = 0; // no operator has it
  uint8 internal constant DEPOSIT = 1;
  uint8 internal constant TRADE = 2;
  uint8 internal constant WITHDRAW = 4;
  uint8 internal constant TRANSFER = 8;
  uint8 internal constant LIQUIDATE = 16;

  // solhint-disable gas-small-strings
  bytes32 private constant GRANT_TYPE = keccak256(
    "Grant(bytes32 account,address operator,uint8 scopes,uint40 expiry,uint64 lossLimit,uint256 nonce,uint256 deadline)"
  );
  // solhint-enable gas-small-strings

  /// The one statement of authority: the owner, or an operator with the scope until its expiry.
  function authorize(State storage s, AccountId account, uint8 scope) internal view {
    require(account.ownerOf() != address(0), IClearinghouse.ReservedAccount(account));
    if (account.ownerOf() == msg.sender) return;
    Permission memory given = s.permissions[account][msg.sender];
    bool valid = given.scopes & scope != 0 && block.timestamp < given.expiry;
    require(valid, IClearinghouse.NotAuthorized(account, msg.sender, scope, given.expiry));
  }

  /// Did the owner of an account sign this?
  function requireSigned(
    Grant calldata grant,
    bytes calldata signature,
    bytes32 domain
  ) internal view {
    address owner = grant.account.ownerOf();
    require(owner != address(0), IClearinghouse.ReservedAccount(grant.account));
    bytes32 words = keccak256(abi.encode(GRANT_TYPE, grant));
    bytes32 hash = MessageHashUtils.toTypedDataHash(domain, words);
    require(
      Signatures.isValid(owner, hash, signature),
      IClearinghouse.BadSignature(grant.account, hash, owner)
    );
  }

  /// Each grant takes a nonce, so that one which was signed and not yet sent dies with the next.
  function allow(State storage s, Grant memory grant) internal {
    require(
      block.timestamp <= grant.deadline,
      IClearinghouse.GrantExpired(grant.account, grant.deadline)
    );
    uint256 nonce = s.nonces[grant.account]++;
    require(grant.nonce == nonce, IClearinghouse.WrongNonce(grant.account, grant.nonce, nonce));
    Permission storage given = s.permissions[grant.account][grant.operator];
    (given.scopes, given.expiry) = (grant.scopes, grant.expiry);
    given.lossLimit = grant.lossLimit;
    emit IClearinghouse.SetOperator(
      grant.account,
      grant.operator,
      grant.scopes,
      grant.expiry,
      grant.lossLimit
    );
  }

  /// Counts what a trade of an operator lost, up to its limit of the day.
  function countLoss(State storage s, AccountId account, address operator, uint256 loss) internal {
    Permission storage given = s.permissions[account][operator];
    uint256 today = block.timestamp / 1 days;
    uint256 lost = (given.day == today ? given.lost : 0) + loss;
    require(
      lost <= given.lossLimit,
      IClearinghouse.DailyLossExceeded(account, operator, given.lossLimit, lost)
    );
    (given.lost, given.day) = (uint64(lost), uint32(today));
  }

  /// The insurance fund owes nothing and cannot be called.
  function requireOwned(AccountId account) internal pure {
    require(account != FUND, IClearinghouse.ReservedAccount(account));
  }

  /// Closed during a call: a call is answered under the tier it was opened in.
  function setTier(State storage s, AccountId id, uint8 tier) internal {
    Account storage account = s.accounts[id];
    require(tier < TIERS, IClearinghouse.UnknownTier(tier, TIERS));
    require(account.phase == Phase.Clear, IClearinghouse.InCall(id, account.phase));
    bool less =
      EffectiveParams.multiplierOf(s, tier) < EffectiveParams.multiplierOf(s, account.tier);
    if (less) Locks.requireOpen(s);
    account.tier = tier;
    emit IClearinghouse.SetGrace(id, tier);
  }

  /// May the caller fill a slot of this account?
  function isAuthorized(
    State storage s,
    AccountId account,
    uint8 scope
  ) internal view returns (bool) {
    if (account.ownerOf() == msg.sender) return account != FUND;
    Permission memory given = s.permissions[account][msg.sender];
    return given.scopes & scope != 0 && block.timestamp < given.expiry;
  }

  function amountOf(Account storage account, AssetId asset) internal view returns (uint256) {
    for (uint256 i = 0; i < MAX_ASSETS; ++i) {
      Holding held = account.holdings[i];
      if (held.assetOf() == asset) return held.amountOf();
      if (held.assetOf() == NO_ASSET) return 0;
    }
    return 0;
  }

  /// Adds to a holding, opening a slot for it if there is none.
  function add(State storage s, AccountId id, AssetId asset, uint256 amount) internal {
    if (amount == 0) return;
    Account storage account = s.accounts[id];
    for (uint256 i = 0; i < MAX_ASSETS; ++i) {
      Holding held = account.holdings[i];
      if (held.assetOf() == asset) {
        account.holdings[i] = holding(asset, held.amountOf() + amount);
        return;
      }
      if (held.assetOf() == NO_ASSET) {
        account.holdings[i] = holding(asset, amount);
        if (i + account.positions >= MAX_FACTORS) requireFewFactors(s, id);
        return;
      }
    }
    revert IClearinghouse.TooManyAssets(id, MAX_ASSETS);
  }

  /// Takes from a holding; an emptied one is replaced by the last.
  function remove(Account storage account, AssetId asset, uint256 amount) internal {
    if (amount == 0) return;
    uint256 last = count(account) - 1;
    for (uint256 i = 0; i <= last; ++i) {
      Holding held = account.holdings[i];
      if (held.assetOf() != asset) continue;
      if (held.amountOf() > amount) {
        account.holdings[i] = holding(asset, held.amountOf() - amount);
      } else {
        account.holdings[i] = account.holdings[last];
        account.holdings[last] = Holding.wrap(0);
      }
      return;
    }
  }

  function count(Account storage account) internal view returns (uint256 n) {
    while (n < MAX_ASSETS && account.holdings[n].assetOf() != NO_ASSET) ++n;
  }

  /// The factors an account holds something of, a bit each; stables are none.
  function factorsOf(State storage s, AccountId id) internal view returns (uint256 seen) {
    Account storage account = s.accounts[id];
    for (uint256 i = 0; i < MAX_ASSETS; ++i) {
      AssetId asset = account.holdings[i].assetOf();
      if (asset == NO_ASSET) break;
      seen |= 1 << asset.factorOf();
    }
    for (uint256 i = 0; i < account.positions; ++i) {
      seen |= 1 << s.books[id].list[i].instrument.instrumentFactorOf();
    }
    return seen & ~(1 << STABLES);
  }

  function factorCount(State storage s, AccountId id) internal view returns (uint256 n) {
    for (uint256 seen = factorsOf(s, id); seen != 0; seen &= seen - 1) ++n;
  }

  /// Fewer holdings and positions than factors allowed cannot hold too many factors.
  function requireFewFactors(State storage s, AccountId id) internal view {
    require(factorCount(s, id) <= MAX_FACTORS, IClearinghouse.TooManyFactors(id, MAX_FACTORS));
  }
}
