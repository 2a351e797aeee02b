import { useEffect } from "react";

/** F6 goes to the next pane, Shift+F6 to the one before, as in other programs with several panes. */
export function usePaneKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "F6" || document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      const panes = [...document.querySelectorAll<HTMLElement>("section[data-pane]")].filter((pane) =>
        pane.checkVisibility({ visibilityProperty: true }),
      );
      const here = panes.findIndex((pane) => pane.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      const next = panes.at(here === -1 ? 0 : (here + step) % panes.length);
      if (next !== undefined) focusIn(next);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** What a pane is there for, before the small buttons around it. */
const MAIN_PART =
  '[role="grid"] [role="row"][tabindex="0"], [role="grid"], [role="region"][tabindex], [role="tab"][tabindex="0"]';

function focusIn(pane: HTMLElement): void {
  const target =
    pane.querySelector<HTMLElement>(MAIN_PART) ?? pane.querySelector<HTMLElement>("button, input, [tabindex='0']");
  target?.focus();
}
