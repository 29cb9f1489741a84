import { hashTypedData, isAddressEqual, type Address, type Hex, type LocalAccount } from "viem";
import { signTypedData } from "viem/actions";

import type { WriteClient } from "../actions/contract.ts";
import { NotTheSigner } from "./errors.ts";
import { normalSignature } from "./signature.ts";
import type { grantTypedData, orderTypedData } from "./typedData.ts";

type Asked = ReturnType<typeof grantTypedData> | ReturnType<typeof orderTypedData>;

/**
 * Signs EIP-712 data as `signer`, by a wallet or by a local key; as the chain takes it, however the
 * wallet ends it.
 *
 * @throws NotTheSigner before anyone is asked, if the key is another's
 */
export async function signAs(
  by: WriteClient | LocalAccount,
  signer: Address,
  asked: Asked,
): Promise<Hex> {
  const { address } = "account" in by ? by.account : by;
  if (!isAddressEqual(address, signer)) throw new NotTheSigner(signer, address);
  const given = await ("account" in by
    ? signTypedData(by, asked as never)
    : by.signTypedData(asked as never));
  return normalSignature(hashTypedData(asked as never), signer, given);
}
