import { useEffect, useMemo, useReducer, useState } from "react";
import type { AppState } from "../../../shared/app-state.ts";
import { bridge } from "../../bridge.ts";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { followDocuments } from "../../pdf/page-passwords.ts";
import { PagesContext } from "../../pdf/pages-context.tsx";
import { createWindowActions } from "../../state/window-actions.ts";
import { WindowContext } from "../../state/window-context.tsx";
import { windowReducer } from "../../state/window-reducer.ts";
import { INITIAL_WINDOW_STATE } from "../../state/window-state.ts";
import { WindowLayout } from "./window-layout.tsx";

/** Joins main's snapshot with the window's own state and hands both down. */
export function App({ app }: { readonly app: AppState }) {
  const [view, dispatch] = useReducer(windowReducer, INITIAL_WINDOW_STATE);
  const [viewer, setViewer] = useState<PageViewer | null>(null);
  const actions = useMemo(() => createWindowActions(bridge, dispatch), []);

  useEffect(() => {
    followDocuments(app.documents);
    dispatch({ kind: "documents-changed", documents: app.documents });
  }, [app.documents]);

  const { theme } = app.settings;
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);

  const value = useMemo(
    () => ({
      app,
      view,
      dispatch,
      actions,
      current: app.documents.find(({ id }) => id === view.current) ?? null,
      selected: app.documents.filter(({ id }) => view.selection.includes(id)),
      provider: app.providers.find(({ id }) => id === app.settings.provider),
    }),
    [app, view, actions],
  );
  const pages = useMemo(() => ({ viewer, setViewer }), [viewer]);
  return (
    <WindowContext value={value}>
      <PagesContext value={pages}>
        <WindowLayout />
      </PagesContext>
    </WindowContext>
  );
}
