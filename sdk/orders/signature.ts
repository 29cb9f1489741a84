import { concat, isAddressEqual, numberToHex, recoverAddress, size, slice } from "viem";
import type { Address, Hash, Hex } from "viem";

const HIGHEST = 2n ** 255n;

/**
 * A key's signature as the chain takes it, 65 bytes that end in 27 or 28. Some wallets end them in 0 or 1,
 * or give 64 bytes (EIP-2098). What is then still no signature of `signer` is left as it is: another
 * contract's wallet may mean something by it.
 */
export async function normalSignature(hash: Hash, signer: Address, given: Hex): Promise<Hex> {
  const normal = normalForm(given);
  return normal !== given && (await signs(signer, hash, normal)) ? normal : given;
}

function normalForm(given: Hex): Hex {
  if (size(given) === 64) return expanded(given);
  if (size(given) !== 65) return given;
  const v = Number(slice(given, 64));
  return v > 1 ? given : concat([slice(given, 0, 64), numberToHex(v + 27)]);
}

/** EIP-2098: the highest bit of s says which v. */
function expanded(compact: Hex): Hex {
  const last = BigInt(slice(compact, 32));
  const s = numberToHex(last & (HIGHEST - 1n), { size: 32 });
  return concat([slice(compact, 0, 32), s, last < HIGHEST ? "0x1b" : "0x1c"]);
}

async function signs(signer: Address, hash: Hash, signature: Hex): Promise<boolean> {
  try {
    return isAddressEqual(await recoverAddress({ hash, signature }), signer);
  } catch {
    return false;
  }
}
