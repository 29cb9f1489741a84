// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IClearinghouse} from "../interfaces/IClearinghouse.sol";
import {IOracle, SELF_TOLD} from "../interfaces/IOracle.sol";
import {GRID} from "../math/OracleMath.sol";
import * as VolatilityMath from "../math/VolatilityMath.sol";
import {AccountId, AssetId, InstrumentId, assetId} from "../types/Ids.sol";
import {FactorParams, PART} from "../types/Params.sol";
import {Price, Round} from "../types/Price.sol";
import {Book, Estimate, State} from "../types/State.sol";
import {Accounts} from "./Accounts.sol";
import {EffectiveParams} from "./EffectiveParams.sol";
import {KeeperRewards} from "./KeeperRewards.sol";
import {Ramps} from "./Ramps.sol";
import {Expiries} from "./instruments/Expiries.sol";
import {Volatility, VolatilityBounds} from "../types/Volatility.sol";

/// @notice Volatility of each factor, from every oracle round in order, whoever brings them.
library Estimates {
  using SafeCast for int256;
  using SafeCast for uint256;

  uint256 internal constant INLINE_ROUNDS = 8;
  uint256 internal constant WAIT = 60; // seconds: closer rounds wait

  /// @notice Processes up to `most` rounds, for a fee for each that counts. Returns how many.
  function observe(State storage s, uint256 factor, uint256 most) external returns (uint256 n) {
    uint256 counted;
    (n, counted) = _walk(s, factor, most);
    KeeperRewards.payObserver(s, counted);
  }

  /// @notice Settles what has expired as far as all rounds are told: none to come can be older.
  function settleTerms(State storage s, uint256 factor) external {
    uint256 boundary = s.markets[factor].boundary;
    if (boundary == 0 || block.timestamp < boundary) return;
    _catchUp(s, factor);
    uint256 closed = Expiries.closed(s, factor);
    if (closed < s.markets[factor].boundary) return;
    Expiries.cross(s, factor, Expiries.load(s, factor), closed);
  }

  /// @notice Walks what an act walks by itself; more must be observed, or told, first.
  function catchUp(State storage s, uint256 factor) external {
    _catchUp(s, factor);
    uint256 untold = _untold(s, factor);
    require(untold <= INLINE_ROUNDS, IClearinghouse.EstimateBehind(factor, untold));
  }

  /// @notice Walks what the windows wait for in which an account holds something; more must be observed first.
  function enter(State storage s, AccountId account) external {
    _enter(s, account);
  }

  function _enter(State storage s, AccountId account) private {
    uint256 factors = _settlingOf(s, account);
    for (uint256 factor = 0; factors >> factor != 0; ++factor) {
      if ((factors >> factor) & 1 != 0) _catchUp(s, factor);
    }
  }

  /// @notice The same, whether or not more wait. Do they?
  function tryEnter(State storage s, AccountId account) external returns (bool behind) {
    uint256 factors = _settlingOf(s, account);
    for (uint256 factor = 0; factors >> factor != 0; ++factor) {
      if ((factors >> factor) & 1 == 0) continue;
      (uint256 n, ) = _walk(s, factor, INLINE_ROUNDS);
      if (n == INLINE_ROUNDS && _next(s, factor).id != 0) behind = true;
    }
  }

  /// @notice An instrument whose price is being made trades at what is known: all that is due is told and
  /// walked.
  function enterFill(State storage s, uint256 factor) external {
    _catchUp(s, factor);
    uint256 untold = _untold(s, factor);
    require(untold == 0, IClearinghouse.EstimateBehind(factor, untold));
  }

  /// @notice Walks up to eight rounds of each factor of an account; where its windows wait for more, they must be
  /// observed first. Returns the factors, and how far they are walked.
  function enterAll(
    State storage s,
    AccountId account
  ) external returns (uint256 factors, uint256 rounds) {
    factors = Accounts.factorsOf(s, account);
    _enter(s, account); // first: what it walks, nothing walks again
    _walkAll(s, factors);
    return (factors, _roundsOf(s, factors));
  }

  /// @notice Walks what is told; more than an act walks must be observed first.
  function walkTold(State storage s, uint256 factor) external {
    _catchUp(s, factor);
  }

  /// @notice The price of an underlying at which margin calls are confirmed: where rounds have to be told, that of
  /// the last one, which no one could choose.
  function told(State storage s, AssetId asset) external view returns (Price memory price) {
    price = s.oracle.read(asset);
    if (s.oracle.closed(asset) == SELF_TOLD) return price;
    (price.price, price.updated) = (0, 0);
    uint256 last = s.oracle.latest(asset);
    if (last == 0) return price;
    Round memory round = s.oracle.next(asset, last - 1);
    if (round.price > 0) (price.price, price.updated) = (round.price, round.updated);
  }

  /// @notice Walks what an act walks by itself, of each of a set of factors, whether or not more wait.
  function walkAll(State storage s, uint256 factors) external {
    _walkAll(s, factors);
  }

  function _walkAll(State storage s, uint256 factors) private {
    for (uint256 factor = 0; factors >> factor != 0; ++factor) {
      if ((factors >> factor) & 1 != 0) _walk(s, factor, INLINE_ROUNDS);
    }
  }

  /// @notice How far the rounds of a set of factors are walked, also those too close to move estimates: their
  /// ids, added up.
  function roundsOf(State storage s, uint256 factors) external view returns (uint256) {
    return _roundsOf(s, factors);
  }

  function _roundsOf(State storage s, uint256 factors) private view returns (uint256 sum) {
    for (uint256 factor = 0; factors >> factor != 0; ++factor) {
      if ((factors >> factor) & 1 != 0) sum += s.estimates[factor].round;
    }
  }

  function _catchUp(State storage s, uint256 factor) private {
    (uint256 n, ) = _walk(s, factor, INLINE_ROUNDS);
    if (n < INLINE_ROUNDS) return;
    Round memory next = _next(s, factor);
    if (next.id == 0) return;
    revert IClearinghouse.EstimateBehind(factor, _pending(s.oracle, factor, next));
  }

  /// Slots that are due and that no one has told.
  function _untold(State storage s, uint256 factor) private view returns (uint256) {
    return Math.ceilDiv(block.timestamp - Expiries.closed(s, factor), uint256(GRID));
  }

  function _next(State storage s, uint256 factor) private view returns (Round memory) {
    return s.oracle.next(assetId(factor, 0), s.estimates[factor].round);
  }

  /// The factors in a window of which an account holds something.
  function _settlingOf(State storage s, AccountId account) private view returns (uint256 factors) {
    Book storage b = s.books[account];
    for (uint256 i = s.accounts[account].positions; i > 0; --i) {
      InstrumentId id = b.list[i - 1].instrument;
      if (Expiries.isSettling(s, id)) factors |= 1 << id.instrumentFactorOf();
    }
  }

  /// Does a round wait that would move the estimates?
  function isBehind(Estimate storage e, Price memory price) internal view returns (bool) {
    return price.updated >= e.time + WAIT;
  }

  function list(State storage s, uint256 factor, FactorParams memory params) internal {
    Estimate storage e = s.estimates[factor];
    if (e.time != 0) return;
    AssetId asset = assetId(factor, 0);
    Price memory price = s.oracle.read(asset);
    require(
      price.price > 0,
      IClearinghouse.PriceNotOk(asset, price.price, price.updated, price.status)
    );
    _store(e, VolatilityMath.listedVolatility(price.price, boundsOf(params)), price.updated);
    e.round = s.oracle.latest(asset).toUint80();
  }

  function boundsOf(FactorParams memory params) internal pure returns (VolatilityBounds memory) {
    return
      VolatilityBounds({
        floor: int256(uint256(params.volatilityFloor)) * PART,
        stress: int256(uint256(params.volatilityStress)) * PART
      });
  }

  /// Is no step due at a read? Then the first slot tells all.
  function isHot(Estimate storage e) internal view returns (bool) {
    return block.timestamp < e.time + WAIT;
  }

  /// The estimates as stored. Reads every slot; `hot` reads one.
  function load(Estimate storage e) internal view returns (Volatility memory) {
    return
      Volatility({
        hour: int256(uint256(e.hour)),
        day: int256(uint256(e.day)),
        month: int256(uint256(e.month)),
        used: int256(uint256(e.used)),
        maintenance: int256(uint256(e.maintenance)),
        price: int256(uint256(e.price))
      });
  }

  /// What a read within 60 s of the last round needs: no step is due.
  function hot(Estimate storage e) internal view returns (Volatility memory v) {
    v.hour = int256(uint256(e.hour));
    v.used = int256(uint256(e.used));
    v.maintenance = int256(uint256(e.maintenance));
  }

  /// @notice The estimates one step on, at the current price: √ and logarithms have a room of their own.
  /// With rounds pending, maintenance takes no step.
  function stepped(
    State storage s,
    uint256 factor,
    int256 price,
    uint256 updated
  ) external view returns (int256 hour, int256 used, int256 maintenance) {
    Estimate storage e = s.estimates[factor];
    int256 elapsed = int256(block.timestamp - e.time);
    VolatilityBounds memory bounds = boundsOf(EffectiveParams.factorOf(s, factor));
    Volatility memory v = VolatilityMath.readVolatility(load(e), price, elapsed, bounds);
    if (updated >= e.time + WAIT) v.maintenance = int256(uint256(e.maintenance));
    return (v.hour, v.used, v.maintenance);
  }

  /// Returns how many rounds were processed, and how many of them counted.
  function _walk(
    State storage s,
    uint256 factor,
    uint256 most
  ) private returns (uint256 n, uint256 counted) {
    Estimate storage e = s.estimates[factor];
    require(e.time != 0, IClearinghouse.UnknownFactor(factor));
    VolatilityBounds memory bounds = boundsOf(s.factors[factor]);
    Volatility memory v = load(e);
    uint256 time = e.time;
    uint256 id = e.round;
    bool settles = s.markets[factor].boundary != 0;
    for (; n < most; ++n) {
      Round memory next = s.oracle.next(assetId(factor, 0), id);
      if (next.id == 0) break;
      id = next.id;
      if (settles) _tell(s, factor, next);
      if (!_counts(next, time)) continue;
      if (e.ramping) bounds = boundsOf(Ramps.factorAt(s, factor, next.updated));
      v = _after(v, next, int256(next.updated - time), bounds);
      time = next.updated;
      ++counted;
    }
    if (n == 0) return (0, 0);
    e.round = id.toUint80();
    _store(e, v, time);
    _forgetRamp(s, factor);
    emit IClearinghouse.Observe(factor, id, e.used, e.maintenance);
  }

  /// Parameters that have arrived need no look at where they came from.
  function _forgetRamp(State storage s, uint256 factor) private {
    Estimate storage e = s.estimates[factor];
    if (e.ramping && Ramps.areDone(s.ramps[factor])) e.ramping = false;
  }

  /// Nonsense, what comes too soon after a round at `time`, and what is not yet, leaves no trace.
  function _counts(Round memory round, uint256 time) private view returns (bool) {
    return round.price > 0 && round.updated >= time + WAIT && round.updated <= block.timestamp;
  }

  function _after(
    Volatility memory v,
    Round memory round,
    int256 elapsed,
    VolatilityBounds memory bounds
  ) private pure returns (Volatility memory) {
    if (round.skipped) return VolatilityMath.resumeVolatility(v, round.price, elapsed, bounds);
    return VolatilityMath.observeVolatility(v, round.price, elapsed, bounds);
  }

  /// Every round counts in the price that futures and options settle at.
  function _tell(State storage s, uint256 factor, Round memory round) private {
    Expiries.Tally memory tally = Expiries.load(s, factor);
    if (round.price <= 0 || round.updated < tally.seen || round.updated > block.timestamp) return;
    if (round.updated >= s.markets[factor].boundary)
      Expiries.cross(s, factor, tally, round.updated);
    Expiries.advance(tally, uint256(round.price), round.updated);
    Expiries.store(s, factor, tally);
  }

  function _store(Estimate storage e, Volatility memory v, uint256 time) private {
    e.used = uint64(uint256(v.used));
    e.maintenance = uint64(uint256(v.maintenance));
    e.hour = uint72(uint256(v.hour));
    e.time = uint32(time);
    e.day = uint80(uint256(v.day));
    e.month = uint80(uint256(v.month));
    e.price = uint96(uint256(v.price));
  }

  function _pending(
    IOracle oracle,
    uint256 factor,
    Round memory next
  ) private view returns (uint256 n) {
    AssetId asset = assetId(factor, 0);
    for (n = INLINE_ROUNDS; next.id != 0 && n < 256; ++n) next = oracle.next(asset, next.id);
  }
}
