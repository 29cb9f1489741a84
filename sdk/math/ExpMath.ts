import { OutOfBounds } from "../errors/OutOfBounds.ts";

// The integer steps of Solady's expWad, lnWad and sqrt (MIT, github.com/Vectorized/solady), which
// contracts/math/ExpMath.sol calls. Not a word-for-word twin: the differential test holds it.

const LN2_96 = 54916777467707473351141471128n; // ln 2 · 2^96
export const SMALLEST_EXPONENT = -41446531673892822313n;
export const LARGEST_EXPONENT = 135305999368893231588n;

/** p and q of Solady's rational approximation of e^x on (−½ ln 2, ½ ln 2), base 2^96. */
function expRatio(x: bigint): bigint {
  const y =
    (((x + 1346386616545796478920950773328n) * x) >> 96n) + 57155421227552351082224309758442n;
  let p = y + x - 94201549194550492254356042504812n;
  p = ((p * y) >> 96n) + 28719021644029726153956944680412240n;
  p = p * x + (4385272521454847904659076985693276n << 96n);
  let q = x - 2855989394907223263936484059900n;
  q = ((q * x) >> 96n) + 50020603652535783019961831881945n;
  q = ((q * x) >> 96n) - 533845033583426703283633433725380n;
  q = ((q * x) >> 96n) + 3604857256930695427073651918091429n;
  q = ((q * x) >> 96n) - 14423608567350463180887372962807573n;
  q = ((q * x) >> 96n) + 26449188498355588339934803723976023n;
  return p / q;
}

/** e^x, both wads. Zero below x = −41.44; throws above x = 135.3. */
export function exp(x: bigint): bigint {
  if (x <= SMALLEST_EXPONENT) return 0n;
  if (x > LARGEST_EXPONENT) throw new OutOfBounds(x, SMALLEST_EXPONENT, LARGEST_EXPONENT);
  const scaled = (x << 78n) / 3814697265625n;
  const k = ((scaled << 96n) / LN2_96 + (1n << 95n)) >> 96n;
  const ratio = expRatio(scaled - k * LN2_96);
  return (ratio * 3822833074963236453042738258902158003155416615667n) >> (195n - k);
}

function bitLength(x: bigint): number {
  const digits = x.toString(16);
  return 4 * digits.length + 28 - Math.clz32(parseInt(digits[0]!, 16));
}

/** p and q of Solady's rational approximation of ln on (1, 2), base 2^96. */
function lnRatio(x: bigint): bigint {
  let p = ((x + 3273285459638523848632254066296n) * x) >> 96n;
  p = ((p + 24828157081833163892658089445524n) * x) >> 96n;
  p = ((p + 43456485725739037958740375743393n) * x) >> 96n;
  p = p - 11111509109440967052023855526967n;
  p = ((p * x) >> 96n) - 45023709667254063763336534515857n;
  p = ((p * x) >> 96n) - 14706773417378608786704636184526n;
  p = p * x - (795164235651350426258249787498n << 96n);
  let q = 5573035233440673466300451813936n + x;
  q = 71694874799317883764090561454958n + ((x * q) >> 96n);
  q = 283447036172924575727196451306956n + ((x * q) >> 96n);
  q = 401686690394027663651624208769553n + ((x * q) >> 96n);
  q = 204048457590392012362485061816622n + ((x * q) >> 96n);
  q = 31853899698501571402653359427138n + ((x * q) >> 96n);
  q = 909429971244387300277376558375n + ((x * q) >> 96n);
  return p / q;
}

/** ln x, both wads. Throws unless x > 0. */
export function ln(x: bigint): bigint {
  if (x <= 0n) throw new OutOfBounds(x, 1n, (1n << 255n) - 1n);
  const bits = BigInt(bitLength(x));
  const reduced = bits > 97n ? x >> (bits - 97n) : x << (97n - bits);
  let sum = 1677202110996718588342820967067443963516166n * lnRatio(reduced);
  sum += 16597577552685614221487285958193947469193820559219878177908093499208371n * (bits - 97n);
  sum += 600920179829731861736702779321621459595472258049074101567377883020018308n;
  return sum >> 174n;
}

/** ⌊√x⌋ of a plain integer. Throws unless x ≥ 0. */
export function sqrtDown(x: bigint): bigint {
  if (x < 0n) throw new OutOfBounds(x, 0n, (1n << 255n) - 1n);
  if (x < 2n) return x;
  const guess = BigInt(Math.floor(Math.sqrt(Number(x))));
  let root = (guess + x / guess) >> 1n; // a Newton step from any guess lands at or above ⌊√x⌋
  for (let next = (root + x / root) >> 1n; next < root; next = (root + x / root) >> 1n) root = next;
  return root;
}

/** ⌈√x⌉ of a plain integer. Throws unless x ≥ 0. */
export function sqrtUp(x: bigint): bigint {
  const root = sqrtDown(x);
  return root * root < x ? root + 1n : root;
}
