import { useEffect, useRef } from "react";
import type { MenuCommand } from "../../shared/ipc.ts";
import { bridge } from "../bridge.ts";
import { usePages } from "../pdf/pages-context.tsx";
import { commandOfKey } from "./commands.ts";
import { useSigning } from "./use-signing.ts";
import { useWindow } from "./window-context.tsx";

/** Listens to the menu and to the keyboard; a click in the menu and its key do the same. */
export function useCommands(): void {
  const { app, view, dispatch, actions } = useWindow();
  const { viewer } = usePages();
  const { sign } = useSigning();

  const run = (command: MenuCommand): void => {
    switch (command) {
      case "open":
        return void actions.openDialog();
      case "close-document":
        return void actions.close(view.selection);
      case "sign":
        return sign();
      case "find":
        return dispatch({ kind: "find", open: true });
      case "zoom-in":
        return viewer?.zoom(1);
      case "zoom-out":
        return viewer?.zoom(-1);
      case "zoom-fit":
        return viewer?.setScale("page-width");
      case "rotate":
        return viewer?.rotate();
      case "diagnostics":
        return dispatch({ kind: "diagnostics", open: true });
      case "thumbnails":
        return dispatch({ kind: "thumbnails", open: !view.thumbnails });
      case "history":
        return dispatch({ kind: "history", history: { document: null } });
      case "settings":
        return dispatch({ kind: "settings", settings: { provider: null } });
    }
  };
  // The listeners live as long as the window; they always find the newest commands here.
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });

  const { platform } = app.app;
  useEffect(() => {
    // A dialog has the window to itself: no command reaches past it.
    const blocked = (): boolean => document.querySelector('[role="dialog"]') !== null;
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = commandOfKey(event, platform);
      if (command === null || blocked()) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(command);
    };
    // While the event goes down: lists take Enter for themselves, also with Control held.
    window.addEventListener("keydown", onKeyDown, { capture: true });
    const stop = bridge.on("menu.invoked", (command) => {
      if (!blocked()) latest.current(command);
    });
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      stop();
    };
  }, [platform]);
}
