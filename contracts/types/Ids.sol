// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice An account: owner address (160 bits) ‖ index (96 bits). No registration.
type AccountId is bytes32;

/// @notice An asset: factor (8 bits) ‖ index within the factor (8 bits). Index 0 is the factor's own
/// underlying; the rest are assets that follow it at a rate (LST, ERC-4626 share). Factor 255 holds
/// the stables: index 0 is the pool's cash. Zero is no asset.
type AssetId is uint16;

uint256 constant STABLES = 255;
AssetId constant CASH = AssetId.wrap(0xff00);
AssetId constant NO_ASSET = AssetId.wrap(0);
// The insurance fund. It holds cash only.
AccountId constant FUND = AccountId.wrap(0);

/// @notice A derivative: factor (8 bits) ‖ kind (8) ‖ expiry (32, Unix seconds) ‖ strike (48, 1e-8 USD). A
/// perp has neither expiry nor strike, a future no strike.
type InstrumentId is uint96;

enum Kind {
  None,
  Perp,
  Future,
  Call,
  Put
}

using {
  instrumentFactorOf,
  kindOf,
  expiryOf,
  expiryStateOf,
  strikeOf,
  sameInstrument as ==,
  otherInstrument as !=
} for InstrumentId global;

function instrumentId(
  uint256 factor,
  Kind kind,
  uint256 expiry,
  uint256 strike
) pure returns (InstrumentId) {
  return
    InstrumentId.wrap(
      uint96((factor << 88) | (uint256(uint8(kind)) << 80) | (expiry << 48) | strike)
    );
}

function instrumentFactorOf(InstrumentId id) pure returns (uint256) {
  return InstrumentId.unwrap(id) >> 88;
}

/// @notice The number of a `Kind`; past the last one for an id that names nothing.
function kindOf(InstrumentId id) pure returns (uint256) {
  return uint8(InstrumentId.unwrap(id) >> 80);
}

function expiryOf(InstrumentId id) pure returns (uint256) {
  return uint32(InstrumentId.unwrap(id) >> 48);
}

/// @notice Factor and expiry in one: the same for all that expires together.
function expiryStateOf(InstrumentId id) pure returns (uint256) {
  return (instrumentFactorOf(id) << 32) | expiryOf(id);
}

/// @notice USD, a wad.
function strikeOf(InstrumentId id) pure returns (int256) {
  return int256(uint256(uint48(InstrumentId.unwrap(id)))) * 1e10;
}

function sameInstrument(InstrumentId a, InstrumentId b) pure returns (bool) {
  return InstrumentId.unwrap(a) == InstrumentId.unwrap(b);
}

function otherInstrument(InstrumentId a, InstrumentId b) pure returns (bool) {
  return InstrumentId.unwrap(a) != InstrumentId.unwrap(b);
}

using {ownerOf, indexOf, sameAccount as ==, otherAccount as !=} for AccountId global;
using {factorOf, isUnderlying, isStable, sameAsset as ==, otherAsset as !=} for AssetId global;

function accountId(address owner, uint96 index) pure returns (AccountId) {
  return AccountId.wrap(bytes32((uint256(uint160(owner)) << 96) | index));
}

function ownerOf(AccountId account) pure returns (address) {
  return address(uint160(uint256(AccountId.unwrap(account)) >> 96));
}

function indexOf(AccountId account) pure returns (uint96) {
  return uint96(uint256(AccountId.unwrap(account)));
}

function sameAccount(AccountId a, AccountId b) pure returns (bool) {
  return AccountId.unwrap(a) == AccountId.unwrap(b);
}

function otherAccount(AccountId a, AccountId b) pure returns (bool) {
  return AccountId.unwrap(a) != AccountId.unwrap(b);
}

function assetId(uint256 factor, uint256 index) pure returns (AssetId) {
  return AssetId.wrap(uint16((factor << 8) | index));
}

function factorOf(AssetId asset) pure returns (uint256) {
  return AssetId.unwrap(asset) >> 8;
}

function isUnderlying(AssetId asset) pure returns (bool) {
  return AssetId.unwrap(asset) & 0xff == 0;
}

function isStable(AssetId asset) pure returns (bool) {
  return factorOf(asset) == STABLES;
}

function sameAsset(AssetId a, AssetId b) pure returns (bool) {
  return AssetId.unwrap(a) == AssetId.unwrap(b);
}

function otherAsset(AssetId a, AssetId b) pure returns (bool) {
  return AssetId.unwrap(a) != AssetId.unwrap(b);
}
