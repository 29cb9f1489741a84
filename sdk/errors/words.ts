import { hexToString, type Hex } from "viem";

// What nodes say of a revert where they give no data of its own. Geth, Erigon, Reth and Besu:
// "execution reverted: TEXT"; Nethermind and OpenEthereum: "Reverted 0x...", at times with the text's
// bare bytes; Hardhat: "... (return data: 0x...)"; Anvil: "custom error 0x12345678: REST"; Ganache:
// "... transaction: revert TEXT".

const LINK = String.raw`[\s:,("'=]*`;
const REVERT = String.raw`\brevert(?:ed)?`;
const KIND = String.raw`(?:with\s+)?(?:an?\s+)?(?:unrecognized\s+|unknown\s+)?(?:custom\s+error)?`;
const DATA = String.raw`(?:(?:return|revert|error)?\s*data)?`;
const HEX = new RegExp(
  `${REVERT}${LINK}${KIND}${LINK}${DATA}${LINK}(0x[0-9a-f]*)(?![0-9a-z])`,
  "i",
);
const SPLIT =
  /custom error (?:0x)?([0-9a-f]{8})\b[\s:,]*(?:data)?[\s:,"]*(?:0x)?((?:[0-9a-f]{64})*)/i;
const PANIC = /\bpanic code 0x([0-9a-f]{1,2})\b/i;
const AFTER_COLON = /\brevert(?:ed)?(?:\s+with\s+reason(?:\s+string)?)?\s*:\s*(\S.*)$/is;
const QUOTED = /\breverted with reason string '(.*)'/is;
const BARE = /(?:^|transaction: )revert(?:ed)?\s+(?!(?:with|without|and|in)\b)(\S.*)$/is;
const SILENT = /^(?:.*\b(?:execution|transaction)\s+(?:was\s+)?)?revert(?:ed)?\b/is;
const GAS =
  /\bout ?of ?gas\b|\bran? out of gas\b|gas required exceeds allowance|exceeds (?:the )?(?:block|transaction) gas/i;
const FUNDS = [
  /insufficient (?:funds|balance for transfer)/i,
  /(?:doesn't|does not) have enough (?:funds|balance|ether|eth)\b/i,
  /\black of funds\b|\bupfront cost exceeds account balance|exceeds transaction sender account balance/i,
  /\bnot enough (?:balance|funds)\b/i,
  /gas required exceeds allowance \((?:\d{1,4}|1\d{4}|20\d{3})\)/i, // below what any transaction costs
];

/** Revert data inside words. */
export function dataIn(words: string): Hex | undefined {
  const split = SPLIT.exec(words);
  if (split !== null) return `0x${split[1]}${split[2]}`;
  const found = HEX.exec(words)?.[1] as Hex | undefined;
  return found !== undefined && isWhole(found) ? found : undefined;
}

/** A revert's text: as words, or as the bare bytes of them. */
export function reasonIn(words: string): string | undefined {
  const bare = HEX.exec(words)?.[1] as Hex | undefined;
  if (bare !== undefined && bare.length > 10 && bare.length % 2 === 0) {
    const text = hexToString(bare);
    if (/^[\x20-\x7e]+$/.test(text)) return text;
  }
  const found = QUOTED.exec(words) ?? AFTER_COLON.exec(words) ?? BARE.exec(words);
  const text = found?.[1]!.replace(/ \((?:supplied gas \d+|action=.*)\)$/s, "").trim();
  return text === undefined || isHexOnly(text) ? undefined : unquoted(text);
}

/** The code of a panic. */
export function panicIn(words: string): bigint | undefined {
  const found = PANIC.exec(words);
  return found === null ? undefined : BigInt(`0x${found[1]}`);
}

export function saysReverted(words: string): boolean {
  return SILENT.test(words);
}

export function saysOutOfGas(words: string): boolean {
  return GAS.test(words);
}

export function saysNoFunds(words: string): boolean {
  return FUNDS.some((form) => form.test(words));
}

/** Selector and words of 32 bytes, or nothing. */
function isWhole(data: Hex): boolean {
  const bytes = (data.length - 2) / 2;
  return bytes === 0 || (bytes >= 4 && (bytes - 4) % 32 === 0);
}

function isHexOnly(text: string): boolean {
  return /^0x[0-9a-f]*$/i.test(text);
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}
