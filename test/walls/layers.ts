import { posix } from "node:path";
import { withoutComments } from "./source.ts";

/** What the files of a room may take from: rooms, `packages` by prefix, single files. */
interface Room {
  readonly sees: string[];
  /** May it ask what time it is? */
  readonly clock?: boolean;
}

const MATH = ["contracts/math/", "contracts/types/"];
const BELOW = [...MATH, "contracts/interfaces/"];
const AUTHORITY = "@openzeppelin/contracts/access/manager/";
const LIBRARIES = ["@openzeppelin/", "@chainlink/", "@pythnetwork/", "solady/"];

/** Rooms and files of the SDK, each of which sees itself and those before it. */
const SDK = [
  "sdk/errors/",
  "sdk/types/",
  "sdk/math/",
  "sdk/generated/",
  "sdk/decimal.ts",
  "sdk/secrets.ts",
  "sdk/total.ts",
  "sdk/snapshot/",
  "sdk/actions/",
  "sdk/orders/",
  "sdk/params/",
  "sdk/logic/",
  "sdk/book/",
  "sdk/preview/",
  "sdk/relay/",
  "sdk/files/",
  "sdk/keeper/",
  "sdk/sim/",
  "sdk/ethers.ts",
  "sdk/index.ts",
];
const PACKAGES = ["viem", "zod", "ethers", "csv-parse/"]; // of the SDK: never Hardhat
const ON_NODE = ["sdk/files/", "sdk/keeper/", "sdk/sim/"]; // the others run in a browser

/** Law 1 of the house. The first room whose name begins the path is a file's own. */
const ROOMS: Record<string, Room> = {
  // State holds the pool's oracle and vault, by the names of their promises.
  "contracts/types/State.sol": { sees: ["contracts/types/", "contracts/interfaces/"] },
  "contracts/types/": { sees: ["contracts/types/"] },
  // The pool answers for its authority by the name of that promise.
  "contracts/interfaces/": {
    sees: ["contracts/types/", "contracts/interfaces/", `${AUTHORITY}IAccessManaged.sol`],
  },
  "contracts/math/": { sees: [...MATH, "solady/"] },
  "contracts/logic/": { sees: [...BELOW, "contracts/logic/", ...LIBRARIES], clock: true },
  "contracts/oracles/": { sees: [...BELOW, "contracts/oracles/", ...LIBRARIES], clock: true },
  // What stands in for the outside has a clock, as the outside does.
  "contracts/local/": { sees: LIBRARIES, clock: true },
  "contracts/Vault.sol": { sees: ["contracts/interfaces/", ...LIBRARIES] },
  // A snapshot says of which block it is.
  "contracts/Lens.sol": { sees: BELOW, clock: true },
  "contracts/Clearinghouse.sol": {
    sees: [...BELOW, "contracts/logic/", "contracts/Vault.sol", ...LIBRARIES],
  },
  "contracts/ClearinghouseExt.sol": { sees: [...BELOW, "contracts/logic/", ...LIBRARIES] },
  ...Object.fromEntries(SDK.map((name, i) => [name, sdkRoom(name, i)])), // see `packagesBehind`
  "sdk/math/": { sees: ["sdk/math/", "sdk/types/", "sdk/errors/"] },
  // An id that is none is refused where it is made.
  "sdk/types/": { sees: ["sdk/types/", "sdk/errors/", "viem"] },
  "sdk/errors/": { sees: ["sdk/errors/", "viem"] },
  "scripts/": { sees: [""], clock: true },
};

function sdkRoom(name: string, index: number): Room {
  const node = ON_NODE.includes(name) ? ["node:"] : [];
  return { sees: [...SDK.slice(0, index + 1), ...PACKAGES, ...node] };
}

const WORDS = String.raw`(?:[\w\s{},*$]+?\s+from\s+)?["']([^"']+)["']`;
const IMPORT = new RegExp(
  `^\\s*(?:import|export)\\s+${WORDS}|\\bimport\\(\\s*["']([^"']+)["']`,
  "gm",
);
const TYPE = /^\s*(?:import|export)\s+type\b/;

function importsWhere(path: string, text: string, counts: (found: string) => boolean): string[] {
  const found = [...withoutComments(text).matchAll(IMPORT)].filter(([whole]) => counts(whole));
  return found.map(([, from, dynamic]) => {
    const target = from ?? dynamic!;
    return target.startsWith(".") ? posix.join(posix.dirname(path), target) : target;
  });
}

/** What a file imports: paths from the root of the repository, or names of packages. */
export function importsOf(path: string, text: string): string[] {
  return importsWhere(path, text, () => true);
}

/** What a file imports and still needs once its types are gone. */
export function runtimeImportsOf(path: string, text: string): string[] {
  return importsWhere(path, text, (found) => !TYPE.test(found));
}

/** Files that need each other, in a circle: each circle as the files along it. */
export function circlesOf(
  paths: readonly string[],
  readText: (path: string) => string,
): string[][] {
  const [done, circles] = [new Set<string>(), [] as string[][]];
  const follow = (path: string, along: readonly string[]) => {
    if (along.includes(path)) circles.push(along.slice(along.indexOf(path)));
    if (done.has(path) || !paths.includes(path)) return;
    done.add(path);
    for (const target of importsOf(path, readText(path))) follow(target, [...along, path]);
  };
  for (const path of paths) follow(path, []);
  return circles;
}

/** Every package that these files need at runtime, themselves or through others of ours. */
export function packagesBehind(paths: string[], readText: (path: string) => string): string[] {
  const seen = new Set(paths);
  const packages: string[] = [];
  for (const path of seen) {
    for (const target of runtimeImportsOf(path, readText(path))) {
      if (target.startsWith("sdk/")) seen.add(target);
      else packages.push(`${path} imports ${target}`);
    }
  }
  return packages;
}

function roomOf(path: string): Room {
  const name = Object.keys(ROOMS).find((prefix) => path.startsWith(prefix));
  return name === undefined ? { sees: [] } : ROOMS[name]!;
}

/** The clearinghouse reads the clock once: when it is built. */
function afterBirth(path: string, text: string): string {
  if (path !== "contracts/Clearinghouse.sol") return text;
  return text.replace(/\n {2}constructor[\s\S]*?\n {2}\}/, "");
}

function clocksOf(path: string, text: string): string[] {
  const code = afterBirth(path, withoutComments(text));
  if (path.endsWith(".sol")) return code.match(/\bblock\.(timestamp|number)\b/g) ?? [];
  return (
    code.match(/\b(Date\.now|performance\.now|Math\.random)\b|\bnew Date\(\)|\bDate\(\)/g) ?? []
  );
}

/** Every import a file may not have, and every look at a clock or a dice it may not take. */
export function violations(path: string, text: string): string[] {
  const { sees, clock = false } = roomOf(path);
  const unseen = importsOf(path, text).filter(
    (target) => !sees.some((prefix) => target.startsWith(prefix)),
  );
  const clocks = clock ? [] : clocksOf(path, text);
  return [
    ...unseen.map((target) => `${path} imports ${target}`),
    ...clocks.map((found) => `${path} reads ${found}`),
  ];
}
