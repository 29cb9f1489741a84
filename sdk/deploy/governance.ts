import { toFunctionSelector } from "viem";

import { clearinghouseAbi } from "../abi.ts";
import type { Params } from "../params/params.ts";
import type { Named, Setting } from "./settings.ts";

// Who may change what, and how long before. OpenZeppelin's AccessManager keeps it.

const ADMIN = 0n;
/** Posts surfaces and lists expiries: daily work, which no delay may hold up. */
const POSTER = 1n;

const POSTING = new Set(["postSurface", "listExpiry"]);
const HOUR = 3_600;

/** The last of all settings: once the delay stands, whatever follows has to wait for it. */
export function governanceSettings({ governance }: Params, named: Named): Setting[] {
  if (governance === undefined) return [];
  const { poster, delayHours, governor } = governance;
  const granted = (id: string, role: bigint, args: readonly unknown[]): Setting => ({
    ...{ id, to: "authority", verb: "grantRole", args: [role, ...args] },
  });
  const posting = { id: "setPosting", to: "authority", verb: "setTargetFunctionRole" } as const;
  const who = governor ?? named.deployer;
  return [
    ...(poster === undefined
      ? []
      : [
          { ...posting, args: [named.door, postingSelectors(), POSTER] },
          granted("grantPoster", POSTER, [poster, 0]),
        ]),
    ...(who === undefined ? [] : [granted("grantGovernor", ADMIN, [who, delayHours * HOUR])]),
  ];
}

function postingSelectors() {
  const items = clearinghouseAbi.filter((item) => item.type === "function");
  return items.filter(({ name }) => POSTING.has(name)).map((item) => toFunctionSelector(item));
}
