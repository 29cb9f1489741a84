import { expect } from "chai";

/** A value without what only its writer chose: number or bigint, an address's capitals. */
export function plain(value: unknown): unknown {
  if (typeof value === "number") return BigInt(value);
  if (typeof value === "string" && value.startsWith("0x")) return value.toLowerCase();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plain(held)]));
}

/** Fails with the paths of what differs, numbers compared as numbers. */
export function expectAlike(twin: unknown, chain: unknown, where: string): void {
  const found = differences(plain(twin), plain(chain), "");
  expect(found, `${where}\n${found.slice(0, 10).join("\n")}`).to.have.lengthOf(0);
}

function differences(twin: unknown, chain: unknown, path: string): string[] {
  if (typeof twin !== "object" || typeof chain !== "object" || twin === null || chain === null) {
    return twin === chain ? [] : [`${path}: twin ${String(twin)}, chain ${String(chain)}`];
  }
  const keys = [...new Set([...Object.keys(twin), ...Object.keys(chain)])];
  const at = (of: object, key: string): unknown => Reflect.get(of, key);
  return keys.flatMap((key) => differences(at(twin, key), at(chain, key), `${path}.${key}`));
}
