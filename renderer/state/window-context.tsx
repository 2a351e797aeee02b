import { createContext, use } from "react";
import type { Dispatch } from "react";
import type { AppState, DocumentView, ProviderView } from "../../shared/app-state.ts";
import type { WindowActions } from "./window-actions.ts";
import type { WindowAction, WindowState } from "./window-state.ts";

export interface WindowContextValue {
  readonly app: AppState;
  readonly view: WindowState;
  readonly dispatch: Dispatch<WindowAction>;
  readonly actions: WindowActions;
  /** The document whose pages are shown. */
  readonly current: DocumentView | null;
  /** In list order. */
  readonly selected: readonly DocumentView[];
  readonly provider: ProviderView | undefined;
}

export const WindowContext = createContext<WindowContextValue | null>(null);

export function useWindow(): WindowContextValue {
  const value = use(WindowContext);
  if (value === null) throw new Error("useWindow outside of WindowContext");
  return value;
}
