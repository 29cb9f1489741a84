// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Token} from "../../contracts/local/Token.sol";

/// @notice Keeps a tenth of every transfer between accounts.
contract FeeToken is Token {
  constructor() Token("FEE", 18) {}

  function _update(address from, address to, uint256 amount) internal override {
    bool minted = from == address(0);
    super._update(from, to, minted ? amount : amount - amount / 10);
    if (!minted) super._update(from, address(0xfee), amount / 10);
  }
}

/// @notice Answers false, and moves nothing.
contract FalseToken is Token {
  constructor() Token("FALSE", 18) {}

  function transfer(address, uint256) public pure override returns (bool) {
    return false;
  }

  function transferFrom(address, address, uint256) public pure override returns (bool) {
    return false;
  }
}

/// @notice Moves, and answers nothing, as USDT does.
contract SilentToken is Token {
  constructor() Token("SILENT", 6) {}

  function transfer(address to, uint256 amount) public override returns (bool) {
    super.transfer(to, amount);
    assembly ("memory-safe") {
      return(0, 0)
    }
  }

  function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
    super.transferFrom(from, to, amount);
    assembly ("memory-safe") {
      return(0, 0)
    }
  }
}

/// @notice Calls back, as itself, whenever it is moved or asked for a balance.
contract CallbackToken is Token {
  address private _target;
  bytes[] private _calls;
  bytes[] private _answers; // what each call said, when it was refused
  uint256 private _entered; // calls that were let in

  constructor() Token("CALLBACK", 18) {}

  /// @notice What to call back; an empty list disarms.
  function arm(address target, bytes[] calldata calls) external {
    _target = target;
    delete _calls;
    for (uint256 i = 0; i < calls.length; ++i) _calls.push(calls[i]);
    delete _answers;
    _entered = 0;
  }

  function transfer(address to, uint256 amount) public override returns (bool) {
    _callBack();
    return super.transfer(to, amount);
  }

  function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
    _callBack();
    return super.transferFrom(from, to, amount);
  }

  /// @dev Asked statically, so it can record nothing: it reverts if a call is let in.
  function balanceOf(address owner) public view override returns (uint256) {
    for (uint256 i = 0; i < _calls.length; ++i) {
      (bool ok, ) = _target.staticcall(_calls[i]);
      require(!ok, "let in");
    }
    return super.balanceOf(owner);
  }

  function seen() external view returns (uint256 entered, bytes[] memory answers) {
    return (_entered, _answers);
  }

  function _callBack() private {
    for (uint256 i = 0; i < _calls.length; ++i) {
      (bool ok, bytes memory answer) = _target.call(_calls[i]);
      if (ok) ++_entered;
      else _answers.push(answer);
    }
  }
}
