// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import * as PriceMath from "../math/PriceMath.sol";
import * as RateMath from "../math/RateMath.sol";
import {AccountId, AssetId, CASH, NO_ASSET} from "../types/Ids.sol";
import {MAX_ASSETS} from "../types/Params.sol";
import {Price, SoundRate, Status} from "../types/Price.sol";
import {Account, Rate, State} from "../types/State.sol";

/// @notice The last sound rate R of what follows an underlying, and price of each stable: what margin calls
/// count while a feed is dead, and hold against a single print. Anyone may note what a feed says; what is
/// noted moves R only within what two rounds both say, so that no one gains by when it is noted.
library Rates {
  /// @notice Begins R at what the feed of a new asset says, which must not be late.
  function list(State storage s, AssetId asset) external {
    Price memory price = s.oracle.read(asset);
    require(
      price.price > 0 && price.status <= Status.Degraded,
      IClearinghouse.PriceNotOk(asset, price.price, price.updated, price.status)
    );
    Rate storage r = s.rates[asset];
    delete s.rates[asset];
    (r.sound, r.heard) = (uint96(uint256(price.price)), uint96(uint256(price.price)));
    (r.heardAt, r.grown, r.top) = (uint32(price.updated), uint32(price.updated), r.sound);
  }

  /// @notice Notes what a feed says.
  function note(State storage s, AssetId asset) external {
    require(s.rates[asset].sound != 0, IClearinghouse.NoRate(asset));
    _note(s, asset);
  }

  /// @notice Notes what the feeds say of all that an account holds or owes at a rate.
  function noteHeld(State storage s, AccountId id) external {
    Account storage account = s.accounts[id];
    if (account.principal != 0 || account.positions > 0) _note(s, CASH);
    for (uint256 i = 0; i < MAX_ASSETS; ++i) {
      AssetId asset = account.holdings[i].assetOf();
      if (asset == NO_ASSET) break;
      if (hasRate(asset)) _note(s, asset);
    }
  }

  /// @notice Names the rate of an asset whose feed is dead; R moves there within a day.
  function setRate(State storage s, AssetId asset, uint96 rate) external {
    Rate storage r = s.rates[asset];
    require(r.sound != 0, IClearinghouse.NoRate(asset));
    Price memory price = s.oracle.read(asset);
    require(price.price == 0, IClearinghouse.RateAlive(asset, price.price));
    uint256 sound = uint256(soundOf(s, asset));
    uint256 most = sound + sound / 100;
    require(
      rate >= (sound + 1) / 2 && rate <= most,
      IClearinghouse.ParameterOutOfBounds("rate", rate, (sound + 1) / 2, most)
    );
    (r.sound, r.named, r.namedAt) = (uint96(sound), rate, uint32(block.timestamp));
    ++s.version;
    emit IClearinghouse.SetRate(asset, rate);
  }

  /// @notice A price or rate as margin calls see it, and by what share it may be off: a dead one is R.
  function plain(
    State storage s,
    AssetId asset
  ) public view returns (Price memory price, int256 doubtRate) {
    price = s.oracle.read(asset);
    doubtRate = PriceMath.doubtRateOf(price);
    price = PriceMath.narrowed(price);
    if (price.price == 0) price.price = soundOf(s, asset);
  }

  /// @notice The same where a margin call is confirmed: for whoever holds it no less than R, for whoever owes
  /// it (a `face` below 0) no more.
  function steady(
    State storage s,
    AssetId asset,
    int256 face
  ) external view returns (Price memory price, int256 doubtRate) {
    (price, doubtRate) = plain(s, asset);
    price.price = RateMath.steadyRate(price, soundOf(s, asset), face);
  }

  /// @notice Does no feed say what no second round bears out, of cash and what an account holds? Then `Steady`
  /// is `Plain`.
  function areSteady(State storage s, AccountId id) external view returns (bool) {
    if (!_isSteady(s, CASH, 1) || !_isSteady(s, CASH, -1)) return false;
    Account storage account = s.accounts[id];
    for (uint256 i = 0; i < MAX_ASSETS; ++i) {
      AssetId asset = account.holdings[i].assetOf();
      if (asset == NO_ASSET) break;
      if (hasRate(asset) && !_isSteady(s, asset, 1)) return false;
    }
    return true;
  }

  /// Is it priced in something else, or meant to be worth one?
  function hasRate(AssetId asset) internal pure returns (bool) {
    return asset.isStable() || !asset.isUnderlying();
  }

  /// R as of now.
  function soundOf(State storage s, AssetId asset) internal view returns (int256) {
    Rate storage r = s.rates[asset];
    return RateMath.soundRate(_known(r), int256(block.timestamp - r.namedAt));
  }

  function _isSteady(State storage s, AssetId asset, int256 face) private view returns (bool) {
    (Price memory price, ) = plain(s, asset);
    return RateMath.steadyRate(price, soundOf(s, asset), face) == price.price;
  }

  function _note(State storage s, AssetId asset) private {
    Rate storage r = s.rates[asset];
    Price memory price = s.oracle.read(asset);
    if (!RateMath.isSound(price) || price.updated < r.heardAt + RateMath.APART) return;
    if (r.named != 0) (r.sound, r.named) = (uint96(uint256(soundOf(s, asset))), 0);
    else _move(r, price);
    (r.heard, r.heardAt) = (uint96(uint256(price.price)), uint32(price.updated));
    emit IClearinghouse.ObserveRate(asset, r.sound);
  }

  function _move(Rate storage r, Price memory price) private {
    int256 elapsed = int256(price.updated - r.grown);
    r.sound = uint96(uint256(RateMath.movedRate(_known(r), price.price, elapsed)));
    if (r.sound > r.top) (r.top, r.grown) = (r.sound, uint32(price.updated));
  }

  function _known(Rate storage r) private view returns (SoundRate memory) {
    return
      SoundRate({
        sound: int256(uint256(r.sound)),
        heard: int256(uint256(r.heard)),
        top: int256(uint256(r.top)),
        named: int256(uint256(r.named))
      });
  }
}
