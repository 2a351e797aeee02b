import { renderToStaticMarkup } from "react-dom/server";
import type { ReactNode } from "react";
import type { AppState } from "../../../../shared/app-state.ts";
import type { Bridge } from "../../../../shared/bridge.ts";
import { createWindowActions } from "../../../../renderer/state/window-actions.ts";
import { WindowContext } from "../../../../renderer/state/window-context.tsx";
import { INITIAL_WINDOW_STATE } from "../../../../renderer/state/window-state.ts";
import type { WindowState } from "../../../../renderer/state/window-state.ts";

const bridge: Bridge = {
  invoke: () => Promise.reject(new Error("nothing is asked while drawing")),
  on: () => () => {},
  openFiles: () => Promise.reject(new Error("nothing is opened while drawing")),
};

/** A part of the window as it is first drawn, as HTML. */
export function draw(part: ReactNode, app: AppState, view: Partial<WindowState> = {}): string {
  const dispatch = (): void => {};
  const value = {
    app,
    view: { ...INITIAL_WINDOW_STATE, ...view },
    dispatch,
    actions: createWindowActions(bridge, dispatch),
    current: null,
    selected: [],
    provider: undefined,
  };
  return renderToStaticMarkup(<WindowContext value={value}>{part}</WindowContext>);
}
