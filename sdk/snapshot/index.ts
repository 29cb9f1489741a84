export { getSnapshot, type SnapshotClient, type SnapshotOptions } from "./getSnapshot.ts";
export { BlockReplaced, NotASnapshot } from "./errors.ts";
export { parseSnapshot, stringifySnapshot } from "./json.ts";
export * from "./Snapshot.ts";
