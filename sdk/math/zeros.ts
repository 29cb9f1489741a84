/** `new int256[](length)` in TypeScript. */
export function zeros(length: number): bigint[] {
  return new Array<bigint>(length).fill(0n);
}
