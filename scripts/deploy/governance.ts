import { isAddressEqual, toFunctionSelector, type Address } from "viem";

import { clearinghouseAbi } from "../../sdk/generated/clearinghouseAbi.ts";
import type { Params } from "../../sdk/params/params.ts";
import type { Named, Setting } from "./setting.ts";

// Who may change what, and how long before. OpenZeppelin's AccessManager keeps it.

const ADMIN = 0n;
/** Posts surfaces and lists expiries: daily work, which no delay may hold up. */
const POSTER = 1n;

/** Locks a pool in an hour of need. */
const GUARDIAN = 2n;

const POSTING = ["postSurface", "listExpiry"];
const GUARDING = ["lock"];
const HOUR = 3_600;

/** Who named another governor gives its own role up, once all else is done. */
export function handedOver({ governance }: Params, sender: Address | undefined): Setting[] {
  const governor = governance?.governor;
  if (governor === undefined || sender === undefined) return [];
  if (isAddressEqual(governor as Address, sender)) return [];
  return [{ id: "giveUpGovernor", to: "authority", verb: "revokeRole", args: [ADMIN, sender] }];
}

/** The last of all settings but that: once the delay stands, whatever follows has to wait for it. */
export function governanceSettings({ governance }: Params, named: Named): Setting[] {
  if (governance === undefined) return [];
  const { poster, guardian, delayHours, governor } = governance;
  const granted = (id: string, role: bigint, args: readonly unknown[]): Setting => ({
    ...{ id, to: "authority", verb: "grantRole", args: [role, ...args] },
  });
  const allowed = (id: string, role: bigint, verbs: readonly string[]): Setting => ({
    ...{ id, to: "authority", verb: "setTargetFunctionRole" },
    args: [named.clearinghouse, selectorsOf(verbs), role],
  });
  const who = governor ?? named.deployer;
  return [
    ...(poster === undefined
      ? []
      : [allowed("setPosting", POSTER, POSTING), granted("grantPoster", POSTER, [poster, 0])]),
    ...(guardian === undefined
      ? []
      : [
          allowed("setGuarding", GUARDIAN, GUARDING),
          granted("grantGuardian", GUARDIAN, [guardian, 0]),
        ]),
    ...(who === undefined ? [] : [granted("grantGovernor", ADMIN, [who, delayHours * HOUR])]),
  ];
}

function selectorsOf(verbs: readonly string[]) {
  const items = clearinghouseAbi.filter((item) => item.type === "function");
  return items.filter(({ name }) => verbs.includes(name)).map((item) => toFunctionSelector(item));
}
