import type { AppState } from "../../shared/app-state.ts";
import type { Bridge } from "../../shared/bridge.ts";

/** Main's snapshot as React's `useSyncExternalStore` takes it. Null until main has answered once. */
export interface AppStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => AppState | null;
  /** Asks for the first snapshot. False when main refuses: the window can show nothing then. */
  readonly start: () => Promise<boolean>;
}

export function createAppStore(bridge: Bridge): AppStore {
  const listeners = new Set<() => void>();
  let state: AppState | null = null;
  let early: Partial<AppState> = {};

  const replace = (next: AppState): void => {
    state = next;
    for (const listener of listeners) listener();
  };

  // Listening starts before the first question, so that no change is lost between the two.
  bridge.on("state.changed", (slices) => {
    if (state === null) {
      early = { ...early, ...slices };
      return;
    }
    replace({ ...state, ...slices });
  });

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    start: async () => {
      const answer = await bridge.invoke("state.get", {});
      if (!answer.ok) return false;
      replace({ ...answer.value, ...early });
      early = {};
      return true;
    },
  };
}
