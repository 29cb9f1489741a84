import type { Unwatch } from "../actions/watch.ts";
import type { RelayEvent } from "./Relay.ts";

type OnEvent = (event: RelayEvent) => void;

/** Tells whoever watches. */
export interface RelayEvents {
  readonly emit: (event: RelayEvent) => void;
  readonly watch: (onEvent: OnEvent) => Unwatch;
}

/** A watcher that throws disturbs neither the relay nor the others: its error goes uncaught. */
export function createRelayEvents(): RelayEvents {
  const watchers = new Set<{ readonly onEvent: OnEvent }>();
  return {
    emit: (event) => {
      for (const { onEvent } of [...watchers]) tell(onEvent, event);
    },
    watch: (onEvent) => {
      const watcher = { onEvent };
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}

function tell(onEvent: OnEvent, event: RelayEvent): void {
  try {
    onEvent(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
